import { RotateCcw } from 'lucide-react'
import { useDeferredValue, useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { FormButtons } from './choice-form.tsx'
import { CriterionField } from './criterion-field.tsx'
import { criterionChoice, judgment, type JudgmentFormProps } from './judgment-form.ts'
import { feedbackOn, targetKey } from './target.ts'
import { useGiving } from './use-giving.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { WordDiffView } from '../../ui/word-diff-view.tsx'

/** What the output should have been: begun from the output, or from the own earlier correction, with every change shown as it is made. */
export function CorrectionForm({ target, criteria, ledger, onDone, output }: JudgmentFormProps & { output: string }) {
  const choice = criterionChoice(criteria, 'correction')
  const earlier = feedbackOn(ledger.feedback, target).find((one) => one.kind === 'correction' && one.author.id === ledger.me)
  const [draft, setDraft, clearDraft] = useDraft(`${targetKey(target)}.correction`, {
    criterion: earlier?.criterion ?? choice.first,
    text: earlier === undefined ? output : (earlier.value as { text: string }).text,
    reason: earlier?.rationale ?? '',
  })
  const { isBusy, give } = useGiving(ledger, onDone)
  const editor = useRef<HTMLTextAreaElement>(null)
  useEffect(() => editor.current?.focus(), [])
  const after = useDeferredValue(draft.text)
  const canSave = draft.text !== output && draft.criterion.trim() !== ''
  const save = async () => {
    if (canSave) await give(judgment(target, draft.criterion, 'correction', { text: draft.text }, draft.reason), () => clearDraft(draft))
  }
  useHotkeys([{ keys: 'mod+enter', label: 'Save the correction', group: 'Judge', whileTyping: true, run: () => void save() }])
  return (
    <form
      aria-label="Correct the output"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="prose-measure flex flex-col gap-3"
    >
      <TextArea
        label="What the output should have been"
        dir="auto"
        ref={editor}
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      <div className="border-l-2 border-line pl-3 text-read">
        <WordDiffView before={output} after={after} />
      </div>
      <div className="flex flex-wrap gap-3">
        <CriterionField criteria={choice.offered} value={draft.criterion} onChange={(criterion) => setDraft({ ...draft, criterion })} />
        <TextField
          label="Reason (optional)"
          value={draft.reason}
          onChange={(event) => setDraft({ ...draft, reason: event.target.value })}
          className="min-w-40 flex-[2]"
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button
          variant="quiet"
          icon={<RotateCcw className="size-3.5" aria-hidden="true" />}
          disabled={draft.text === output}
          onClick={() => setDraft({ ...draft, text: output })}
        >
          Back to the output
        </Button>
        <FormButtons save="Save the correction" canSave={canSave} isBusy={isBusy} onCancel={onDone} />
      </div>
    </form>
  )
}
