import { seededRandom } from '@plaudit/stats'
import type { Pair } from '@plaudit/reward'

/**
 * Pairs as varied as real ones, in any number: each output of a real pair keeps about half of its sentences, and takes the others from random
 * outputs that were chosen, or rejected, like it. Prompts repeat as in the original, so that folds can be grouped.
 */
export function resamplePairs(real: readonly Pair[], count: number, seed = 1): Pair[] {
  const random = seededRandom(seed)
  const pool = {
    chosen: real.flatMap((pair) => sentencesOf(pair.chosen)),
    rejected: real.flatMap((pair) => sentencesOf(pair.rejected)),
  }
  const mixed = (pair: Pair, side: 'chosen' | 'rejected') =>
    sentencesOf(pair[side])
      .map((sentence) => (random.next() < 0.5 ? sentence : pool[side][random.int(pool[side].length)]!))
      .join(' ')
  return Array.from({ length: count }, (_, i) => {
    const pair = real[random.int(real.length)]!
    const prompt = `${pair.prompt} (${Math.floor(i / 2)})`
    return { prompt, group: prompt, chosen: mixed(pair, 'chosen'), rejected: mixed(pair, 'rejected') }
  })
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence !== '')
}
