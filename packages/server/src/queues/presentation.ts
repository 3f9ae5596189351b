import type { Criterion, Outcome } from '@plaudit/protocol'
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
 * An answer given on the outputs as shown, turned to the target's order: a reviewer says «left» of what stood on the left, the record says
 * it of the target's first output. `order[place]` is the target's index of what stood in that place.
 */
export function inTargetOrder(criterion: Criterion, answer: unknown, order: readonly number[]): unknown {
  if (criterion.type === 'comparison') {
    const given = answer as { outcome: Outcome }
    const swapped = order[0] === 1
    const turned: Partial<Record<Outcome, Outcome>> = swapped ? { left: 'right', right: 'left' } : {}
    return { ...given, outcome: turned[given.outcome] ?? given.outcome }
  }
  if (criterion.type === 'ranking') {
    const { ranks } = answer as { ranks: number[] }
    return { ranks: ranks.map((_, index) => ranks[order.indexOf(index)]) }
  }
  return answer
}
