import { TRAITS } from './dense.ts'
import { fingerprint } from './hash.ts'
import { LEXICONS } from './lexicon.ts'

/** Number of buckets for words and word pairs. */
export const BUCKETS = 1 << 18
/** Most buckets that one word leads to: itself, its stem, and pairs with the word before it and the one before that. */
export const GRAMS = 4
/** The input is compared with the output in its last so many UTF-16 units, where the question is. */
export const INPUT_LENGTH = 8000
/** A standardised trait lies within ± this many standard deviations … */
export const TRAIT_CLIP = 3
/** … and counts this much: together the traits are then about as long as the words, and one penalty fits both. */
export const TRAIT_SCALE = 0.06

/** What turns an output into numbers. A model only fits features made by the same specification. */
export const FEATURE_SPECIFICATION = {
  version: 2,
  words: 'NFKC, lower case, letters digits marks, inner apostrophes, unspaced scripts by character',
  grams: 'words, stems of 4 letters, bigrams with a start mark, bigrams over one word; log term frequency, L2 norm 1',
  buckets: BUCKETS,
  input: INPUT_LENGTH,
  traits: TRAITS,
  lexicons: LEXICONS,
  clip: TRAIT_CLIP,
  scale: TRAIT_SCALE,
}

/** The specification's hash, which every model file carries. */
export const SPECIFICATION_HASH = fingerprint([JSON.stringify(FEATURE_SPECIFICATION)])
