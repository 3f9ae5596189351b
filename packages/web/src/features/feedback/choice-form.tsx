import type { FeedbackKind } from '@plaudit/sdk'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { CriterionField } from './criterion-field.tsx'
import { criterionChoice, judgment, type JudgmentFormProps } from './judgment-form.ts'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { targetKey } from './target.ts'
import { useGiving } from './use-giving.ts'
import { useDraft } from '../../ui/use-draft.ts'

type ChoiceKind = Extract<FeedbackKind, 'label' | 'labels' | 'flag'>
const firstOptions: Record<ChoiceKind, string[]> = {
  label: ['correct', 'partly correct', 'incorrect'],
  labels: ['inaccurate', 'off topic', 'too long', 'rude'],
  flag: ['inaccurate', 'unsafe', 'off topic', 'private data', 'other'],
}
const texts: Record<ChoiceKind, { options: string; add: string; save: string }> = {
  label: { options: 'Label', add: 'Another label', save: 'Save the label' },
  labels: { options: 'Labels that apply', add: 'Another label', save: 'Save the labels' },
  flag: { options: 'What is wrong', add: 'Another reason', save: 'Flag it' },
}

/** A label, several labels, or a flag with its reasons: chosen among those in use, by mouse or by the keys 1–9, or a new one. */
export function ChoiceForm({ kind, target, criteria, ledger, onDone }: JudgmentFormProps & { kind: ChoiceKind }) {
  const choice = criterionChoice(criteria, kind)
  const [draft, setDraft, clearDraft] = useDraft(`${targetKey(target)}.${kind}`, {
    criterion: choice.first,
    chosen: [] as string[],
    rationale: '',
  })
  const [extra, setExtra] = useState('')
  const { isBusy, give } = useGiving(ledger, onDone)
  const inUse = choice.offered.find(({ name }) => name === draft.criterion)?.options ?? []
  const options = [...new Set([...(inUse.length > 0 ? inUse.slice(0, 12) : firstOptions[kind]), ...draft.chosen])]

  const toggle = (option: string) => {
    const has = draft.chosen.includes(option)
    const chosen = kind === 'label' ? (has ? [] : [option]) : has ? draft.chosen.filter((one) => one !== option) : [...draft.chosen, option]
    setDraft({ ...draft, chosen })
  }
  const addExtra = () => {
    const option = extra.trim()
    setExtra('')
    if (option !== '' && !draft.chosen.includes(option)) toggle(option)
  }
  const canSave = draft.criterion.trim() !== '' && (kind === 'flag' || draft.chosen.length > 0)
  const save = async () => {
    if (!canSave) return
    const value = kind === 'label' ? draft.chosen[0] : kind === 'labels' ? draft.chosen : { reasons: draft.chosen }
    await give(judgment(target, draft.criterion, kind, value, draft.rationale), () => clearDraft(draft))
  }
  useHotkeys([
    { keys: 'mod+enter', label: texts[kind].save, group: 'Judge', whileTyping: true, run: () => void save() },
    ...options.slice(0, 9).map((option, index) => ({ keys: String(index + 1), label: option, group: 'Judge', run: () => toggle(option) })),
  ])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="flex flex-col gap-3"
    >
      <CriterionField criteria={choice.offered} value={draft.criterion} onChange={(criterion) => setDraft({ ...draft, criterion })} />
      <fieldset>
        <legend className="mb-1 font-medium">{texts[kind].options}</legend>
        <div className="flex flex-wrap gap-1">
          {options.map((option, index) => (
            <AnswerButton
              key={option}
              label={option}
              isOn={draft.chosen.includes(option)}
              onClick={() => toggle(option)}
              {...(index < 9 ? { shortcut: String(index + 1) } : {})}
            />
          ))}
        </div>
        <div className="mt-2 flex items-end gap-1">
          <TextField
            label={texts[kind].add}
            labelHidden
            placeholder={texts[kind].add}
            value={extra}
            maxLength={200}
            onChange={(event) => setExtra(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              addExtra()
            }}
            className="flex-1"
          />
          <Button onClick={addExtra} disabled={extra.trim() === ''} icon={<Plus className="size-3.5" aria-hidden="true" />}>
            Add
          </Button>
        </div>
      </fieldset>
      <TextArea
        label="Why (optional)"
        value={draft.rationale}
        onChange={(event) => setDraft({ ...draft, rationale: event.target.value })}
      />
      <FormButtons save={texts[kind].save} canSave={canSave} isBusy={isBusy} onCancel={onDone} />
    </form>
  )
}

/** The foot of every form. What was typed is kept as a draft when it is closed. */
export function FormButtons({
  save,
  canSave,
  isBusy,
  onCancel,
}: {
  save: string
  canSave: boolean
  isBusy: boolean
  onCancel: () => void
}) {
  return (
    <div className="flex justify-end gap-2">
      <Button variant="quiet" onClick={onCancel}>
        Close
      </Button>
      <Button variant="primary" type="submit" disabled={!canSave} busy={isBusy} shortcut="mod+enter">
        {save}
      </Button>
    </div>
  )
}
