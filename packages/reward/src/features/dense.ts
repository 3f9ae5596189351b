import { FUNCTION_BIT, LEXICON_NAMES } from './lexicon.ts'
import type { Scan } from './scan.ts'

/** The measurable traits of an output beside its words: its form, its relation to the input, and for each lexicon how much it is used. */
export const TRAITS = [
  'logCharacters',
  'logWords',
  'logSentences',
  'lines',
  'typeTokenRatio',
  'meanWordLength',
  'wordsPerSentence',
  'punctuation',
  'digits',
  'capitals',
  'commas',
  'quotes',
  'colons',
  'questions',
  'exclamations',
  'listItems',
  'markup',
  'emphasis',
  'code',
  'opensWithQuestion',
  'endsWithQuestion',
  'endsOpen',
  'contentWords',
  'overlapWithInput',
  'contentOverlap',
  'inputCovered',
  'phrasesOfInput',
  ...LEXICON_NAMES.flatMap((name) => [`${name}Count` as const, `${name}Share` as const, `${name}Opens` as const]),
] as const

/** The traits that grow with length; a length-controlled model drops them at scoring. */
export const LENGTH_TRAITS: readonly string[] = ['logCharacters', 'logWords', 'logSentences', 'lines', 'typeTokenRatio']

/** Words at the beginning of an output whose lexicons count as how it opens. */
const OPENING = 4

/** What else the featurizer knows of an output's words when it measures. */
export interface WordFacts {
  /** Distinct words. */
  distinct: number
  /** Words, and words with content, that occur in the input; distinct content words of the input that occur here. */
  shared: number
  sharedContent: number
  covered: number
  /** Pairs of neighbours that occur in the input. */
  sharedPairs: number
  /** Distinct content words of the input. */
  inputContent: number
}

/** Measures the traits of outputs. Not for use by two callers at once: its scratch space is reused. */
export function traitMeter(): (length: number, scan: Scan, masks: Int32Array, facts: WordFacts, into: Float64Array) => void {
  const counts = new Int32Array(LEXICON_NAMES.length)
  const log1p = Float64Array.from({ length: 4096 }, (_, n) => Math.log1p(n))
  const log = (n: number) => (n < 4096 ? log1p[n]! : Math.log1p(n))

  return (length, scan, masks, facts, into) => {
    const { ascii, count } = scan
    const characters = Math.max(1, length)
    const words = Math.max(1, count)
    counts.fill(0)
    let opening = 0
    let functionWords = 0
    for (let i = 0; i < count; i += 1) {
      let mask = masks[i]!
      if (mask === 0) continue
      if (i < OPENING) opening |= mask
      if (mask & FUNCTION_BIT) functionWords += 1
      mask &= FUNCTION_BIT - 1
      while (mask !== 0) {
        counts[31 - Math.clz32(mask)]! += 1
        mask &= ~(1 << (31 - Math.clz32(mask)))
      }
    }
    const { capitals, digits } = scan
    const marks = sumOf(ascii, 33, 126) + scan.otherPunctuation
    const contentWords = count - functionWords

    let at = 0
    into[at++] = log(length)
    into[at++] = log(count)
    into[at++] = log(scan.sentences)
    into[at++] = log(scan.lines)
    into[at++] = facts.distinct / words
    into[at++] = length / words
    into[at++] = count / Math.max(1, scan.sentences)
    into[at++] = marks / characters
    into[at++] = digits / characters
    into[at++] = capitals / characters
    into[at++] = ascii[44]! / words
    into[at++] = log(ascii[34]!)
    into[at++] = log(ascii[58]!)
    into[at++] = log(ascii[63]!)
    into[at++] = log(ascii[33]!)
    into[at++] = log(scan.listItems)
    into[at++] = log(scan.markupLines)
    into[at++] = log(ascii[42]!)
    into[at++] = log(ascii[96]!)
    into[at++] = Number(scan.opensWithQuestion)
    into[at++] = Number(scan.endsWithQuestion)
    into[at++] = Number(scan.endsOpen)
    into[at++] = contentWords / words
    into[at++] = facts.shared / words
    into[at++] = facts.sharedContent / Math.max(1, contentWords)
    into[at++] = facts.covered / Math.max(1, facts.inputContent)
    into[at++] = facts.sharedPairs / words
    for (let i = 0; i < counts.length; i += 1) {
      into[at++] = log(counts[i]!)
      into[at++] = counts[i]! / words
      into[at++] = (opening >> i) & 1
    }
  }
}

function sumOf(values: Int32Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i <= to; i += 1) sum += values[i]!
  return sum
}
