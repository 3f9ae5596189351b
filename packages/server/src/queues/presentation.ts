import type { Answers } from '@plaudit/protocol'
import { createHash } from 'node:crypto'

/** A number in 0..1 that depends on the text alone: the same reviewer always meets the same order. */
export function hashFraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32
}

/** An order of n outputs, drawn once for an item and a reviewer. */
export function drawOrder(n: number, itemId: string, personId: string): number[] {
  return Array.from({ length: n }, (_, index) => ({ index, key: hashFraction(`${itemId} ${personId} ${index}`) }))
    .sort((a, b) => a.key - b.key)
    .map(({ index }) => index)
}

/**
 * Answers given on the outputs as shown, turned to the target's order: a reviewer says «left» of what stood on the left, the record says it of
 * the target's first output. `order[place]` is the target's index of what stood in that place; without one, nothing is turned.
 */
export function answersInTargetOrder(answers: Answers, order: readonly number[]): Answers {
  return mapAnswers(answers, order, (ranks) => ranks.map((_, index) => ranks[order.indexOf(index)]))
}

/** The reverse: stored answers as they were given on the outputs as shown. */
export function answersAsShown(answers: Answers, order: readonly number[]): Answers {
  return mapAnswers(answers, order, (ranks) => order.map((index) => ranks[index]))
}

/** One stored value as it reads on the outputs as shown. */
export function valueAsShown<V>(value: V, order: readonly number[]): V {
  return answersAsShown({ value }, order)['value'] as V
}

/** Only outcomes and ranks speak of places; their form tells them from every other answer. A swap of two is its own reverse. */
function mapAnswers(answers: Answers, order: readonly number[], turnRanks: (ranks: readonly unknown[]) => unknown[]): Answers {
  if (order.length === 0) return answers
  const other: Record<string, string> = order[0] === 1 ? { left: 'right', right: 'left' } : {}
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => {
      if (typeof answer !== 'object' || answer === null) return [key, answer]
      if ('outcome' in answer && typeof answer.outcome === 'string')
        return [key, { ...answer, outcome: other[answer.outcome] ?? answer.outcome }]
      if ('ranks' in answer && Array.isArray(answer.ranks) && answer.ranks.length === order.length)
        return [key, { ...answer, ranks: turnRanks(answer.ranks) }]
      return [key, answer]
    }),
  )
}
