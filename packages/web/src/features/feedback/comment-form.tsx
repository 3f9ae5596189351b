import { useEffect, useRef } from 'react'
import { TextArea } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { FormButtons } from './choice-form.tsx'
import { CriterionField } from './criterion-field.tsx'
import { criterionChoice, judgment, type JudgmentFormProps } from './judgment-form.ts'
import { targetKey } from './target.ts'
import { useGiving } from './use-giving.ts'
import { useDraft } from '../../ui/use-draft.ts'

/** Free text on a target. */
export function CommentForm({ target, criteria, ledger, onDone }: JudgmentFormProps) {
  const choice = criterionChoice(criteria, 'text')
  const [draft, setDraft, clearDraft] = useDraft(`${targetKey(target)}.text`, { criterion: choice.first, text: '' })
  const { isBusy, give } = useGiving(ledger, onDone)
  const editor = useRef<HTMLTextAreaElement>(null)
  useEffect(() => editor.current?.focus(), [])
  const canSave = draft.text.trim() !== '' && draft.criterion.trim() !== ''
  const save = async () => {
    if (canSave) await give(judgment(target, draft.criterion, 'text', draft.text.trim()), () => clearDraft(draft))
  }
  useHotkeys([{ keys: 'mod+enter', label: 'Save the comment', group: 'Judge', whileTyping: true, run: () => void save() }])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="flex flex-col gap-3"
    >
      <CriterionField criteria={choice.offered} value={draft.criterion} onChange={(criterion) => setDraft({ ...draft, criterion })} />
      <TextArea
        ref={editor}
        label="Comment"
        dir="auto"
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      <FormButtons save="Save the comment" canSave={canSave} isBusy={isBusy} onCancel={onDone} />
    </form>
  )
}
