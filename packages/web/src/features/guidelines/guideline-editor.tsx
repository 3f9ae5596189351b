import type { Guideline } from '@plaudit/sdk'
import { useState } from 'react'
import { DocumentEditor } from '../../ui/document-editor.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { ExampleListEditor } from './example-list-editor.tsx'
import { type GuidelineDraft, guidelineDraftKey, guidelineDraftOf, isSameGuideline } from './guideline-draft.ts'
import { GuidelineText } from './guideline-text.tsx'
import { PublishDialog } from './publish-dialog.tsx'

export type GuidelineEditorProps = {
  /** The newest version, which is edited; null for a new guideline. */
  base: Guideline | null
  onSaved: (guideline: Guideline) => void
}

/** Writes a guideline beside what reviewers will read. What is typed is kept on this machine until it is published. */
export function GuidelineEditor({ base, onSaved }: GuidelineEditorProps) {
  const first = guidelineDraftOf(base)
  const [draft, setDraft, clearDraft] = useDraft<GuidelineDraft>(guidelineDraftKey(base), first)
  const [isTried, setTried] = useState(false)
  const [isPublishing, setPublishing] = useState(false)
  const isChanged = !isSameGuideline(draft, first)
  const hasEmptyExample = draft.examples.some(({ text }) => text.trim() === '')
  const canPublish = isChanged && draft.name.trim() !== '' && draft.body.trim() !== '' && !hasEmptyExample
  return (
    <>
      <DocumentEditor
        words={{ noun: 'guideline', save: 'Publish', saved: 'published', create: 'Publish' }}
        version={base?.version ?? null}
        isChanged={isChanged}
        onSave={() => {
          setTried(true)
          if (canPublish) setPublishing(true)
          return canPublish
        }}
        onUndo={() => {
          setDraft(first)
          clearDraft()
        }}
        columns="xl:grid-cols-2"
        previewTitle="What reviewers read"
        preview={<GuidelineText body={draft.body} examples={draft.examples} />}
      >
        <TextField
          label="Name"
          placeholder="How to judge support replies"
          className="max-w-md pb-5"
          value={draft.name}
          maxLength={100}
          error={isTried && draft.name.trim() === '' ? 'Give the guideline a name.' : undefined}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <TextArea
          label="Text, in Markdown"
          dir="auto"
          rows={16}
          placeholder={'## When is a reply helpful?\n\nWhen the customer need not write again.'}
          value={draft.body}
          maxLength={200_000}
          error={isTried && draft.body.trim() === '' ? 'Write how reviewers should decide.' : undefined}
          onChange={(event) => setDraft({ ...draft, body: event.target.value })}
        />
        <ExampleListEditor examples={draft.examples} onChange={(examples) => setDraft({ ...draft, examples })} />
        {isTried && hasEmptyExample && (
          <p role="alert" className="text-note text-bad">
            An example has no text. Write it, or remove the example.
          </p>
        )}
      </DocumentEditor>
      {isPublishing && (
        <PublishDialog
          base={base}
          draft={draft}
          onClose={() => setPublishing(false)}
          onSaved={(guideline) => {
            clearDraft()
            onSaved(guideline)
          }}
        />
      )}
    </>
  )
}
