import { RewardError } from '../error.ts'
import type { Pair } from '../pair.ts'

const sides = [
  [1, 2],
  [1, 3],
  [1, 4],
  [2, 3],
  [2, 4],
  [3, 4],
] as const

/**
 * The pairs of a QA-Feedback file (Wu et al. 2023, Fine-Grained Human Feedback): each question has four predictions and six preferences,
 * 1 or 2 for the better side and 0 for a tie. Pairs of one question form one group; its passages come before it in the prompt.
 *
 * @throws RewardError `row` naming the entry that has another form.
 */
export function parseQaFeedback(entries: unknown[]): Pair[] {
  return entries.flatMap((entry, index) => {
    const fields = entry as Record<string, unknown> | null
    const question = fields?.question
    const preference = fields?.preference
    if (typeof question !== 'string' || !Array.isArray(preference) || preference.length !== sides.length)
      throw new RewardError('row', `Entry ${index + 1}: expected a question and six preferences.`)
    const prompt = [...passagesOf(fields?.passages), question].join('\n\n')
    return sides.map(([first, second], i): Pair => {
      const [left, right] = [fields?.[`prediction ${first}`], fields?.[`prediction ${second}`]]
      if (typeof left !== 'string' || typeof right !== 'string')
        throw new RewardError('row', `Entry ${index + 1}: a prediction is missing.`)
      const outcome: unknown = preference[i]
      if (outcome === 1) return { prompt, group: question, chosen: left, rejected: right }
      if (outcome === 2) return { prompt, group: question, chosen: right, rejected: left }
      return { prompt, group: question, chosen: left, rejected: right, tie: true }
    })
  })
}

/** Each passage is a list: its title, then its sentences. */
function passagesOf(passages: unknown): string[] {
  return Array.isArray(passages) ? passages.map((passage: unknown) => (Array.isArray(passage) ? passage.join(' ') : String(passage))) : []
}
