import type { Mark } from '@plaudit/sdk'
import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { FormButtons } from './choice-form.tsx'
import { CriterionField } from './criterion-field.tsx'
import { criterionChoice, judgment, type JudgmentFormProps } from './judgment-form.ts'
import { changed, draftOf, marksOf, type MarkDraft, redo, undo } from '../../ui/mark/mark-draft.ts'
import { MarkList } from '../../ui/mark/mark-list.tsx'
import { firstMarkTypes, severities } from '../../ui/mark/mark-type.tsx'
import { MarkedText } from '../../ui/mark/marked-text.tsx'
import { selectionText, useMarking } from '../../ui/mark/use-marking.ts'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { feedbackOn, targetKey } from './target.ts'
import { useGiving } from './use-giving.ts'
import { useDraft } from '../../ui/use-draft.ts'

/** Marks on the output: select, by mouse or by keyboard, and say what is wrong there. Made by number keys without leaving the text. */
export function MarksForm({ target, criteria, ledger, onDone, output }: JudgmentFormProps & { output: string }) {
  const choice = criterionChoice(criteria, 'marks')
  const earlier = feedbackOn(ledger.feedback, target).find((one) => one.kind === 'marks' && one.author.id === ledger.me)
  const [form, setForm, clearDraft] = useDraft(`${targetKey(target)}.marks`, {
    criterion: earlier?.criterion ?? choice.first,
    draft: draftOf(output, (earlier?.value ?? []) as Mark[]),
  })
  const { draft } = form
  const setDraft = (next: MarkDraft) => setForm({ ...form, draft: next })
  const [extra, setExtra] = useState('')
  const { isBusy, give } = useGiving(ledger, onDone)
  const inUse = choice.offered.find(({ name }) => name === form.criterion)?.options ?? []
  const types = [...new Set([...inUse.slice(0, 9), ...firstMarkTypes, ...draft.marks.map(({ type }) => type)])]

  const marking = useMarking({
    text: output,
    marks: draft.marks,
    typeOfKey: (key) => (/^[1-9]$/u.test(key) ? types[Number(key) - 1] : undefined),
    onMarks: (marks) => setDraft(changed(draft, marks)),
    onUndo: () => setDraft(undo(draft)),
    onRedo: () => setDraft(redo(draft)),
  })
  const save = async () => {
    if (form.criterion.trim() !== '') await give(judgment(target, form.criterion, 'marks', marksOf(output, draft)), () => clearDraft(form))
  }
  const count = draft.marks.length
  useHotkeys([{ keys: 'mod+enter', label: 'Save the marks', group: 'Judge', whileTyping: true, run: () => void save() }])
  return (
    <form
      aria-label="Mark the output"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="prose-measure flex flex-col gap-4"
    >
      <div className="sticky top-0 z-10 -mx-1 flex flex-col gap-2 border-b border-line bg-paper px-1 py-2 max-lg:top-12">
        <fieldset aria-label="Mark as" className="flex flex-wrap items-center gap-1">
          {types.map((type, index) => (
            <AnswerButton
              key={type}
              label={`Mark as ${type}`}
              isOn={false}
              onClick={() => marking.add(type)}
              {...(index < 9 ? { shortcut: String(index + 1) } : {})}
            >
              {type}
            </AnswerButton>
          ))}
          <TextField
            label="Mark as another type"
            labelHidden
            placeholder="Another type, then Enter"
            value={extra}
            maxLength={100}
            onChange={(event) => setExtra(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              marking.add(extra)
              setExtra('')
            }}
            className="w-44"
          />
        </fieldset>
        <output className="line-clamp-2 text-note text-ink-soft">{selectionText(output, marking.pending)}</output>
      </div>
      <MarkedText
        text={output}
        marks={draft.marks}
        current={marking.current}
        pending={marking.pending}
        label="Output to mark. Select with Shift and the arrow keys, then press a number."
        onSelect={marking.setPending}
        takesFocus
        onKeyDown={marking.onTextKey}
      />
      <MarkList
        text={output}
        marks={draft.marks}
        types={types.map((type) => ({ value: type, label: type }))}
        severities={severities.map((severity) => ({ value: severity, label: severity }))}
        current={marking.current}
        onCurrent={marking.setCurrent}
        onChange={marking.change}
        onRemove={marking.remove}
      />
      <div className="flex flex-wrap items-end justify-between gap-3">
        <CriterionField criteria={choice.offered} value={form.criterion} onChange={(criterion) => setForm({ ...form, criterion })} />
        <FormButtons
          save={count === 0 ? 'Save: nothing to mark' : count === 1 ? 'Save 1 mark' : `Save ${count} marks`}
          canSave={form.criterion.trim() !== ''}
          isBusy={isBusy}
          onCancel={onDone}
        />
      </div>
    </form>
  )
}
