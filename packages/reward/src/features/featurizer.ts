import { TRAITS, traitMeter } from './dense.ts'
import { javascriptReader } from './javascript-reader.ts'
import type { TextReader } from './reading.ts'
import type { FeatureOptions } from './specification.ts'
import { wasmReader } from './wasm-reader.ts'

/** The features of one output. */
export interface Features {
  /** The buckets in use, in the order of their first appearance; reused by the next call of any featurizer. */
  buckets: Uint32Array
  count: number
  /** The value of each of them, the same for all: together they have the Euclidean length 1. */
  value: number
  /** The traits as measured, not yet standardised; reused by the next call. */
  traits: Float64Array
}

/** Turns outputs into features. @param read By default the fastest reader that there is. */
export function featurizer(
  { characters }: Pick<FeatureOptions, 'characters'>,
  read: TextReader = wasmReader() ?? javascriptReader(),
): (input: string, output: string) => Features {
  const measure = traitMeter()
  const features: Features = { buckets: new Uint32Array(0), count: 0, value: 0, traits: new Float64Array(TRAITS.length) }
  return (input, output) => {
    const reading = read(input, output, characters)
    features.buckets = reading.buckets
    features.count = reading.bucketCount
    features.value = reading.bucketCount > 0 ? 1 / Math.sqrt(reading.bucketCount) : 0
    measure(output.length, reading, features.traits)
    return features
  }
}
