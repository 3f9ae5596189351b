import { TRAITS } from './dense.ts'
import { fingerprint } from './hash.ts'
import { DENSE_LANES } from '../objective/design-matrix.ts'
import { LEXICONS } from './lexicon.ts'

/** Number of buckets for words, word pairs and character n-grams. */
export const BUCKETS = 1 << 18
/** Most buckets that one word leads to: itself, its stem, and pairs with the word before it and the one before that. */
export const GRAMS = 4
/** The lengths of character n-grams, over word boundaries and marks. */
export const CHARACTER_GRAMS = [3, 5] as const
/** The input is compared with the output in its last so many UTF-16 units, where the question is. */
export const INPUT_LENGTH = 8000
/** A standardised trait lies within ± this many standard deviations … */
export const TRAIT_CLIP = 3
/** … and counts this much: together the traits are then about as long as the words, and one penalty fits both. */
export const TRAIT_SCALE = 0.06

/** What can be chosen about features. */
export interface FeatureOptions {
  /** Whether character n-grams count beside words: better with few pairs and in any language, at three times the cost. */
  characters: boolean
  /** The model whose vectors of outputs count beside words, and their length; null without one. */
  embedding: { model: string; dimension: number } | null
}

/** The vector of an output, of the specification's model. */
export type VectorOf = (output: string) => Float32Array

/** Number of dense columns: the traits, then the vector, filled up to whole lanes. */
export function denseWidth({ embedding }: FeatureOptions): number {
  return TRAITS.length + (embedding ? Math.ceil(embedding.dimension / DENSE_LANES) * DENSE_LANES : 0)
}

/** A vector at the length of the words, 1. */
export function unitVector(vector: Float32Array): Float32Array {
  let square = 0
  for (const value of vector) square += value * value
  return square > 0 ? vector.map((value) => value / Math.sqrt(square)) : vector
}

/** What turns an output into numbers. A model only fits features made by the same specification. */
export function featureSpecification({ characters, embedding }: FeatureOptions) {
  return {
    version: 3,
    words: 'NFKC, lower case, letters digits marks, inner apostrophes, unspaced scripts by character',
    grams: 'words, stems of 4 letters, bigrams with a start mark, bigrams over one word; present or not, L2 norm 1',
    characters: characters ? CHARACTER_GRAMS : [],
    embedding,
    buckets: BUCKETS,
    input: INPUT_LENGTH,
    traits: TRAITS,
    lexicons: LEXICONS,
    clip: TRAIT_CLIP,
    scale: TRAIT_SCALE,
  }
}

/** A specification's hash, which every model file carries. */
export function specificationHash(options: FeatureOptions): string {
  return fingerprint([JSON.stringify(featureSpecification(options))])
}
