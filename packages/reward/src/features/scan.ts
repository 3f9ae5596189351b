import { ALONE, characterKind, characterTable, SEPARATOR } from './character.ts'
import { mix } from './hash.ts'
import { emptyForm, type TextForm } from './reading.ts'

const seed = 0x811c9dc5 | 0
const prime = 0x01000193
const apostrophe = 39
const curlyApostrophe = 0x2019
const space = 32
const newline = 10
/** Letters of a word's beginning that stand for the word's family (help, helps, helpful). */
const STEM_LETTERS = 4

/** What one pass over a text finds. The arrays are reused by the next scan; `count` says how many entries of the first two are valid. */
export interface Scan extends TextForm {
  /** A hash of every word. */
  words: Uint32Array
  /** A hash of every word's first letters. */
  stems: Uint32Array
  count: number
  /** For each letter of the word that is being read, the hash up to there. */
  prefixes: Int32Array
  /** The text's units in lower case, and their number. */
  units: Uint16Array
  length: number
}

/** An empty scan to pass to `scanText` again and again. */
export function emptyScan(): Scan {
  return {
    words: new Uint32Array(1024),
    stems: new Uint32Array(1024),
    count: 0,
    prefixes: new Int32Array(1024),
    units: new Uint16Array(1024),
    length: 0,
    ...emptyForm(),
  }
}

/**
 * Splits a text into lower-cased words in any script, hashes them, and counts its marks, in one pass. A word is a run of letters, digits and
 * marks; an apostrophe inside it belongs to it (don't). Characters of scripts written without spaces (Han, kana, Thai …) are words of their own.
 */
export function scanText(text: string, scan: Scan): void {
  scanPart(text, scan, false)
}

/** Finds nothing but the words, which takes less time. */
export function scanWords(text: string, scan: Scan): void {
  scanPart(text, scan, true)
}

function scanPart(text: string, scan: Scan, wordsOnly: boolean): void {
  // Most texts need no normal form; the first character that might stops the pass, and it is made again over the normalised text.
  if (!pass(text, scan, wordsOnly, false)) pass(text.normalize('NFKC'), scan, wordsOnly, true)
}

function makeRoom(scan: Scan, length: number): void {
  if (scan.words.length > length + 1) return
  scan.words = new Uint32Array(2 * length + 2)
  scan.stems = new Uint32Array(2 * length + 2)
  scan.prefixes = new Int32Array(2 * length + 2)
  scan.units = new Uint16Array(2 * length + 2)
}

function pass(source: string, scan: Scan, wordsOnly: boolean, isNormal: boolean): boolean {
  makeRoom(scan, source.length)
  const table = characterTable()
  const { words, stems, prefixes, ascii, units } = scan
  const length = source.length
  ascii.fill(0)
  let count = 0
  let h = seed
  let letters = 0
  let capitals = 0
  let digits = 0
  let sentences = 0
  let sentenceFrom = 0
  let lines = 0
  let otherPunctuation = 0
  let lastMark = 0
  scan.listItems = 0
  scan.markupLines = 0
  scan.opensWithQuestion = false
  if (length > 0 && !wordsOnly) classifyLine(source, 0, scan)

  for (let i = 0; i < length; i += 1) {
    const unit = source.charCodeAt(i)
    let kind = table[unit]!
    if (kind > 0) {
      h = Math.imul(h ^ kind, prime)
      if (wordsOnly) {
        if (unit >= 0x300 && !isNormal) return false
        letters += 1
        continue
      }
      if (unit < 97) {
        if (unit > 57) capitals += 1
        else digits += 1
      } else if (unit >= 0x300 && !isNormal) return false
      units[i] = kind
      prefixes[letters] = h
      letters += 1
      continue
    }
    if (wordsOnly && unit === space) {
      if (letters === 0) continue
      words[count++] = mix(h)
      letters = 0
      h = seed
      continue
    }
    units[i] = unit
    if (unit < 128) ascii[unit]! += 1
    else if (unit >= 0x300 && !isNormal && (unit < 0x2010 || unit > 0x201f)) return false
    if (kind === SEPARATOR && unit !== space) {
      if (letters > 0 && (unit === apostrophe || unit === curlyApostrophe) && i + 1 < length && table[source.charCodeAt(i + 1)]! > 0) {
        h = Math.imul(h ^ apostrophe, prime)
        continue
      }
      if (unit >= 0xd800 && unit <= 0xdbff && i + 1 < length) {
        // A character beyond the basic plane.
        const character = String.fromCharCode(unit, source.charCodeAt(i + 1))
        kind = characterKind(character)
        i += 1
        units[i] = source.charCodeAt(i)
        if (kind > 0) {
          const low = character.toLowerCase()
          units[i - 1] = low.charCodeAt(0)
          units[i] = low.charCodeAt(1)
          h = Math.imul(Math.imul(h ^ low.charCodeAt(0), prime) ^ low.charCodeAt(1), prime)
          prefixes[letters] = h
          letters += 1
          continue
        }
      }
    }
    if (letters > 0) {
      words[count] = mix(h)
      stems[count] = mix(prefixes[(letters < STEM_LETTERS ? letters : STEM_LETTERS) - 1]! ^ 0x5bd1e995)
      count += 1
      letters = 0
      h = seed
    }
    if (unit === space) continue
    if (kind === ALONE) {
      const alone = Math.imul(seed ^ unit, prime)
      words[count] = mix(unit >= 0xd800 && unit <= 0xdbff ? Math.imul(alone ^ units[i]!, prime) : alone)
      stems[count] = mix(words[count]! ^ 0x5bd1e995)
      count += 1
      lastMark = 0
      continue
    }
    if (unit === newline) {
      lines += 1
      if (i + 1 < length) classifyLine(source, i + 1, scan)
      continue
    }
    if (unit >= 128 && ((unit >= 0x2010 && unit <= 0x2027) || (unit >= 0x3001 && unit <= 0x3003) || unit === 0xff1f)) otherPunctuation += 1
    lastMark = unit
    if ((unit === 46 || unit === 63 || unit === 33 || unit === 0x3002) && count > sentenceFrom) {
      if (sentences === 0) scan.opensWithQuestion = unit === 63
      sentences += 1
      sentenceFrom = count
    }
  }
  const endsInWord = letters > 0
  if (endsInWord) {
    words[count] = mix(h)
    stems[count] = mix(prefixes[(letters < STEM_LETTERS ? letters : STEM_LETTERS) - 1]! ^ 0x5bd1e995)
    count += 1
  }
  scan.count = count
  scan.capitals = capitals
  scan.digits = digits
  scan.length = length
  scan.sentences = count > sentenceFrom ? sentences + 1 : sentences
  scan.lines = lines
  scan.otherPunctuation = otherPunctuation
  scan.endsWithQuestion = !endsInWord && lastMark === 63
  scan.endsOpen =
    endsInWord || !(lastMark === 46 || lastMark === 33 || lastMark === 63 || lastMark === 34 || lastMark === 41 || lastMark === 0x3002)
  return true
}

/** Counts the line that begins at `i` if its first characters make it a list item or markup. */
function classifyLine(source: string, i: number, scan: Scan): void {
  let at = i
  // Beyond the end the code is NaN, which is none of these.
  while (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9) at += 1
  const first = source.charCodeAt(at)
  if (first === 45 || first === 42 || first === 0x2022) {
    if (source.charCodeAt(at + 1) === 32) scan.listItems += 1
    return
  }
  if (first >= 48 && first <= 57) {
    let end = at
    while (end < at + 3 && source.charCodeAt(end) >= 48 && source.charCodeAt(end) <= 57) end += 1
    const mark = source.charCodeAt(end)
    if ((mark === 46 || mark === 41) && source.charCodeAt(end + 1) === 32) scan.listItems += 1
    return
  }
  const isFence = first === 96 && source.charCodeAt(at + 1) === 96 && source.charCodeAt(at + 2) === 96
  if (first === 35 || first === 124 || isFence) scan.markupLines += 1
}
