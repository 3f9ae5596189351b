import type { Guideline } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
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
  const [view, setView] = useState<'edit' | 'preview'>('edit')
  const [isTried, setTried] = useState(false)
  const [isPublishing, setPublishing] = useState(false)
  const isChanged = !isSameGuideline(draft, first)
  const hasEmptyExample = draft.examples.some(({ text }) => text.trim() === '')
  const isComplete = draft.name.trim() !== '' && draft.body.trim() !== '' && !hasEmptyExample
  const publish = () => {
    setTried(true)
    if (isComplete && isChanged) setPublishing(true)
    else setView('edit')
  }
  useHotkeys([{ keys: 'mod+s', label: 'Publish the guideline', group: 'Guideline', whileTyping: true, run: publish }])
  return (
    <>
      <div className="pb-4 xl:hidden">
        <Segmented
          label="View"
          segments={[
            { value: 'edit', label: 'Edit' },
            { value: 'preview', label: 'Preview' },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      <div className="grid gap-x-12 xl:grid-cols-2">
        <div className={view === 'edit' ? 'min-w-0' : 'min-w-0 max-xl:hidden'}>
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
        </div>
        <aside aria-label="Preview" className={view === 'preview' ? 'min-w-0' : 'min-w-0 max-xl:hidden'}>
          <h2 className="pb-3">What reviewers read</h2>
          <GuidelineText body={draft.body} examples={draft.examples} />
        </aside>
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-paper px-4 py-3 sm:-mx-8 sm:px-8">
        <output className="text-ink-soft">
          {base === null
            ? 'Kept on this machine until it is published.'
            : isChanged
              ? `Changed since version ${base.version}; kept on this machine until it is published.`
              : `As in version ${base.version}.`}
        </output>
        <div className="flex gap-2">
          {base !== null && isChanged && (
            <Button
              variant="quiet"
              onClick={() => {
                setDraft(first)
                clearDraft()
              }}
            >
              Undo all changes
            </Button>
          )}
          <Button variant="primary" shortcut="mod+s" onClick={publish} disabled={!isChanged}>
            {base === null ? 'Publish' : `Publish version ${base.version + 1}`}
          </Button>
        </div>
      </div>
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
