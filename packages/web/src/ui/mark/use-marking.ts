import { type KeyboardEvent, useState } from 'react'
import type { TextRange } from './mark-anchor.ts'
import { type DraftMark, markDraft, movedEdge, withChange, withMark, withoutMark } from './mark-draft.ts'

export type MarkingOptions = {
  text: string
  marks: readonly DraftMark[]
  /** The type that a key stands for, while the text has the focus. */
  typeOfKey: (key: string) => string | undefined
  /** Severities from the least; the key S takes the current mark to the next one. */
  severities?: readonly string[]
  onMarks: (marks: DraftMark[], typed?: boolean) => void
  onUndo: () => void
  onRedo: () => void
}

/**
 * Making and changing marks on one text: what is selected, which mark is current, and the keys that work in the text. A key of a type marks what
 * is selected, `[` and `]` go from mark to mark, `S` changes the severity, Alt with the arrows moves the end of the current one (with Ctrl its beginning, with Shift by
 * character), and Delete removes it.
 */
export function useMarking({ text, marks, typeOfKey, severities = [], onMarks, onUndo, onRedo }: MarkingOptions) {
  const [pending, setPending] = useState<TextRange | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const draft = markDraft(marks)

  const add = (type: string, range: TextRange | null = pending) => {
    if (range === null || type.trim() === '') return
    const key = crypto.randomUUID()
    onMarks(withMark(draft, { ...range, key, type: type.trim(), severity: '', note: '' }).marks)
    setCurrent(key)
    setPending(null)
  }
  const change = (key: string, part: Partial<DraftMark>) => onMarks(withChange(draft, key, part).marks, part.note !== undefined)
  const remove = (key: string) => onMarks(withoutMark(draft, key).marks)
  const step = (direction: -1 | 1) => {
    const at = marks.findIndex(({ key }) => key === current)
    const next = marks[(at < 0 && direction < 0 ? 0 : at + direction + marks.length) % marks.length]
    if (next !== undefined) setCurrent(next.key)
  }
  const moveEdge = (event: KeyboardEvent<HTMLElement>) => {
    const mark = marks.find(({ key }) => key === current)
    if (mark === undefined) return
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const direction = (event.key === 'ArrowRight') === isRightToLeft ? -1 : 1
    change(mark.key, movedEdge(text, mark, event.ctrlKey ? 'start' : 'end', direction, event.shiftKey ? 'character' : 'word'))
  }
  const raise = () => {
    const mark = marks.find(({ key }) => key === current)
    const next = ['', ...severities][(severities.indexOf(mark?.severity ?? '') + 2) % (severities.length + 1)]
    if (mark !== undefined && next !== undefined) change(mark.key, { severity: next })
  }
  const onTextKey = (event: KeyboardEvent<HTMLElement>, selected: TextRange | null) => {
    const isCommand = event.ctrlKey || event.metaKey
    const type = isCommand || event.altKey ? undefined : typeOfKey(event.key.toLowerCase())
    if (type !== undefined) add(type, selected ?? pending)
    else if (event.key === '[') step(-1)
    else if (event.key === ']') step(1)
    else if (event.key.toLowerCase() === 's' && !isCommand && severities.length > 0) raise()
    else if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) moveEdge(event)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && current !== null) remove(current)
    else if (isCommand && event.key.toLowerCase() === 'z') (event.shiftKey ? onRedo : onUndo)()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { pending, setPending, current, setCurrent, add, change, remove, step, onTextKey }
}
export type Marking = ReturnType<typeof useMarking>

/** What a key would mark now, in words. */
export function selectionText(text: string, range: TextRange | null): string {
  if (range === null) return 'Select a part of the text and press the key of a type. A drag takes whole words; hold Shift for characters.'
  if (range.start < range.end) return `Selected: “${text.slice(range.start, range.end)}”`
  const before = text.slice(Math.max(0, range.start - 40), range.start).trimStart()
  return before === '' ? 'At the beginning: a key marks what is missing there.' : `After “…${before}”: a key marks what is missing there.`
}
