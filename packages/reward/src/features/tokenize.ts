import { ALONE, characterKind, characterTable, SEPARATOR, WORD } from './character.ts'
import { mix } from './hash.ts'

const seed = 0x811c9dc5
const prime = 0x01000193
const apostrophe = 39
const curlyApostrophe = 0x2019

/** The words of one text as hashes; the array is reused, and `count` says how many entries are valid. */
export interface Words {
  hashes: Uint32Array
  count: number
}

/** An empty list of words to pass to `tokenize` again and again. */
export function emptyWords(): Words {
  return { hashes: new Uint32Array(1024), count: 0 }
}

/**
 * Splits a text into lower-cased words in any script and writes their hashes to `words`. A word is a run of letters, digits and marks;
 * an apostrophe inside it belongs to it (don't). Characters of scripts written without spaces (Han, kana, Thai …) are words of their own.
 */
export function tokenize(text: string, words: Words): void {
  const { kind, lower } = characterTable()
  const source = /[\u0300-\uffff]/.test(text) ? text.normalize('NFKC') : text
  const length = source.length
  if (words.hashes.length < length + 1) words.hashes = new Uint32Array(2 * length + 1)
  const { hashes } = words
  let count = 0
  let h = seed
  let inside = false
  for (let i = 0; i < length; i += 1) {
    const unit = source.charCodeAt(i)
    let what = kind[unit]!
    if (what === SEPARATOR) {
      if (inside && (unit === apostrophe || unit === curlyApostrophe) && kind[source.charCodeAt(i + 1)] === WORD) {
        h = Math.imul(h ^ apostrophe, prime)
        continue
      }
      if (unit < 0xd800 || unit > 0xdbff || i + 1 === length) {
        if (inside) hashes[count++] = mix(h)
        inside = false
        h = seed
        continue
      }
      const character = source.slice(i, i + 2)
      what = characterKind(character)
      i += 1
      if (what === WORD) {
        const low = character.toLowerCase()
        h = Math.imul(Math.imul(h ^ low.charCodeAt(0), prime) ^ low.charCodeAt(1), prime)
        inside = true
        continue
      }
      if (inside) hashes[count++] = mix(h)
      inside = false
      h = seed
      if (what === ALONE) hashes[count++] = mix(Math.imul(Math.imul(seed ^ unit, prime) ^ source.charCodeAt(i), prime))
      continue
    }
    if (what === WORD) {
      h = Math.imul(h ^ lower[unit]!, prime)
      inside = true
      continue
    }
    if (inside) hashes[count++] = mix(h)
    hashes[count++] = mix(Math.imul(seed ^ unit, prime))
    inside = false
    h = seed
  }
  if (inside) hashes[count++] = mix(h)
  words.count = count
}
