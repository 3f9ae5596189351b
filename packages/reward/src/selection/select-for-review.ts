import { seededRandom } from '@plaudit/stats'

export interface SelectionOptions {
  /** How many to choose. */
  limit: number
  /** Share of them that is drawn blindly; 0.3 by default. At least one always is: only a blind slice can tell what people think of the rest. */
  uniformShare?: number
  seed?: number
}

/** A chosen candidate: by its place in the list, why it was chosen, and how likely that was. */
export interface Selected {
  index: number
  reason: 'targeted' | 'uniform'
  /** 1 for the highest values, which are always taken; for all others the chance of the blind draw. Estimates must weigh by it. */
  probability: number
}

/**
 * Chooses what people should look at: the highest values, and beside them a uniform slice of everything else, so that with the probabilities
 * every estimate over all candidates stays possible.
 *
 * No claim is made that the targeted part teaches a model faster: on the public set that was tried it does not beat a blind choice.
 *
 * @param values One for each candidate; what is not finite is only drawn blindly.
 * @returns At most `limit`, the targeted first, then the slice in the order in which it was drawn.
 */
export function selectForReview(values: ArrayLike<number>, options: SelectionOptions): Selected[] {
  const { limit, uniformShare = 0.3, seed = 1 } = options
  const n = values.length
  const wanted = Math.min(limit, n)
  if (wanted === 0) return []
  const blind = Math.min(wanted, Math.max(1, Math.round(uniformShare * wanted)))
  const targeted = Array.from({ length: n }, (_, index) => index)
    .filter((index) => Number.isFinite(values[index]))
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, wanted - blind)
  const taken = new Set(targeted)
  const rest = Array.from({ length: n }, (_, index) => index).filter((index) => !taken.has(index))
  const random = seededRandom(seed)
  // The first steps of a Fisher–Yates shuffle are a draw without replacement.
  for (let i = 0; i < blind; i += 1) {
    const j = i + random.int(rest.length - i)
    ;[rest[i], rest[j]] = [rest[j]!, rest[i]!]
  }
  return [
    ...targeted.map((index): Selected => ({ index, reason: 'targeted', probability: 1 })),
    ...rest.slice(0, blind).map((index): Selected => ({ index, reason: 'uniform', probability: blind / rest.length })),
  ]
}
