import type { Mark } from '@plaudit/sdk'
import { type KeyboardEvent, useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { FormButtons } from './choice-form.tsx'
import { CriterionField } from './criterion-field.tsx'
import { criterionChoice, judgment, type JudgmentFormProps } from './judgment-form.ts'
import type { TextRange } from '../../ui/mark/mark-anchor.ts'
import { draftOf, marksOf, type MarkDraft, movedEdge, redo, undo, withChange, withMark, withoutMark } from '../../ui/mark/mark-draft.ts'
import { MarkList } from '../../ui/mark/mark-list.tsx'
import { firstMarkTypes } from '../../ui/mark/mark-type.tsx'
import { MarkedText } from '../../ui/mark/marked-text.tsx'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { feedbackOn, targetKey } from './target.ts'
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
  const [pending, setPending] = useState<TextRange | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const [extra, setExtra] = useState('')
  const [isBusy, setBusy] = useState(false)
  const inUse = choice.offered.find(({ name }) => name === form.criterion)?.options ?? []
  const types = [...new Set([...inUse.slice(0, 9), ...firstMarkTypes, ...draft.marks.map(({ type }) => type)])]

  const add = (type: string, range = pending) => {
    if (range === null || type.trim() === '') return
    const key = crypto.randomUUID()
    setDraft(withMark(draft, { ...range, key, type: type.trim(), severity: '', note: '' }))
    setCurrent(key)
    setPending(null)
    setExtra('')
  }
  const step = (direction: -1 | 1) => {
    const at = draft.marks.findIndex(({ key }) => key === current)
    const next = draft.marks[(at < 0 && direction < 0 ? 0 : at + direction + draft.marks.length) % draft.marks.length]
    if (next !== undefined) setCurrent(next.key)
  }
  const moveEdge = (event: KeyboardEvent<HTMLElement>) => {
    const mark = draft.marks.find(({ key }) => key === current)
    if (mark === undefined) return
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const direction = (event.key === 'ArrowRight') === isRightToLeft ? -1 : 1
    const range = movedEdge(output, mark, event.ctrlKey ? 'start' : 'end', direction, event.shiftKey ? 'character' : 'word')
    setDraft(withChange(draft, mark.key, range))
  }
  const onTextKey = (event: KeyboardEvent<HTMLElement>, selected: TextRange | null) => {
    const isCommand = event.ctrlKey || event.metaKey
    const type = /^[1-9]$/u.test(event.key) && !isCommand && !event.altKey ? types[Number(event.key) - 1] : undefined
    if (type !== undefined) add(type, selected ?? pending)
    else if (event.key === '[') step(-1)
    else if (event.key === ']') step(1)
    else if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) moveEdge(event)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && current !== null) setDraft(withoutMark(draft, current))
    else if (isCommand && event.key.toLowerCase() === 'z') setDraft(event.shiftKey ? redo(draft) : undo(draft))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const save = async () => {
    if (isBusy || form.criterion.trim() === '') return
    setBusy(true)
    const isSaved = await ledger.give(judgment(target, form.criterion, 'marks', marksOf(output, draft)))
    setBusy(false)
    if (!isSaved) return
    clearDraft()
    onDone()
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
              onClick={() => add(type)}
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
              add(extra)
            }}
            className="w-44"
          />
        </fieldset>
        <output className="line-clamp-2 text-note text-ink-soft">
          <Selection text={output} range={pending} />
        </output>
      </div>
      <MarkedText
        text={output}
        marks={draft.marks}
        current={current}
        pending={pending}
        label="Output to mark. Select with Shift and the arrow keys, then press a number."
        onSelect={setPending}
        takesFocus
        onKeyDown={onTextKey}
      />
      <MarkList
        text={output}
        marks={draft.marks}
        types={types}
        current={current}
        onCurrent={setCurrent}
        onChange={(key, change) => setDraft(withChange(draft, key, change))}
        onRemove={(key) => setDraft(withoutMark(draft, key))}
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

/** What a press would mark now. */
function Selection({ text, range }: { text: string; range: TextRange | null }) {
  if (range === null) return 'Select a part of the text and press a number. A drag takes whole words; hold Shift for characters.'
  if (range.start < range.end) return <>Selected: “{text.slice(range.start, range.end)}”</>
  const before = text.slice(Math.max(0, range.start - 40), range.start).trimStart()
  return before === '' ? (
    'At the beginning: a number marks what is missing there.'
  ) : (
    <>After “…{before}”: a number marks what is missing there.</>
  )
}
