import type { Criterion } from '@plaudit/protocol'
import { AnswerButton } from '../../ui/answer-button.tsx'
import type { DraftMark } from '../../ui/mark/mark-draft.ts'
import { MarkList } from '../../ui/mark/mark-list.tsx'
import { type Marking, selectionText } from '../../ui/mark/use-marking.ts'
import { digitsOf } from './criterion-key.ts'
import { NothingButton } from './nothing-button.tsx'

export type MarkInputProps = {
  criterion: Criterion & { type: 'mark' }
  text: string
  marks: readonly DraftMark[] | undefined
  /** Null while another criterion's marks are on the text. */
  marking: Marking | null
  onNone: () => void
}

/** The types to mark with, and the marks made so far; the text itself stands beside the form. */
export function MarkInput({ criterion, text, marks, marking, onNone }: MarkInputProps) {
  const digits = digitsOf(criterion)
  return (
    <div className="flex flex-col gap-2">
      <fieldset aria-label={`Mark as, for ${criterion.title}`} className="flex flex-wrap gap-1">
        {criterion.types.map(({ value, label }, index) => (
          <AnswerButton
            key={value}
            label={label}
            {...(digits[index] === undefined ? {} : { shortcut: digits[index] })}
            isOn={false}
            onClick={() => marking?.add(value)}
          />
        ))}
      </fieldset>
      {marking !== null && (
        <output className="line-clamp-3 text-note text-ink-soft">
          {marking.pending === null
            ? (currentText(criterion, text, marks, marking.current) ?? selectionText(text, null))
            : selectionText(text, marking.pending)}
        </output>
      )}
      <MarkList
        text={text}
        marks={marks ?? []}
        types={criterion.types}
        severities={criterion.severities}
        current={marking?.current ?? null}
        onCurrent={(key) => marking?.setCurrent(key)}
        onChange={(key, change) => marking?.change(key, change)}
        onRemove={(key) => marking?.remove(key)}
      />
      {(marks ?? []).length === 0 && <NothingButton isOn={marks !== undefined} label="Nothing to mark" onClick={onNone} />}
    </div>
  )
}

/** What can be done with the mark that is current, after it was made or gone to; null when there is none. */
function currentText(
  criterion: MarkInputProps['criterion'],
  text: string,
  marks: readonly DraftMark[] = [],
  current: string | null,
): string | null {
  const mark = marks.find(({ key }) => key === current)
  if (mark === undefined) return null
  const label = criterion.types.find(({ value }) => value === mark.type)?.label ?? mark.type
  const severity = criterion.severities.find(({ value }) => value === mark.severity)?.label
  const what = mark.start === mark.end ? 'a place where something is missing' : `“${text.slice(mark.start, mark.end)}”`
  const keys = `Alt with the arrows moves its end${criterion.severities.length > 0 ? ', S changes its severity' : ''}, Delete removes it.`
  return `${label}${severity === undefined ? '' : `, ${severity}`}: ${what}. ${keys}`
}
