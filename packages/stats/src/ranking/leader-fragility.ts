import { invertPositiveDefinite } from '../numeric/cholesky.ts'
import type { Reason } from '../result.ts'
import { fitComparisons, type BradleyTerryOptions, type FittedComparisons } from './bradley-terry.ts'
import { cellScores } from './clustered-covariance.ts'
import type { Comparisons } from './comparisons.ts'
import { fitStrengths, type Cells, type StrengthFit } from './fit-strengths.ts'

export interface Fragility {
  leader: string
  /** Who would lead instead. */
  challenger: string
  /** How many comparisons need to go, and their share of all, in 0..1. */
  removed: number
  share: number
}

/** An equal strength counts as overtaken, also when rounding leaves a trace of the gap. */
const CLOSED = 1e-9

/**
 * How few comparisons, removed on purpose, would change the leader: a small number says that the lead hangs on a handful of votes.
 *
 * Misleads when read as a p value: it is a worst case. It is an upper bound of the smallest number, confirmed by fitting without them.
 *
 * @param comparisons N comparisons. @param options As `bradleyTerry`; controls are not taken into account.
 * @returns The leader, the challenger that is easiest to help among the next five, and how many comparisons need to go. `reason` as
 *   `bradleyTerry`; `one-item` with a single system; `undefeated` if removing anything does not help any of them.
 *
 * Source: Broderick, Giordano & Meager (2020), arXiv:2011.14999 (influence); Huang et al. (2025), arXiv:2508.11847 (rankings of models).
 *   A few fits of O(M³).
 */
export function leaderFragility(comparisons: Comparisons, options: BradleyTerryOptions = {}): Fragility | { leader: null; reason: Reason } {
  const fitted = fitComparisons(comparisons, { ...options, controls: {} })
  if ('reason' in fitted) return { leader: null, reason: fitted.reason }
  const strengths = fitted.fit.parameters.subarray(0, fitted.layout.systems)
  const order = Array.from(strengths.keys()).sort((a, b) => strengths[b]! - strengths[a]!)
  const [leader, ...others] = order
  if (leader === undefined || others.length === 0) return { leader: null, reason: 'one-item' }
  let best: { challenger: number; removed: number } | null = null
  for (const challenger of others.slice(0, 5)) {
    const removed = votesToRemove(fitted, leader, challenger)
    if (removed !== null && (best === null || removed < best.removed)) best = { challenger, removed }
  }
  if (best === null) return { leader: null, reason: 'undefeated' }
  const { names } = comparisons
  return { leader: names[leader]!, challenger: names[best.challenger]!, removed: best.removed, share: best.removed / fitted.cellOf.length }
}

/**
 * Removes the most influential votes, as many as are predicted to close the gap, and fits again, until the gap is closed; then puts back
 * what the last round took too much. Null if that leads nowhere.
 */
function votesToRemove(fitted: FittedComparisons, leader: number, challenger: number): number | null {
  const { cells, layout, model } = fitted
  let weight = cells.weight
  let fit: StrengthFit | null = fitted.fit
  let removed = 0
  for (let round = 0; round < 50; round += 1) {
    const inverse = invertPositiveDefinite(fit.information, layout.size)
    if (inverse === null) return null
    const influence = influences({ ...cells, weight }, layout, model, fit.parameters, inverse, leader, challenger)
    const order = Array.from(influence.keys()).filter((c) => weight[c]! > 0 && influence[c]! > 0)
    order.sort((a, b) => influence[b]! - influence[a]!)
    const before = weight
    const taken = votesThatClose(gapOf(fit), order, influence, before)
    weight = without(before, order, taken)
    fit = refit(fitted, weight)
    if (taken === 0 || fit === null) return null
    if (gapOf(fit) > CLOSED) {
      removed += taken
      continue
    }
    let [open, closed] = [0, taken]
    while (closed - open > 1) {
      const middle = Math.floor((open + closed) / 2)
      const less = refit(fitted, without(before, order, middle))
      if (less !== null && gapOf(less) <= CLOSED) closed = middle
      else open = middle
    }
    return removed + closed
  }
  return null

  function gapOf({ parameters }: StrengthFit): number {
    return parameters[leader]! - parameters[challenger]!
  }
}

/** How many votes, taken in this order, are predicted to close the gap: at least one, if there is one. */
function votesThatClose(gap: number, order: readonly number[], influence: Float64Array, weight: Float64Array): number {
  let closed = 0
  let taken = 0
  for (const c of order) {
    const needed = Math.min(weight[c]!, Math.max(1, Math.ceil((gap - closed) / influence[c]!)))
    taken += needed
    closed += needed * influence[c]!
    if (closed >= gap) break
  }
  return taken
}

function without(weight: Float64Array, order: readonly number[], count: number): Float64Array {
  const kept = weight.slice()
  let left = count
  for (const c of order) {
    const taken = Math.min(kept[c]!, left)
    kept[c]! -= taken
    left -= taken
    if (left === 0) break
  }
  return kept
}

function refit({ cells, layout, model, regularised }: FittedComparisons, weight: Float64Array): StrengthFit | null {
  const total = weight.reduce((sum, w) => sum + w, 0)
  const ties = weight.reduce((sum, w, c) => sum + (cells.outcome[c] === 2 ? w : 0), 0)
  if (total === 0 || (layout.tie >= 0 && (ties === 0 || ties === total))) return null
  const fit = fitStrengths({ ...cells, weight }, layout, model, ties / total, regularised ? 1 : 0)
  return fit?.converged === true ? fit : null
}

/** How much one comparison of each cell adds to the leader's lead over the challenger. */
function influences(
  cells: Cells,
  layout: FittedComparisons['layout'],
  model: FittedComparisons['model'],
  parameters: Float64Array,
  inverse: Float64Array,
  leader: number,
  challenger: number,
): Float64Array {
  const { size } = layout
  const { slopes, tieSlopes } = cellScores(parameters, cells, layout, model)
  const contrast = (j: number) => inverse[leader * size + j]! - inverse[challenger * size + j]!
  const position = layout.position >= 0 ? contrast(layout.position) : 0
  const tie = layout.tie >= 0 ? contrast(layout.tie) : 0
  return slopes.map((slope, c) => slope * (contrast(cells.left[c]!) - contrast(cells.right[c]!) + position) + tieSlopes[c]! * tie)
}
