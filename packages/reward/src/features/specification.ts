import { TRAITS } from './dense.ts'
import { fingerprint } from './hash.ts'
import { LEXICONS } from './lexicon.ts'

/** Number of buckets for words and word pairs. */
export const BUCKETS = 1 << 18

/** A standardised trait lies within ± this many standard deviations … */
export const TRAIT_CLIP = 3
/** … and counts this much, so that words and traits share one penalty. */
export const TRAIT_SCALE = 0.1

/** What turns an output into numbers. A model only fits features made by the same specification. */
export const FEATURE_SPECIFICATION = {
  version: 1,
  words: 'NFKC, lower case, letters digits marks, inner apostrophes, unspaced scripts by character',
  grams: 'unigrams and bigrams with a start mark, log term frequency, L2 norm 1',
  buckets: BUCKETS,
  traits: TRAITS,
  lexicons: LEXICONS,
  clip: TRAIT_CLIP,
  scale: TRAIT_SCALE,
}

/** The specification's hash, which every model file carries. */
export const SPECIFICATION_HASH = fingerprint([JSON.stringify(FEATURE_SPECIFICATION)])
