import { mix } from './hash.ts'
import { FUNCTION_BIT, lexiconTable } from './lexicon.ts'
import { emptyReading, type TextReader } from './reading.ts'
import { emptyScan, scanText, scanWords } from './scan.ts'
import { BUCKETS, CHARACTER_GRAMS, GRAMS, INPUT_LENGTH } from './specification.ts'

const shift = 32 - Math.log2(BUCKETS)
const start = 0x2545f491
/** Multipliers of the rolling hash of characters, and of its spread over the buckets. */
const rolling = 0x01000193
const spread = [0x9e3779b1, 0x85ebca77] as const
/** Bits of a bucket's mark. */
const INPUT_WORD = 1
const INPUT_PAIR = 2
const SEEN = 4

/** A reader in JavaScript, for where WebAssembly is missing. */
export function javascriptReader(): TextReader {
  const scan = emptyScan()
  const { maskOf } = lexiconTable()
  const isPresent = new Uint8Array(BUCKETS)
  const marks = new Uint8Array(BUCKETS)
  let marked = new Int32Array(2048)
  let markedCount = 0
  let coveredWords = new Int32Array(1024)
  let lastInput: string | null = null
  const reading = emptyReading(scan)

  /** Marks the words and pairs of the input's end. */
  function readInput(input: string): void {
    for (let k = 0; k < markedCount; k += 1) marks[marked[k]!] = 0
    markedCount = 0
    scanWords(input.slice(-INPUT_LENGTH), scan)
    if (marked.length < 2 * scan.count) marked = new Int32Array(4 * scan.count)
    reading.inputContent = 0
    let previous = start
    for (let i = 0; i < scan.count; i += 1) {
      const word = scan.words[i]!
      const single = word >>> shift
      if ((marks[single]! & INPUT_WORD) === 0 && (maskOf(word) & FUNCTION_BIT) === 0) reading.inputContent += 1
      const pair = mix(Math.imul(previous, 0x9e3779b1) + word) >>> shift
      marks[single]! |= INPUT_WORD
      marks[pair]! |= INPUT_PAIR
      marked[markedCount++] = single
      marked[markedCount++] = pair
      previous = word
    }
    lastInput = input
  }

  return (input, output, characters) => {
    if (input !== lastInput) readInput(input)
    scanText(output, scan)
    const { words, stems, count: n } = scan
    const most = GRAMS * n + (characters ? CHARACTER_GRAMS.length * scan.length : 0) + 1
    if (reading.buckets.length < most) reading.buckets = new Uint32Array(2 * most)
    if (reading.masks.length < n) {
      reading.masks = new Int32Array(2 * n)
      coveredWords = new Int32Array(2 * n)
    }
    const { buckets, masks } = reading
    let used = 0
    let previous = start
    let beforePrevious = start
    let [distinct, shared, sharedContent, covered, sharedPairs] = [0, 0, 0, 0, 0]
    for (let i = 0; i < n; i += 1) {
      const word = words[i]!
      const mask = maskOf(word)
      masks[i] = mask
      const single = word >>> shift
      const mark = marks[single]!
      if (isPresent[single] === 0) {
        isPresent[single] = 1
        buckets[used++] = single
        distinct += 1
      }
      if (mark & INPUT_WORD) {
        shared += 1
        if ((mask & FUNCTION_BIT) === 0) {
          sharedContent += 1
          if ((mark & SEEN) === 0) {
            marks[single] = mark | SEEN
            coveredWords[covered++] = single
          }
        }
      }
      const stem = stems[i]! >>> shift
      if (isPresent[stem] === 0) {
        isPresent[stem] = 1
        buckets[used++] = stem
      }
      const pair = mix(Math.imul(previous, 0x9e3779b1) + word) >>> shift
      if (marks[pair]! & INPUT_PAIR) sharedPairs += 1
      if (isPresent[pair] === 0) {
        isPresent[pair] = 1
        buckets[used++] = pair
      }
      if (i > 0) {
        const skip = mix(Math.imul(beforePrevious, 0x7feb352d) + word) >>> shift
        if (isPresent[skip] === 0) {
          isPresent[skip] = 1
          buckets[used++] = skip
        }
      }
      beforePrevious = previous
      previous = word
    }
    if (characters)
      CHARACTER_GRAMS.forEach((length, index) => {
        used = addCharacters(scan.units, scan.length, length, spread[index]!, isPresent, buckets, used)
      })
    for (let k = 0; k < used; k += 1) isPresent[buckets[k]!] = 0
    for (let k = 0; k < covered; k += 1) marks[coveredWords[k]!]! &= ~SEEN
    reading.words = n
    reading.distinct = distinct
    reading.shared = shared
    reading.sharedContent = sharedContent
    reading.covered = covered
    reading.sharedPairs = sharedPairs
    reading.bucketCount = used
    return reading
  }
}

/** Adds the buckets of all n-grams of a length, by a hash that rolls along the text; the number of buckets there are then. */
function addCharacters(
  units: Uint16Array,
  count: number,
  length: number,
  multiplier: number,
  isPresent: Uint8Array,
  buckets: Uint32Array,
  from: number,
): number {
  let used = from
  let leaving = 1
  for (let i = 0; i < length; i += 1) leaving = Math.imul(leaving, rolling)
  let h = 0
  for (let i = 0; i < count; i += 1) {
    h = (Math.imul(h, rolling) + units[i]!) | 0
    if (i >= length) h = (h - Math.imul(leaving, units[i - length]!)) | 0
    else if (i < length - 1) continue
    const bucket = Math.imul(h, multiplier) >>> shift
    // Without a branch, which would be guessed wrongly at every new one.
    buckets[used] = bucket
    used += 1 - isPresent[bucket]!
    isPresent[bucket] = 1
  }
  return used
}
