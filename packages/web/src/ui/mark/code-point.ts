// JavaScript and the DOM count UTF-16 units; marks on the wire count Unicode code points. This file is the only place that converts.

/** How many code points a text has. A lone surrogate counts as one. */
export function codePointLength(text: string): number {
  return codePointOffset(text, text.length)
}

/** Code points before a UTF-16 offset. An offset inside a surrogate pair counts as the one before the pair. */
export function codePointOffset(text: string, utf16Offset: number): number {
  let count = 0
  let at = 0
  const end = Math.min(utf16Offset, text.length)
  while (at < end) {
    at += unitsAt(text, at)
    if (at <= end) count += 1
  }
  return count
}

/** The UTF-16 offset of a code point; the text's end for one beyond it. */
export function utf16Offset(text: string, codePoints: number): number {
  let at = 0
  for (let count = 0; count < codePoints && at < text.length; count += 1) at += unitsAt(text, at)
  return at
}

/** The code points from `start` to `end`, exclusive. */
export function codePointSlice(text: string, start: number, end: number): string {
  return text.slice(utf16Offset(text, start), utf16Offset(text, end))
}

function unitsAt(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xff_ff ? 2 : 1
}
