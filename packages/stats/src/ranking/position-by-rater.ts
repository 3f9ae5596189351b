import { normalCdf, normalQuantile } from '../numeric/normal.ts'
import type { Reason } from '../result.ts'
import { fitComparisons, type BradleyTerryOptions, type FittedComparisons } from './bradley-terry.ts'
import { cellScores } from './clustered-covariance.ts'
import type { Comparisons } from './comparisons.ts'

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
 * Source: one Newton step from the overall fit per rater; the variance between raters as DerSimonian & Laird (1986), Controlled Clinical
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

/** One Newton step per rater from the overall effect, and the shrinkage that the variance between raters asks for. */
function effectByRater(
  comparisons: Comparisons,
  { fit, cells, layout, model, positions, cellOf }: FittedComparisons,
  parameter: number,
  factorOf: (cell: number) => number,
  confidence: number,
): PositionByRater {
  const { slopes, information } = cellScores(fit.parameters, cells, layout, model)
  const count = comparisons.raterNames.length
  const score = new Float64Array(count)
  const weight = new Float64Array(count)
  const n = new Int32Array(count)
  for (let k = 0; k < cellOf.length; k += 1) {
    const r = comparisons.raters![positions[k]!]!
    const factor = factorOf(cellOf[k]!)
    score[r]! += slopes[cellOf[k]!]! * factor
    weight[r]! += information[cellOf[k]!]! * factor * factor
    n[r]! += 1
  }
  const mean = fit.parameters[parameter]!
  const { between, error } = betweenVariance(score, weight)
  const total = weight.reduce((sum, w) => sum + w, 0)
  const meanVariance = weight.reduce((sum, w) => sum + w * (1 + w * between), 0) / total ** 2
  const z = normalQuantile((1 + confidence) / 2)
  const raters = comparisons.raterNames.flatMap((rater, r): RaterPosition[] => {
    if (n[r] === 0) return []
    // The share of the mean in the estimate; the score is the weight times the raw deviation.
    const share = 1 / (1 + weight[r]! * between)
    const estimate = mean + score[r]! * between * share
    // What is left unknown of the rater, of the mean, and of how much to shrink.
    const se = Math.sqrt(between * share + share ** 2 * meanVariance + (score[r]! * share ** 2) ** 2 * error)
    return [
      {
        rater,
        estimate,
        se,
        low: estimate - z * se,
        high: estimate + z * se,
        p: Math.min(1, 2 * normalCdf(-Math.abs(estimate) / se)),
        comparisons: n[r]!,
      },
    ]
  })
  return { raters, mean, sd: Math.sqrt(between) }
}

/** The variance between raters of deviations score / weight with variances 1 / weight, and the variance of that estimate. */
function betweenVariance(score: Float64Array, weight: Float64Array): { between: number; error: number } {
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
  const between = Math.max(0, (q - (raters - 1)) / scale)
  const error = weight.reduce((sum, w) => sum + (w > 0 ? (1 + w * between) ** 2 : 0), 0)
  return { between, error: (2 * error) / scale ** 2 }
}
