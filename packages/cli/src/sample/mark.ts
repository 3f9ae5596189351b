import type { Mark } from '@plaudit/protocol'

/**
 * A mark on the first occurrence of `quote` in `text`, in Unicode code points. @throws RangeError when the text does not contain it, which
 * would be a fault of the generator.
 */
export function markOf(text: string, quote: string, type: string, note?: string): Mark {
  const at = text.indexOf(quote)
  if (at < 0) throw new RangeError(`"${quote}" is not in the text`)
  const start = codePoints(text.slice(0, at))
  return { type, start, end: start + codePoints(quote), field: 'output', quote, ...(note === undefined ? {} : { note }) }
}

/** A mark at the end of `after` in `text`: something is missing there. */
export function insertionAfter(text: string, after: string, type: string, note: string): Mark {
  const { end } = markOf(text, after, type)
  return { type, start: end, end, field: 'output', note }
}

function codePoints(text: string): number {
  return Array.from(text).length
}
