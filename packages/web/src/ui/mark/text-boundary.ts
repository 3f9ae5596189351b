import type { TextRange } from './mark-anchor.ts'

const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * The range widened to whole words, white space at its ends left out. An empty range stays an insertion point and leaves only the inside of a
 * word. Words are Unicode's, so that languages without spaces snap as well.
 */
export function snapToWords(text: string, { start, end }: TextRange): TextRange {
  if (start >= end) {
    const at = snapToCharacters(text, { start, end: start }).start
    return { start: at, end: at }
  }
  let from = start
  let to = end
  while (from < to && isSpace(text, from)) from += 1
  while (to > from && isSpace(text, to - 1)) to -= 1
  if (from === to) return snapToCharacters(text, { start, end })
  const last = words.segment(text).containing(to - 1)
  return {
    start: words.segment(text).containing(from)?.index ?? from,
    end: last === undefined ? to : last.index + last.segment.length,
  }
}

/** The range widened to whole characters as people see them: never half an emoji, never a letter without its accent. */
export function snapToCharacters(text: string, { start, end }: TextRange): TextRange {
  const first = graphemes.segment(text).containing(start)
  const from = first?.index ?? text.length
  if (start >= end) return { start: from, end: from }
  const last = graphemes.segment(text).containing(end - 1)
  return { start: from, end: last === undefined ? text.length : last.index + last.segment.length }
}

/** The next edge of a word or character before (−1) or after (1) an offset; the text's end or beginning when there is none. */
export function nextBoundary(text: string, offset: number, direction: -1 | 1, unit: 'word' | 'character'): number {
  const segments = (unit === 'word' ? words : graphemes).segment(text)
  let at = offset
  for (;;) {
    const segment = direction === 1 ? segments.containing(at) : segments.containing(at - 1)
    if (segment === undefined) return direction === 1 ? text.length : 0
    at = direction === 1 ? segment.index + segment.segment.length : segment.index
    // White space between words is not worth a stop of its own.
    if (unit === 'character' || segment.segment.trim() !== '') return at
  }
}

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text[at] ?? '')
}
