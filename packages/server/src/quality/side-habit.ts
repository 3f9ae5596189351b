import { bradleyTerry, comparisonsBuilder, controlByRater, type Outcome, positionByRater, ratioDifference, REASONS } from '@plaudit/stats'
import type { EstimateView } from '@plaudit/protocol'
import { undefinedEstimate } from '../insights/estimate.ts'
import type { SeenComparison } from './reviewer-store.ts'

/** How much the side, and the length, of an output decide comparisons: for all reviewers, and for each. */
export type SideHabits = {
  position: EstimateView
  length: EstimateView
  byRater: ReadonlyMap<string, { position: EstimateView; length: EstimateView }>
}

/** Log-odds of standing first and of being longer, beyond what the compared variants are worth. */
export function sideHabits(seen: readonly SeenComparison[]): SideHabits {
  // Two outputs of one variant say nothing about variants, and the model of strengths has no place for them.
  const useful = seen.filter(([, , outcome, first, second]) => first !== second && outcome !== 'cannot_judge')
  const builder = comparisonsBuilder()
  for (const [item, rater, outcome, left, right] of useful) builder.add({ item, rater, outcome: outcome as Outcome, left, right })
  const comparisons = builder.build()
  const lengths = ratioDifference(
    useful.map((one) => Number(one[5])),
    useful.map((one) => Number(one[6])),
  )
  const counts = { n: useful.length, clusters: new Set(useful.map(([item]) => item)).size }
  const ranking = bradleyTerry(comparisons, { position: true, controls: { length: lengths } })
  const none = (reason: string): EstimateView => undefinedEstimate(reason, counts)
  if (ranking.scores === null) {
    const reason = useful.length === 0 ? 'There are no comparisons of two variants.' : REASONS[ranking.reason]
    return { position: none(reason), length: none(reason), byRater: new Map() }
  }
  const method = `Bradley–Terry with ties, ${ranking.method}`
  const view = (effect: { estimate: number; low: number | null; high: number | null } | null | undefined): EstimateView =>
    effect === null || effect === undefined
      ? none('It cannot be told from the variants.')
      : { estimate: effect.estimate, low: effect.low, high: effect.high, ...counts, method, reason: null }
  const byRater = new Map<string, { position: EstimateView; length: EstimateView }>()
  const add = (name: 'position' | 'length', found: ReturnType<typeof positionByRater>) => {
    for (const { rater, estimate, low, high, comparisons: n } of found.raters ?? []) {
      const own = byRater.get(rater) ?? { position: none(''), length: none('') }
      byRater.set(rater, {
        ...own,
        [name]: { estimate, low, high, n, clusters: n, method: 'Bradley–Terry, shrunk towards all reviewers', reason: null },
      })
    }
  }
  add('position', positionByRater(comparisons))
  add('length', controlByRater(comparisons, lengths))
  return { position: view(ranking.position), length: view(ranking.controls.find(({ name }) => name === 'length')), byRater }
}
