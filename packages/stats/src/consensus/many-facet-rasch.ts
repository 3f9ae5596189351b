import { groupBy, type Ratings } from '../agreement/ratings.ts'
import { checkFraction, checkInteger, checkNumber } from '../check.ts'
import { StatsError } from '../error.ts'
import { invertPositiveDefinite } from '../numeric/cholesky.ts'
import { normalGrid, type Quadrature } from '../numeric/normal-grid.ts'
import { normalQuantile } from '../numeric/normal.ts'
import type { Reason } from '../result.ts'
import { ratingGroups } from './rating-groups.ts'
import { observedInformation } from './rasch-information.ts'
import { categoryChances, readScale, startingValues, type Scale } from './rasch-scale.ts'
import { expectation, maximisation, type Expectation } from './rasch-step.ts'

export interface RaschOptions {
  /** Standard deviation of the normal prior of a severity, in logits; 3 by default: it keeps raters who always say the same finite. */
  priorSd?: number
  /** Points at which quality is integrated, at least 3; by default 61, and more where the ratings of an item say more about it. */
  points?: number
  /** At most so many rounds of expectation-maximisation; 1000 by default. */
  maxIterations?: number
  /** Coverage of the intervals; 0.95 by default. */
  confidence?: number
}

export interface RaterSeverity {
  rater: string
  /** Logits by which the rater is stricter than the average rater; below 0 is lenient. */
  severity: number
  se: number
  low: number
  high: number
  ratings: number
}

export interface ItemMeasure {
  item: string
  /** Quality in logits, around 0: the posterior mean, and its standard deviation. */
  estimate: number
  se: number
  /** What an average rater would be expected to say, in the values' unit, or as a place in their order from 1 where they are words. */
  fair: number
}

export interface RaschFit {
  /** In the order of `raterNames`; raters without ratings are left out. */
  raters: RaterSeverity[]
  items: ItemMeasure[]
  /** Quality at which an average rater is as likely to say each value as the one before it. Values that nobody used are left out. */
  thresholds: { value: string; estimate: number; se: number }[]
  /** Standard deviation of the items' quality, in logits. */
  spread: { estimate: number; se: number }
  /** Share of the variance of the items' measures that is not error, in 0..1. */
  reliability: number
  logLikelihood: number
  iterations: number
  converged: boolean
  confidence: number
  method: string
}

/**
 * Many-facet Rasch model: how severe each rater is on an ordinal scale, what each item would get from an average rater, and where the scale's
 * steps are, all on one scale of logits.
 *
 * Misleads where raters differ in more than severity (one uses only the middle of the scale, or sees another quality); where items are not given
 * to raters at random and few are shared; and with fewer than about ten ratings per rater.
 *
 * @param ratings R ratings with ordered values; repeats all count.
 * @param options.priorSd 3 logits by default. @param options.points As many as needed by default. @param options.confidence 0.95 by default.
 * @returns Severities with mean 0, items, thresholds; intervals from the observed information (normal). Items are a sample from a normal
 *   population that is integrated out, so that few ratings per item do no harm. `reason`: `no-ratings`; `one-rater`; `no-variation` if one value
 *   alone is used; `too-many-values` above 100; `disconnected` if raters fall into groups without a common item; `no-pairs` if no item has two ratings; `singular`.
 * @throws StatsError `unsupported` if the values have no order; `range` for impossible options.
 *
 * Source: Linacre (1989), Many-facet Rasch measurement; Andrich (1978), Psychometrika 43(4), doi:10.1007/BF02293814 (rating scale); Bock & Aitkin
 *   (1981), Psychometrika 46(4), doi:10.1007/BF02293801 (marginal maximum likelihood); standard errors by Louis (1982), J. Royal Statistical
 *   Society B 44(2), doi:10.1111/j.2517-6161.1982.tb01203.x. O(R · points) a round, then O(raters³). Checked against direct maximisation and by recovery.
 *
 * @example
 * manyFacetRasch(ratingsFromTable([[1, 2], [2, 3], [1, 2], [2, 3]])).raters.map(({ severity }) => Math.sign(severity)) // => [1, -1]
 */
export function manyFacetRasch(ratings: Ratings, options: RaschOptions = {}): RaschFit | { raters: null; reason: Reason } {
  const { priorSd = 3, points, maxIterations = 1000, confidence = 0.95 } = options
  checkNumber('priorSd', priorSd, 1e-6)
  checkInteger('maxIterations', maxIterations, 1)
  checkFraction('confidence', confidence)
  let grid = normalGrid(points ?? FEWEST_POINTS)
  if (ratings.order === 'none' && ratings.valueNames.length > 0)
    throw new StatsError({ code: 'unsupported', argument: 'ratings', expected: 'values with an order', received: ratings.valueNames[0] })
  const reason = whyNot(ratings)
  if (reason !== null) return { raters: null, reason }
  const scale = readScale(ratings)
  const precision = 1 / priorSd ** 2
  let parameters = startingValues(scale)
  let state = expectation(scale, grid, parameters)
  let [iterations, converged] = [0, false]
  while (!converged && iterations < maxIterations) {
    iterations += 1
    const step = maximisation(scale, grid, parameters, state, precision)
    if (step === null) return { raters: null, reason: 'singular' }
    const most = step.reduce((largest, move) => Math.max(largest, Math.abs(move)), 0)
    const scaleDown = Math.min(1, 2 / most)
    parameters = parameters.map((value, at) => value + scaleDown * step[at]!)
    state = expectation(scale, grid, parameters)
    converged = most < 1e-7
    if (most > 1e-3 || points !== undefined || !isCoarse(scale, grid, state)) continue
    // What items' ratings say of them is narrower than the steps: go on with half the steps.
    grid = normalGrid(2 * grid.points.length - 1)
    state = expectation(scale, grid, parameters)
    converged = false
  }
  return describe(ratings, scale, grid, parameters, state, { iterations, converged, confidence, precision })
}

const FEWEST_POINTS = 61
const MOST_POINTS = 481
/** So many numbers for items and points fit in memory: 0.8 GB. */
const MOST_NUMBERS = 1e8

/** Whether some item's quality is known so well that steps miss it, and finer ones fit in memory. */
function isCoarse({ start }: Scale, { points }: Quadrature, { posteriors }: Expectation): boolean {
  const Q = points.length
  if (2 * Q - 1 > MOST_POINTS || (start.length - 1) * (2 * Q - 1) > MOST_NUMBERS) return false
  const step = points[1]! - points[0]!
  for (let i = 0; i + 1 < start.length; i += 1) {
    let [mean, square] = [0, 0]
    for (let q = 0; q < Q; q += 1) {
      mean += posteriors[i * Q + q]! * points[q]!
      square += posteriors[i * Q + q]! * points[q]! ** 2
    }
    if (Math.sqrt(Math.max(0, square - mean * mean)) < step / 1.2) return true
  }
  return false
}

/** A scale with more values is a measurement, of which no value's threshold could be known. */
const MOST_STEPS = 100

function whyNot(ratings: Ratings): Reason | null {
  if (ratings.items.length === 0) return 'no-ratings'
  if (new Set(ratings.raters).size < 2) return 'one-rater'
  const used = new Set(ratings.values).size
  if (used < 2) return 'no-variation'
  if (used > MOST_STEPS) return 'too-many-values'
  const { start } = groupBy(ratings.items, ratings.itemNames.length)
  if (start.every((from, i) => i === 0 || from - start[i - 1]! < 2)) return 'no-pairs'
  return ratingGroups(ratings) > 1 ? 'disconnected' : null
}

function describe(
  ratings: Ratings,
  scale: Scale,
  quadrature: Quadrature,
  parameters: Float64Array,
  state: Expectation,
  status: { iterations: number; converged: boolean; confidence: number; precision: number },
): RaschFit | { raters: null; reason: Reason } {
  const { raters, used, counts } = scale
  const size = parameters.length
  const information = observedInformation(scale, quadrature.points, parameters, state)
  for (let r = 0; r < raters; r += 1) information[r * size + r]! += status.precision
  const inverse = invertPositiveDefinite(information, size)
  if (inverse === null) return { raters: null, reason: 'singular' }
  // Severities are measured from their mean, to which they all move together with the thresholds.
  const mean = parameters.subarray(0, raters).reduce((sum, value) => sum + value, 0) / raters
  const rowMeans = Float64Array.from({ length: size }, (_, a) => {
    let sum = 0
    for (let r = 0; r < raters; r += 1) sum += inverse[a * size + r]! / raters
    return sum
  })
  const overall = rowMeans.subarray(0, raters).reduce((sum, value) => sum + value, 0) / raters
  const deviation = (variance: number) => Math.sqrt(Math.max(0, variance))
  const z = normalQuantile((1 + status.confidence) / 2)
  const spread = Math.abs(parameters[size - 1]!)
  const measures = itemMeasures(ratings, scale, quadrature, parameters, state, mean)
  const error = measures.reduce((sum, { se }) => sum + se * se, 0) / measures.length
  return {
    raters: ratings.raterNames.flatMap((rater, r) => {
      if (counts[r] === 0) return []
      const severity = parameters[r]! - mean
      const se = deviation(inverse[r * size + r]! - 2 * rowMeans[r]! + overall)
      return [{ rater, severity, se, low: severity - z * se, high: severity + z * se, ratings: counts[r]! }]
    }),
    items: measures,
    thresholds: used.slice(1).map((place, m) => {
      const at = raters + m
      // The threshold of an average rater: its own parameter plus the raters' mean.
      const se = deviation(inverse[at * size + at]! + 2 * rowMeans[at]! + overall)
      return { value: ratings.valueNames[place]!, estimate: parameters[at]! + mean, se }
    }),
    spread: { estimate: spread, se: deviation(inverse[size * size - 1]!) },
    reliability: spread > 0 ? Math.min(1, Math.max(0, 1 - error / spread ** 2)) : 0,
    logLikelihood: state.logLikelihood,
    iterations: status.iterations,
    converged: status.converged,
    confidence: status.confidence,
    method: `many-facet Rasch, marginal likelihood (${quadrature.points.length} points), observed information`,
  }
}

function itemMeasures(
  ratings: Ratings,
  scale: Scale,
  { points }: Quadrature,
  parameters: Float64Array,
  { posteriors }: Expectation,
  severity: number,
): ItemMeasure[] {
  const { start, raters, categories, used } = scale
  const Q = points.length
  const spread = parameters[raters + categories - 1]!
  const [chances, tails] = [new Float64Array(categories), new Float64Array(categories)]
  const expected = points.map((z) => {
    categoryChances(spread * z - severity, parameters, scale, chances, tails)
    return chances.reduce((sum, chance, k) => sum + chance * (ratings.numbers === null ? used[k]! + 1 : ratings.numbers[used[k]!]!), 0)
  })
  return ratings.itemNames.flatMap((item, i) => {
    if (start[i + 1] === start[i]) return []
    let [estimate, square, fair] = [0, 0, 0]
    for (let q = 0; q < Q; q += 1) {
      const w = posteriors[i * Q + q]!
      estimate += w * spread * points[q]!
      square += w * (spread * points[q]!) ** 2
      fair += w * expected[q]!
    }
    return [{ item, estimate, se: Math.sqrt(Math.max(0, square - estimate ** 2)), fair }]
  })
}
