import { TRAITS } from './dense.ts'
import { fingerprint } from './hash.ts'
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
}

/** What turns an output into numbers. A model only fits features made by the same specification. */
export function featureSpecification({ characters }: FeatureOptions) {
  return {
    version: 3,
    words: 'NFKC, lower case, letters digits marks, inner apostrophes, unspaced scripts by character',
    grams: 'words, stems of 4 letters, bigrams with a start mark, bigrams over one word; present or not, L2 norm 1',
    characters: characters ? CHARACTER_GRAMS : [],
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

/** The options of a specification that this version knows; null for the hash of another one. */
export function optionsOfSpecification(hash: string): FeatureOptions | null {
  return [{ characters: true }, { characters: false }].find((options) => specificationHash(options) === hash) ?? null
}
