import { studentTails } from '../numeric/beta.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Reason } from '../result.ts'
import { fitComparisons, type BradleyTerryOptions, type FittedComparisons } from './bradley-terry.ts'
import type { Comparisons } from './comparisons.ts'
import { leadOf } from './fit-strengths.ts'

export interface RaterPosition {
  rater: string
  /** Log-odds that being on the left adds for this rater; above 0 prefers the left. Shrunk towards the mean of all raters. */
  estimate: number
  se: number
  low: number
  high: number
  /** Two-sided, of no preference for either side. */
  p: number
  comparisons: number
}

export interface PositionByRater {
  raters: RaterPosition[]
  /** The mean over raters, and the standard deviation between them. */
  mean: number
  sd: number
}

/**
 * Each rater's preference for the left (or right) side, whatever stands there, in log-odds; 0 is none.
 *
 * Misleads when systems were not put on sides at random for a rater.
 *
 * @param comparisons N comparisons with raters. @param options As `bradleyTerry`; `position` is taken as true.
 * @returns One estimate per rater, shrunk by empirical Bayes: a rater with few comparisons stays near the mean. `reason` as `bradleyTerry`,
 *   and `one-rater` where comparisons have no raters.
 *
 * Source: Laplace's approximation of a random effect, Breslow & Clayton (1993), J. American Statistical Association 88(421),
 *   doi:10.1080/01621459.1993.10594284, its variance started as DerSimonian & Laird (1986), Controlled Clinical
 *   Trials 7(3), doi:10.1016/0197-2456(86)90046-2; errors with what shrinking adds as Kass & Steffey (1989), J. American Statistical Association
 *   84(407), doi:10.1080/01621459.1989.10478825. O(N) after the fit.
 */
export function positionByRater(
  comparisons: Comparisons,
  options: BradleyTerryOptions = {},
): PositionByRater | { raters: null; reason: Reason } {
  const { confidence = 0.95 } = options
  if (comparisons.raters === null) return { raters: null, reason: comparisons.left.length === 0 ? 'no-ratings' : 'one-rater' }
  const fitted = fitComparisons(comparisons, { ...options, position: true })
  if ('reason' in fitted) return { raters: null, reason: fitted.reason }
  return effectByRater(comparisons, fitted, fitted.layout.position, () => 1, confidence)
}

/**
 * The same for a control: how much each rater likes what is longer (or richer in lists, bold text, …), whatever it says.
 *
 * Misleads when longer outputs are better: the strengths take out what systems do on average, not what single outputs do.
 *
 * @param comparisons N comparisons with raters. @param values N finite numbers, as `ratioDifference`.
 * @param options As `bradleyTerry`; other controls are left out.
 * @returns As `positionByRater`, in log-odds per standard deviation of the control.
 * @throws StatsError as `bradleyTerry`.
 *
 * Source: as `positionByRater`.
 */
export function controlByRater(
  comparisons: Comparisons,
  values: ArrayLike<number>,
  options: BradleyTerryOptions = {},
): PositionByRater | { raters: null; reason: Reason } {
  if (comparisons.raters === null) return { raters: null, reason: comparisons.left.length === 0 ? 'no-ratings' : 'one-rater' }
  const fitted = fitComparisons(comparisons, { ...options, controls: { control: values } })
  if ('reason' in fitted) return { raters: null, reason: fitted.reason }
  const { covariates, covariateCount } = fitted.layout
  const factorOf = (c: number) => fitted.cells.covariates![c * covariateCount]!
  return effectByRater(comparisons, fitted, covariates, factorOf, options.confidence ?? 0.95)
}

/** Rounds of expectation-maximisation: far fewer settle the digits that matter. */
const ROUNDS = 20

/**
 * Effects of raters as draws from a normal population whose mean and variance are fitted: the most probable effect of each given its own comparisons
 * (Laplace's approximation), with strengths as they are.
 */
function effectByRater(
  comparisons: Comparisons,
  { fit, cells, layout, model, positions, cellOf }: FittedComparisons,
  parameter: number,
  factorOf: (cell: number) => number,
  confidence: number,
): PositionByRater {
  const count = comparisons.raterNames.length
  const leads = Float64Array.from(cells.left, (_, c) => leadOf(cells, layout, fit.parameters, c))
  const factors = Float64Array.from(cells.left, (_, c) => factorOf(c))
  const tau = layout.tie >= 0 ? fit.parameters[layout.tie]! : 0
  const out = new Float64Array(6)
  const n = new Int32Array(count)
  for (const k of positions) n[comparisons.raters![k]!]! += 1
  const raterCount = n.reduce((sum, own) => sum + (own > 0 ? 1 : 0), 0)
  /** From the overall effect. */
  const deviation = new Float64Array(count)
  const score = new Float64Array(count)
  const weight = new Float64Array(count)
  const read = () => {
    score.fill(0)
    weight.fill(0)
    for (let k = 0; k < cellOf.length; k += 1) {
      const r = comparisons.raters![positions[k]!]!
      const c = cellOf[k]!
      model.read(leads[c]! + deviation[r]! * factors[c]!, tau, cells.outcome[c]!, out)
      score[r]! += out[1]! * factors[c]!
      weight[r]! += out[3]! * factors[c]! * factors[c]!
    }
  }
  read()
  let shift = 0
  let { between } = betweenVariance(score, weight)
  for (let round = 0; round < ROUNDS && between > 0; round += 1) {
    let [sum, squares] = [0, 0]
    for (let r = 0; r < count; r += 1) {
      if (n[r] === 0) continue
      const precision = weight[r]! + 1 / between
      deviation[r]! += (score[r]! - (deviation[r]! - shift) / between) / precision
      sum += deviation[r]! / raterCount
      squares += ((deviation[r]! - shift) ** 2 + 1 / precision) / (raterCount - 1)
    }
    shift = sum
    between = squares
    read()
  }

  const mean = fit.parameters[parameter]! + shift
  const total = weight.reduce((sum, w) => sum + w, 0)
  const meanVariance = weight.reduce((sum, w) => sum + w * (1 + w * between), 0) / total ** 2
  const { error } = betweenVariance(score, weight, between)
  const raters = comparisons.raterNames.flatMap((rater, r): RaterPosition[] => {
    if (n[r] === 0) return []
    const estimate = fit.parameters[parameter]! + deviation[r]!
    // What is left unknown of the rater, of the mean (by its share in the estimate), and of how much to shrink.
    const share = 1 / (1 + weight[r]! * between)
    const pull = between > 0 ? (estimate - mean) / between : score[r]!
    const se = Math.sqrt(between * share + share ** 2 * meanVariance + (pull * share) ** 2 * error)
    // The variance between raters is itself a guess from few of them: Satterthwaite's degrees, by how much the error moves with it.
    const degrees = error > 0 ? Math.min(1e6, Math.max(2, (2 * se ** 4) / (share ** 4 * error))) : 1e6
    const half = studentQuantile((1 + confidence) / 2, degrees) * se
    return [
      {
        rater,
        estimate,
        se,
        low: estimate - half,
        high: estimate + half,
        p: Math.min(1, 2 * studentTails(Math.abs(estimate) / se, degrees).upper),
        comparisons: n[r]!,
      },
    ]
  })
  return { raters, mean, sd: Math.sqrt(between) }
}

/** The variance between raters of deviations score / weight with variances 1 / weight, and the variance of that estimate. */
function betweenVariance(score: Float64Array, weight: Float64Array, known?: number): { between: number; error: number } {
  let q = 0
  let total = 0
  let squares = 0
  let raters = 0
  for (let r = 0; r < score.length; r += 1) {
    if (weight[r] === 0) continue
    q += score[r]! ** 2 / weight[r]!
    total += weight[r]!
    squares += weight[r]! ** 2
    raters += 1
  }
  const scale = total - squares / total
  if (!(scale > 0)) return { between: 0, error: 0 }
  const between = known ?? Math.max(0, (q - (raters - 1)) / scale)
  const error = weight.reduce((sum, w) => sum + (w > 0 ? (1 + w * between) ** 2 : 0), 0)
  return { between, error: (2 * error) / scale ** 2 }
}
