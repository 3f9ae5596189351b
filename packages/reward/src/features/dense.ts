import { LEXICONS, lexiconOfWord } from './lexicon.ts'
import type { Words } from './tokenize.ts'

/** The measurable traits of an output beside its words. */
export const TRAITS = [
  'logCharacters',
  'logWords',
  'logSentences',
  'meanWordLength',
  'typeTokenRatio',
  'punctuation',
  'digits',
  'capitals',
  'questions',
  'exclamations',
  'lines',
  'listItems',
  'markdown',
  'code',
  'links',
  'overlapWithInput',
  ...(Object.keys(LEXICONS) as (keyof typeof LEXICONS)[]),
] as const

/** The traits that grow with length; a length-controlled model drops them at scoring. */
export const LENGTH_TRAITS: readonly string[] = ['logCharacters', 'logWords', 'logSentences', 'lines', 'typeTokenRatio']

const listItem = /^[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t]/gm
const markdown = /\*\*|^#{1,6} |^\|/gm
const code = /```|`[^`\n]+`/g
const link = /https?:\/\//g

/** Measures the traits of outputs. Not for use by two callers at once: its scratch space is reused. */
export function traitMeter(): (text: string, words: Words, inputWords: ReadonlySet<number>, into: Float64Array) => void {
  const lexicons = lexiconOfWord()
  const seen = new Set<number>()
  const lexiconCounts = new Float64Array(Object.keys(LEXICONS).length)

  return (text, words, inputWords, into) => {
    let punctuation = 0
    let digits = 0
    let capitals = 0
    let questions = 0
    let exclamations = 0
    let lines = 0
    let sentences = 0
    let ended = true
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i)
      if (unit >= 97 && unit <= 122) ended = false
      else if (unit === 32) continue
      else if (unit >= 65 && unit <= 90) {
        capitals += 1
        ended = false
      } else if (unit >= 48 && unit <= 57) {
        digits += 1
        ended = false
      } else if (unit === 10) lines += 1
      else if (unit < 128 || (unit >= 0x2010 && unit <= 0x2027) || (unit >= 0x3001 && unit <= 0x3003)) {
        punctuation += 1
        if (unit === 63) questions += 1
        if (unit === 33) exclamations += 1
        if ((unit === 46 || unit === 63 || unit === 33 || unit === 0x3002) && !ended) {
          sentences += 1
          ended = true
        }
      } else ended = false
    }
    if (!ended) sentences += 1

    seen.clear()
    lexiconCounts.fill(0)
    let shared = 0
    for (let i = 0; i < words.count; i += 1) {
      const hash = words.hashes[i]!
      seen.add(hash)
      if (inputWords.has(hash)) shared += 1
      const lexicon = lexicons.get(hash)
      if (lexicon !== undefined) lexiconCounts[lexicon]! += 1
    }
    const characters = Math.max(1, text.length)
    const wordCount = Math.max(1, words.count)
    let at = 0
    into[at++] = Math.log1p(text.length)
    into[at++] = Math.log1p(words.count)
    into[at++] = Math.log1p(sentences)
    into[at++] = text.length / wordCount
    into[at++] = seen.size / wordCount
    into[at++] = punctuation / characters
    into[at++] = digits / characters
    into[at++] = capitals / characters
    into[at++] = Math.log1p(questions)
    into[at++] = Math.log1p(exclamations)
    into[at++] = Math.log1p(lines)
    into[at++] = Math.log1p(countOf(text, listItem))
    into[at++] = Math.log1p(countOf(text, markdown))
    into[at++] = Math.log1p(countOf(text, code))
    into[at++] = Math.log1p(countOf(text, link))
    into[at++] = shared / wordCount
    for (let i = 0; i < lexiconCounts.length; i += 1) into[at++] = Math.log1p(lexiconCounts[i]!)
  }
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
