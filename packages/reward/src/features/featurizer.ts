import { TRAITS, traitMeter, type WordFacts } from './dense.ts'
import { mix } from './hash.ts'
import { FUNCTION_BIT, lexiconTable } from './lexicon.ts'
import { emptyScan, scanText } from './scan.ts'
import { BUCKETS, GRAMS, INPUT_LENGTH } from './specification.ts'

const shift = 32 - Math.log2(BUCKETS)
const start = 0x2545f491
/** Bits of a bucket's mark. */
const INPUT_WORD = 1
const INPUT_PAIR = 2
const SEEN = 4

/** The features of one output. All arrays are reused by the next call. */
export interface Features {
  /** The buckets in use, in the order of their first appearance. */
  buckets: Uint32Array
  /** The value of each bucket of `buckets`; together of Euclidean length 1, or empty for a text without words. */
  values: Float64Array
  count: number
  /** The traits as measured, not yet standardised. */
  traits: Float64Array
}

/** Turns outputs into features. Not for use by two callers at once: its scratch space is reused. */
export function featurizer(): (input: string, output: string) => Features {
  const scan = emptyScan()
  const measure = traitMeter()
  const lexicons = lexiconTable()
  const counts = new Uint16Array(BUCKETS)
  const marks = new Uint8Array(BUCKETS)
  const marked: number[] = []
  const value = Float64Array.from({ length: 65536 }, (_, n) => (n === 0 ? 0 : 1 + Math.log(n)))
  const facts: WordFacts = { distinct: 0, shared: 0, sharedContent: 0, covered: 0, sharedPairs: 0, inputContent: 0 }
  let masks = new Int32Array(1024)
  let lastInput: string | null = null
  const features: Features = {
    buckets: new Uint32Array(4096),
    values: new Float64Array(4096),
    count: 0,
    traits: new Float64Array(TRAITS.length),
  }

  /** Marks the words and pairs of the input's end, where the question is. */
  function readInput(input: string): void {
    for (const bucket of marked) marks[bucket] = 0
    marked.length = 0
    scanText(input.length > INPUT_LENGTH ? input.slice(-INPUT_LENGTH) : input, scan)
    facts.inputContent = 0
    let previous = start
    for (let i = 0; i < scan.count; i += 1) {
      const word = scan.words[i]!
      const single = word >>> shift
      if ((marks[single]! & INPUT_WORD) === 0 && (lexicons.maskOf(word) & FUNCTION_BIT) === 0) facts.inputContent += 1
      const pair = mix(Math.imul(previous, 0x9e3779b1) + word) >>> shift
      marks[single]! |= INPUT_WORD
      marks[pair]! |= INPUT_PAIR
      marked.push(single, pair)
      previous = word
    }
    lastInput = input
  }

  return (input, output) => {
    if (input !== lastInput) readInput(input)
    scanText(output, scan)
    const { words, stems, count: n } = scan
    if (features.buckets.length < GRAMS * n) {
      features.buckets = new Uint32Array(2 * GRAMS * n)
      features.values = new Float64Array(2 * GRAMS * n)
    }
    if (masks.length < n) masks = new Int32Array(2 * n)
    const { buckets, values } = features
    let used = 0
    let previous = start
    let beforePrevious = start
    let [distinct, shared, sharedContent, covered, sharedPairs] = [0, 0, 0, 0, 0]
    for (let i = 0; i < n; i += 1) {
      const word = words[i]!
      const mask = lexicons.maskOf(word)
      masks[i] = mask
      const single = word >>> shift
      const mark = marks[single]!
      const isNew = counts[single] === 0
      if (isNew) {
        buckets[used++] = single
        distinct += 1
      }
      counts[single] = counts[single]! + 1 || 65535
      if (mark & INPUT_WORD) {
        shared += 1
        if ((mask & FUNCTION_BIT) === 0) {
          sharedContent += 1
          if ((mark & SEEN) === 0) {
            covered += 1
            marks[single] = mark | SEEN
          }
        }
      }
      const stem = stems[i]! >>> shift
      if (counts[stem] === 0) buckets[used++] = stem
      counts[stem] = counts[stem]! + 1 || 65535
      const pair = mix(Math.imul(previous, 0x9e3779b1) + word) >>> shift
      if (marks[pair]! & INPUT_PAIR) sharedPairs += 1
      if (counts[pair] === 0) buckets[used++] = pair
      counts[pair] = counts[pair]! + 1 || 65535
      if (i > 0) {
        const skip = mix(Math.imul(beforePrevious, 0x7feb352d) + word) >>> shift
        if (counts[skip] === 0) buckets[used++] = skip
        counts[skip] = counts[skip]! + 1 || 65535
      }
      beforePrevious = previous
      previous = word
    }
    let square = 0
    for (let k = 0; k < used; k += 1) {
      const bucket = buckets[k]!
      const v = value[counts[bucket]!]!
      counts[bucket] = 0
      marks[bucket]! &= ~SEEN
      values[k] = v
      square += v * v
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let k = 0; k < used; k += 1) values[k]! *= scale
    features.count = used
    facts.distinct = distinct
    facts.shared = shared
    facts.sharedContent = sharedContent
    facts.covered = covered
    facts.sharedPairs = sharedPairs
    measure(output.length, scan, masks, facts, features.traits)
    return features
  }
}
