/** What a character is to the tokenizer: no part of a word, part of a word, or a word of its own (scripts written without spaces). */
export const SEPARATOR = 0
export const WORD = 1
export const ALONE = 2

const letter = /^[\p{L}\p{N}\p{M}]$/u
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u

export interface CharacterTable {
  /** The kind of each UTF-16 code unit. */
  kind: Uint8Array
  /** Each code unit in lower case. */
  lower: Uint16Array
}

let table: CharacterTable | undefined

/** The table of all code units of the basic plane, made once. */
export function characterTable(): CharacterTable {
  if (table) return table
  const kind = new Uint8Array(65536)
  const lower = new Uint16Array(65536)
  for (let unit = 0; unit < 65536; unit += 1) {
    const text = String.fromCharCode(unit)
    kind[unit] = characterKind(text)
    lower[unit] = text.toLowerCase().charCodeAt(0)
  }
  table = { kind, lower }
  return table
}

/** The kind of one character given as text, also of one beyond the basic plane. */
export function characterKind(character: string): number {
  if (!letter.test(character)) return SEPARATOR
  return unspaced.test(character) ? ALONE : WORD
}
