/** What a code unit is to the scanner: part of a word (its lower-case form, above zero), or one of these. */
export const SEPARATOR = 0
/** A word of its own: a character of a script written without spaces. */
export const ALONE = -1

const letter = /^[\p{L}\p{N}\p{M}]$/u
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u

let table: Int32Array | undefined

/** For every UTF-16 code unit: `SEPARATOR`, `ALONE`, or its lower-case form. Made once. */
export function characterTable(): Int32Array {
  table ??= Int32Array.from({ length: 65536 }, (_, unit) => {
    const text = String.fromCharCode(unit)
    const kind = characterKind(text)
    return kind > 0 ? text.toLowerCase().charCodeAt(0) : kind
  })
  return table
}

/** `SEPARATOR`, `ALONE`, or 1 for part of a word: the kind of one character given as text, also of one beyond the basic plane. */
export function characterKind(character: string): number {
  if (!letter.test(character)) return SEPARATOR
  return unspaced.test(character) ? ALONE : 1
}

/** The kind of a character beyond the basic plane, given as its two units: `SEPARATOR`, `ALONE`, or its lower-case form's units in one number. */
export function beyondPlane(high: number, low: number): number {
  const character = String.fromCharCode(high, low)
  const kind = characterKind(character)
  if (kind <= 0) return kind
  const lower = character.toLowerCase()
  return (lower.charCodeAt(0) << 16) | lower.charCodeAt(1)
}
