import { checkFraction, checkInteger, checkNumber } from '../check.ts'
import { StatsError } from '../error.ts'
import { studentQuantile } from '../numeric/quantile.ts'

/** A comparison of two variants that is still to be made. */
export interface ComparisonPlan {
  /** What is measured: a mean with the standard deviation of single observations, or a proportion with its value today, in 0..1. */
  outcome: { kind: 'mean'; sd: number } | { kind: 'proportion'; baseline: number }
  /** Observations of one variant in each cluster (votes per item); 1 by default. */
  perCluster?: number
  /** Intraclass correlation: the share of the variance that lies between clusters, in 0..1; 0 by default, 0.3 to 0.6 for votes on an item. */
  correlation?: number
  /** True if both variants are judged on the same clusters, so that differences between clusters cancel; false by default. */
  shared?: boolean
  /** Two-sided error rate; 0.05 by default. */
  alpha?: number
  /** The chance to see an effect that is there; 0.8 by default. */
  power?: number
}

/**
 * The smallest true difference between two variants that a comparison will probably show, in the unit of the outcome.
 *
 * Misleads when the correlation is guessed too low: 5 votes on an item with correlation 0.5 are worth 1.7 items, not 5.
 *
 * @param plan What is measured and how. @param clusters Clusters per variant, at least 2.
 * @returns The difference found with the power asked for, by a t test on 2(G − 1) degrees of freedom (G − 1 if shared). For a proportion it is
 *   a rise from the baseline; null if not even a rise to 1 would show.
 * @throws StatsError `range` for numbers outside their range; `shape` if there are fewer than 2 clusters.
 *
 * Source: Donner & Klar (2000), Design and Analysis of Cluster Randomization Trials, §5.2 (design effect 1 + (m − 1)ρ); Bloom (1995), Evaluation
 *   Review 19(5), doi:10.1177/0193841X9501900504 (minimum detectable effect). Power checked by simulation.
 *
 * @example
 * minimumDetectableEffect({ outcome: { kind: 'proportion', baseline: 0.99 } }, 10) // => null
 */
export function minimumDetectableEffect(plan: ComparisonPlan, clusters: number): number | null {
  checkPlan(plan)
  checkInteger('clusters', clusters, 2)
  const { alpha = 0.05, power = 0.8, shared = false, outcome } = plan
  const degrees = shared ? clusters - 1 : 2 * (clusters - 1)
  const reach = studentQuantile(1 - alpha / 2, degrees) + studentQuantile(power, degrees)
  const error = (difference: number) => Math.sqrt(varianceOf(plan, difference) / clusters)
  if (outcome.kind === 'mean') return reach * error(0)
  // The variance depends on the difference, so that the difference is where the two curves meet.
  const shows = (difference: number) => difference >= reach * error(difference)
  let low = 0
  let high = 1 - outcome.baseline
  if (!shows(high)) return null
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (shows(middle)) high = middle
    else low = middle
  }
  return high
}

/**
 * How many clusters each variant needs for a true difference to show.
 *
 * Misleads as `minimumDetectableEffect` does.
 *
 * @param plan What is measured and how. @param difference The smallest difference that matters, above 0, in the unit of the outcome.
 * @returns `clusters` per variant, `observations` of both variants together, and the `designEffect` 1 + (m − 1)ρ.
 * @throws StatsError `range` for numbers outside their range, a proportion that would pass 1, or a plan of more than 10⁹ clusters.
 *
 * Source: as `minimumDetectableEffect`. Checked against statsmodels' tt_ind_solve_power for independent observations.
 *
 * @example
 * requiredClusters({ outcome: { kind: 'mean', sd: 1 } }, 0.5).clusters // => 64
 */
export function requiredClusters(
  plan: ComparisonPlan,
  difference: number,
): { clusters: number; observations: number; designEffect: number } {
  checkPlan(plan)
  const most = plan.outcome.kind === 'proportion' ? 1 - plan.outcome.baseline : Infinity
  checkNumber('difference', difference, Number.MIN_VALUE, most)
  const enough = (clusters: number) => {
    const { alpha = 0.05, power = 0.8, shared = false } = plan
    const degrees = shared ? clusters - 1 : 2 * (clusters - 1)
    const reach = studentQuantile(1 - alpha / 2, degrees) + studentQuantile(power, degrees)
    return difference >= reach * Math.sqrt(varianceOf(plan, difference) / clusters)
  }
  let high = 2
  while (!enough(high)) {
    high *= 2
    if (high > 1e9)
      throw new StatsError({
        code: 'range',
        argument: 'difference',
        expected: 'a difference that 10⁹ clusters can show',
        received: difference,
      })
  }
  let low = high / 2
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  const { perCluster = 1, correlation = 0 } = plan
  return { clusters: high, observations: 2 * high * perCluster, designEffect: 1 + (perCluster - 1) * correlation }
}

/** The variance of a difference of means when each variant has a single cluster. */
function varianceOf({ outcome, perCluster = 1, correlation = 0, shared = false }: ComparisonPlan, difference: number): number {
  const one = outcome.kind === 'mean' ? outcome.sd ** 2 : outcome.baseline * (1 - outcome.baseline)
  const other = outcome.kind === 'mean' ? one : (outcome.baseline + difference) * (1 - outcome.baseline - difference)
  const inflation = shared ? 1 - correlation : 1 + (perCluster - 1) * correlation
  return ((one + other) * inflation) / perCluster
}

function checkPlan({ outcome, perCluster = 1, correlation = 0, alpha = 0.05, power = 0.8 }: ComparisonPlan): void {
  if (outcome.kind === 'mean') checkNumber('outcome.sd', outcome.sd, 0)
  else checkNumber('outcome.baseline', outcome.baseline, 0, 1)
  checkNumber('perCluster', perCluster, 1)
  checkNumber('correlation', correlation, 0, 1)
  checkFraction('alpha', alpha)
  checkFraction('power', power)
}
