import type { Guideline } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { GuidelineDiffView } from './guideline-diff-view.tsx'
import { guidelineContent, type GuidelineDraft } from './guideline-draft.ts'
import { useGuidelineUse, useSaveGuideline } from './use-guidelines.ts'

type PublishDialogProps = { base: Guideline | null; draft: GuidelineDraft; onClose: () => void; onSaved: (guideline: Guideline) => void }

/** Shows what the new version changes, and asks what reviewers should know of it and which judgments it overtakes. */
export function PublishDialog({ base, draft, onClose, onSaved }: PublishDialogProps) {
  const [note, setNote] = useState('')
  const [touches, setTouches] = useState<string[]>([])
  const save = useSaveGuideline(base, onSaved)
  const content = guidelineContent(draft)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={base === null ? `Publish “${content.name}”` : `Publish version ${base.version + 1} of “${content.name}”`}
      description={
        base === null
          ? 'Queues can use it at once.'
          : 'Reviewers read it before their next item. Judgments that exist keep the version they were made under.'
      }
      actions={
        <>
          <Button onClick={onClose}>Go on editing</Button>
          <Button variant="primary" busy={save.isPending} onClick={() => save.mutate({ ...content, note: note.trim(), touches })}>
            Publish
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label={base === null ? 'Note (optional)' : 'What changed, in a sentence that reviewers read'}
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.target.value)}
        />
        {base !== null && (
          <>
            <TouchedCriteria guidelineId={base.id} touches={touches} onChange={setTouches} />
            <section aria-label="Differences">
              <GuidelineDiffView before={base} after={{ ...content, examples: content.examples }} />
            </section>
          </>
        )}
        {save.isError && <ErrorState title="The guideline is not published. Your work is kept." error={save.error} />}
      </div>
    </Dialog>
  )
}

type TouchedCriteriaProps = { guidelineId: string; touches: readonly string[]; onChange: (touches: string[]) => void }

/** Which questions the change is about: judgments on them that were made before it become out of date. */
function TouchedCriteria({ guidelineId, touches, onChange }: TouchedCriteriaProps) {
  const { data } = useGuidelineUse(guidelineId)
  if (data === undefined || data.criteria.length === 0) return null
  return (
    <fieldset>
      <legend className="font-medium">Which answers could be different now?</legend>
      <p className="pb-1 text-note text-ink-faint">Judgments on them that were made before go to the list of those to look at again.</p>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {data.criteria.map(({ key, title }) => (
          <Checkbox
            key={key}
            label={title}
            checked={touches.includes(key)}
            onChange={(checked) => onChange(checked ? [...touches, key] : touches.filter((one) => one !== key))}
          />
        ))}
      </div>
    </fieldset>
  )
}
