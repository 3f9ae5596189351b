import type { Mark } from '@plaudit/protocol'
import { codePointLength, codePointOffset, codePointSlice, utf16Offset } from './code-point.ts'

/** Code points of context that a mark carries on each side. */
export const CONTEXT_LENGTH = 32

/** UTF-16 offsets into a text, as the DOM counts; `start = end` is an insertion point. */
export type TextRange = { start: number; end: number }

export type MarkAnchor = { start: number; end: number; quote: string; before: string; after: string }

/** What a mark on this range says of its place: code points, the exact quote and its surroundings. */
export function anchorOf(text: string, range: TextRange): MarkAnchor {
  const start = codePointOffset(text, range.start)
  const end = Math.max(start, codePointOffset(text, range.end))
  return {
    start,
    end,
    quote: codePointSlice(text, start, end),
    before: codePointSlice(text, Math.max(0, start - CONTEXT_LENGTH), start),
    after: codePointSlice(text, end, end + CONTEXT_LENGTH),
  }
}

export type LocatedMark = { range: TextRange; problem: null } | { range: null; problem: string }

/**
 * Where a mark lies in this text, or why it cannot be shown there. A mark without quote is trusted as far as it fits; one whose quote or context
 * differs was made on another text and is never drawn on this one.
 */
export function locateMark(
  text: string,
  mark: Pick<Mark, 'start' | 'end'> & Partial<Pick<Mark, 'quote' | 'before' | 'after'>>,
): LocatedMark {
  const length = codePointLength(text)
  if (mark.end > length || mark.start > mark.end) {
    return { range: null, problem: `It covers characters ${mark.start}–${mark.end}, but this text has ${length}.` }
  }
  const range = { start: utf16Offset(text, mark.start), end: utf16Offset(text, mark.end) }
  if (mark.quote !== undefined && mark.quote !== text.slice(range.start, range.end)) {
    return { range: null, problem: 'The text it quotes is not at its place: the text has changed since.' }
  }
  const differs =
    (mark.before !== undefined && !text.slice(0, range.start).endsWith(mark.before)) ||
    (mark.after !== undefined && !text.slice(range.end).startsWith(mark.after))
  if (differs) return { range: null, problem: 'The text around it has changed since.' }
  return { range, problem: null }
}
