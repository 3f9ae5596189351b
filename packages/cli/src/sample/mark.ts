import type { Mark } from '@plaudit/protocol'

/** Code points of the text that a mark keeps on each side. */
const CONTEXT = 32

/**
 * A mark on the first occurrence of `quote` in `text`, in Unicode code points. @throws RangeError when the text does not contain it, which
 * would be a fault of the generator.
 */
export function markOf(text: string, quote: string, type: string, note?: string): Mark {
  const at = text.indexOf(quote)
  if (at < 0) throw new RangeError(`"${quote}" is not in the text`)
  const start = codePoints(text.slice(0, at))
  return { type, ...placeIn(text, start, start + codePoints(quote)), quote, ...(note === undefined ? {} : { note }) }
}

/** A mark at the end of `after` in `text`: something is missing there. */
export function insertionAfter(text: string, after: string, type: string, note: string): Mark {
  const { end } = markOf(text, after, type)
  return { type, ...placeIn(text, end, end), note }
}

/** A range with the words around it, by which it is found again. */
function placeIn(text: string, start: number, end: number) {
  const points = Array.from(text)
  const before = points.slice(Math.max(0, start - CONTEXT), start).join('')
  return { start, end, field: 'output' as const, before, after: points.slice(end, end + CONTEXT).join('') }
}

function codePoints(text: string): number {
  return Array.from(text).length
}
