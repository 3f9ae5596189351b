import { TRAITS, traitMeter } from './dense.ts'
import { mix } from './hash.ts'
import { BUCKETS } from './specification.ts'
import { emptyWords, tokenize } from './tokenize.ts'

const shift = 32 - Math.log2(BUCKETS)
const start = 0x2545f491

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
  const words = emptyWords()
  const measure = traitMeter()
  const counts = new Uint16Array(BUCKETS)
  const inputWords = new Set<number>()
  let lastInput: string | null = null
  const features: Features = {
    buckets: new Uint32Array(2048),
    values: new Float64Array(2048),
    count: 0,
    traits: new Float64Array(TRAITS.length),
  }

  return (input, output) => {
    if (input !== lastInput) {
      tokenize(input, words)
      inputWords.clear()
      for (let i = 0; i < words.count; i += 1) inputWords.add(words.hashes[i]!)
      lastInput = input
    }
    tokenize(output, words)
    const { hashes, count: n } = words
    if (features.buckets.length < 2 * n) {
      features.buckets = new Uint32Array(4 * n)
      features.values = new Float64Array(4 * n)
    }
    const { buckets, values } = features
    let used = 0
    let previous = start
    for (let i = 0; i < n; i += 1) {
      const word = hashes[i]!
      const single = word >>> shift
      if (counts[single] === 0) buckets[used++] = single
      if (counts[single]! < 65535) counts[single]! += 1
      const double = mix(Math.imul(previous, 0x9e3779b1) + word) >>> shift
      if (counts[double] === 0) buckets[used++] = double
      if (counts[double]! < 65535) counts[double]! += 1
      previous = word
    }
    let square = 0
    for (let i = 0; i < used; i += 1) {
      const bucket = buckets[i]!
      const value = 1 + Math.log(counts[bucket]!)
      counts[bucket] = 0
      values[i] = value
      square += value * value
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let i = 0; i < used; i += 1) values[i]! *= scale
    features.count = used
    measure(output, words, inputWords, features.traits)
    return features
  }
}
