import { FUNCTION_BIT, LEXICON_NAMES } from './lexicon.ts'
import type { Reading } from './reading.ts'

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

/** Measures the traits of outputs. Not for use by two callers at once: its scratch space is reused. */
export function traitMeter(): (length: number, reading: Reading, into: Float64Array) => void {
  const counts = new Int32Array(LEXICON_NAMES.length)
  const log1p = Float64Array.from({ length: 4096 }, (_, n) => Math.log1p(n))
  const log = (n: number) => (n < 4096 ? log1p[n]! : Math.log1p(n))

  return (length, reading, into) => {
    const { form, words: count, masks } = reading
    const { ascii, capitals, digits } = form
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
    const marks = sumOf(ascii, 33, 126) + form.otherPunctuation
    const contentWords = count - functionWords

    let at = 0
    into[at++] = log(length)
    into[at++] = log(count)
    into[at++] = log(form.sentences)
    into[at++] = log(form.lines)
    into[at++] = reading.distinct / words
    into[at++] = length / words
    into[at++] = count / Math.max(1, form.sentences)
    into[at++] = marks / characters
    into[at++] = digits / characters
    into[at++] = capitals / characters
    into[at++] = ascii[44]! / words
    into[at++] = log(ascii[34]!)
    into[at++] = log(ascii[58]!)
    into[at++] = log(ascii[63]!)
    into[at++] = log(ascii[33]!)
    into[at++] = log(form.listItems)
    into[at++] = log(form.markupLines)
    into[at++] = log(ascii[42]!)
    into[at++] = log(ascii[96]!)
    into[at++] = Number(form.opensWithQuestion)
    into[at++] = Number(form.endsWithQuestion)
    into[at++] = Number(form.endsOpen)
    into[at++] = contentWords / words
    into[at++] = reading.shared / words
    into[at++] = reading.sharedContent / Math.max(1, contentWords)
    into[at++] = reading.covered / Math.max(1, reading.inputContent)
    into[at++] = reading.sharedPairs / words
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
