import { checkFraction, checkNumbers, checkSameLength } from '../check.ts'
import { StatsError } from '../error.ts'
import { studentTails } from '../numeric/beta.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate, Reason } from '../result.ts'
import { clusteredCovariance, clusteringOf, contrastVariance, type ClusteredCovariance, type Clustering } from './clustered-covariance.ts'
import type { Comparisons } from './comparisons.ts'
import { largestGroup, winConnectivity } from './connectivity.ts'
import { fitStrengths, type Cells, type Layout, type StrengthFit } from './fit-strengths.ts'
import { OUTCOME_MODELS, type OutcomeModel } from './outcome-model.ts'
import { tiesSeparate } from './tie-separation.ts'

export type TieRule = keyof typeof OUTCOME_MODELS
export type ClusterName = 'item' | 'rater'

export interface BradleyTerryOptions {
  /** `davidson` by default; `half` counts a tie as half a win for each. */
  ties?: TieRule
  /** What intervals are clustered by; by item if comparisons have items, else every comparison stands alone. */
  cluster?: readonly ClusterName[]
  /** Estimate how much being on the left helps; false by default. */
  position?: boolean
  /** For each covariate, one finite number per comparison, as (left − right) / (left + right): see `ratioDifference`. */
  controls?: Readonly<Record<string, ArrayLike<number>>>
  /**
   * `CR3` by default: each cluster is left out in turn, sound also for few clusters; from 2000 clusters on, where it makes no difference, `CR1`, the sandwich with factor G/(G−1) of most programs.
   */
  variance?: 'CR1' | 'CR3'
  /** Coverage of the intervals; 0.95 by default. */
  confidence?: number
}

export interface Strength {
  name: string
  /** Log-odds against an average system: the mean over systems is 0. */
  estimate: number
  se: number | null
  low: number | null
  high: number | null
  /** The same on the scale of Elo ratings: 400 / ln 10 per unit, around 1000. */
  elo: number
  wins: number
  losses: number
  ties: number
  bothBad: number
  /** Strength without the controls, where there are any. */
  uncontrolled: number | null
  /** Why the strength rests on regularisation rather than on comparisons; null for all others. */
  flag: Reason | null
}

export interface Effect {
  estimate: number
  se: number | null
  low: number | null
  high: number | null
  p: number | null
}

export interface Ranking {
  /** Strongest first. */
  scores: Strength[]
  /** Davidson's ν or Rao and Kupper's θ; null for half ties or where there are no ties. */
  tie: (Effect & { model: TieRule }) | null
  /** Log-odds that being on the left adds; null if not asked for. */
  position: Effect | null
  /** Log-odds per standard deviation of each control. */
  controls: (Effect & { name: string })[]
  /** Comparisons that the fit rests on, and those judged bad on both sides, which it leaves out. */
  comparisons: number
  bothBad: number
  /** How many groups of systems are never compared with each other. */
  groups: number
  /** True if each system was given one tie against an average one, to keep strengths finite: see the scores' flags. */
  regularised: boolean
  logLikelihood: number
  iterations: number
  converged: boolean
  confidence: number
  method: string
}

export interface NoRanking {
  scores: null
  reason: Reason
}

/**
 * Bradley–Terry: the strength of each of M systems from pairwise comparisons, in log-odds; larger is better. Ties by Davidson's or by Rao
 * and Kupper's model, or as half wins.
 *
 * Misleads when judgments are not transitive, when outcomes depend on length or position (ask for `controls` and `position`), or when
 * intervals ignore that votes on one item go together: those are about 1.65 times too narrow on real data.
 *
 * @param comparisons N comparisons: see `encodeComparisons`. `both_bad` is counted, and otherwise left out.
 * @param options.ties `davidson` by default. @param options.cluster By item where there are items.
 * @param options.position False by default. @param options.controls N numbers each; standardised here, so that coefficients compare.
 * @param options.variance `CR3` by default.
 * @returns Strengths with mean 0, sandwich intervals (t on G − 1 degrees), tie, position and controls. Where some system
 *   never loses or never wins, groups are never compared, or the tie parameter tells all wins from all ties (no cycle has more wins than
 *   ties), each system is given one tie against an average one: `regularised` is true, the `flag`s say whose strengths are not known, and
 *   no interval is narrower than the likelihood's. `reason`: `no-ratings` without comparisons; `singular` if a control is constant or
 *   makes up for the systems; `separated` if position or a control, alone or with ties, decides every outcome; `not-converged`.
 * @throws StatsError `range` for controls that are not finite; `shape` for controls of another length; `unsupported` for clusters that
 *   the comparisons do not have.
 *
 * Source: Bradley & Terry (1952), Biometrika 39, doi:10.2307/2334029; Davidson (1970), J. American Statistical Association 65(329),
 *   doi:10.1080/01621459.1970.10481082; Rao & Kupper (1967), ibid. 62(317), doi:10.1080/01621459.1967.10482901; position as Davidson &
 *   Beaver (1977), Biometrics 33(4), doi:10.2307/2529467. Newton's method; O(N + M³). Checked against Davidson's puddings, evalica and choix.
 *
 * @example
 * bradleyTerry(encodeComparisons([
 *   { left: 'a', right: 'b', outcome: 'left' }, { left: 'a', right: 'b', outcome: 'left' },
 *   { left: 'a', right: 'b', outcome: 'left' }, { left: 'a', right: 'b', outcome: 'right' },
 * ])).scores[0].estimate // => 0.5 * Math.log(3)
 */
export function bradleyTerry(comparisons: Comparisons, options: BradleyTerryOptions = {}): Ranking | NoRanking {
  const fitted = fitComparisons(comparisons, options)
  if ('reason' in fitted) return { scores: null, reason: fitted.reason }
  const { confidence = 0.95 } = options
  const controlNames = Object.keys(options.controls ?? {})
  const { fit, layout, covariance, model, connectivity, separated } = fitted
  const effect = (j: number): Effect =>
    describeEffect(fit.parameters[j]!, covariance && contrastVariance(covariance, [[j, 1]]), covariance, confidence)
  const plain = controlNames.length > 0 ? fitComparisons(comparisons, { ...options, controls: {} }) : null
  const main = largestGroup(connectivity.strong, connectivity.strongs)
  const mainGroup = largestGroup(connectivity.group, connectivity.groups)
  const tallies = tally(comparisons)
  const scores = comparisons.names.map((name, i): Strength => {
    const { p: _, ...strength } = effect(i)
    const alone = connectivity.group[i] !== mainGroup ? 'disconnected' : connectivity.strong[i] === main ? null : 'undefeated'
    const flag = alone ?? (separated ? 'separated' : null)
    const uncontrolled = plain && 'fit' in plain ? plain.fit.parameters[i]! : null
    return { name, ...strength, elo: eloScale(strength.estimate), ...tallies[i]!, uncontrolled, flag }
  })
  return {
    scores: scores.sort((a, b) => b.estimate - a.estimate || (a.name < b.name ? -1 : 1)),
    tie: layout.tie < 0 ? null : { model: model.name, ...exponential(effect(layout.tie)) },
    position: layout.position < 0 ? null : effect(layout.position),
    controls: controlNames.map((name, k) => ({ name, ...effect(layout.covariates + k) })),
    comparisons: fitted.cellOf.length,
    bothBad: comparisons.outcomes.length - fitted.cellOf.length,
    groups: connectivity.groups,
    regularised: fitted.regularised,
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
    converged: fit.converged,
    confidence,
    method: `Bradley–Terry, ties ${model.name}, sandwich ${fitted.clusterNames.length > 0 ? `clustered by ${fitted.clusterNames.join(' and ')}` : 'over comparisons'}, t`,
  }
}

/**
 * The difference in strength of two systems, first minus second, in log-odds: what to look at before calling one better.
 *
 * Misleads when the pair was picked because it looked different.
 *
 * @param comparisons N comparisons. @param options As `bradleyTerry`.
 * @returns `estimate` with interval, `se` and `p`. Null with the reason of the ranking, or with that of a system's flag.
 * @throws StatsError `range` for a name that is not compared, and as `bradleyTerry`.
 *
 * Source: as `bradleyTerry`.
 */
export function strengthDifference(
  comparisons: Comparisons,
  first: string,
  second: string,
  options: BradleyTerryOptions = {},
): Estimate<{ se: number | null; p: number | null }> {
  const [i, j] = [first, second].map((name) => comparisons.names.indexOf(name)) as [number, number]
  for (const [k, name] of [
    [i, first],
    [j, second],
  ] as const)
    if (k < 0) throw new StatsError({ code: 'range', argument: 'name', expected: `one of ${comparisons.names.join(', ')}`, received: name })
  const fitted = fitComparisons(comparisons, options)
  if ('reason' in fitted) return { estimate: null, reason: fitted.reason }
  const { connectivity, covariance, fit, separated } = fitted
  if (connectivity.group[i] !== connectivity.group[j]) return { estimate: null, reason: 'disconnected' }
  if (connectivity.strong[i] !== connectivity.strong[j]) return { estimate: null, reason: 'undefeated' }
  if (separated) return { estimate: null, reason: 'separated' }
  const variance =
    covariance &&
    contrastVariance(covariance, [
      [i, 1],
      [j, -1],
    ])
  const { confidence = 0.95 } = options
  const { estimate, se, low, high, p } = describeEffect(fit.parameters[i]! - fit.parameters[j]!, variance, covariance, confidence)
  return low === null || high === null ? { estimate, se, p } : { estimate, se, p, low, high, confidence, method: 'sandwich, t' }
}

/**
 * (a − b) / (a + b): how much longer (or richer in lists, bold text, …) the left side is than the right, in −1..1; 0 where both are 0.
 *
 * @param left N non-negative numbers, @param right N more.
 * @throws StatsError `shape` or `range`.
 *
 * Source: Chiang et al. (2024), style control of the Chatbot Arena.
 *
 * @example
 * ratioDifference([300, 0], [100, 0]) // => Float64Array.of(0.5, 0)
 */
export function ratioDifference(left: ArrayLike<number>, right: ArrayLike<number>): Float64Array {
  checkSameLength('right', right, left.length)
  checkNumbers('left', left, 0)
  checkNumbers('right', right, 0)
  return Float64Array.from(left, (a, i) => (a + right[i]! > 0 ? (a - right[i]!) / (a + right[i]!) : 0))
}

/** Log-odds on the scale of Elo ratings: 400 points are odds of 10 to 1. */
export function eloScale(strength: number): number {
  return 1000 + (400 / Math.LN10) * strength
}

/** A fitted model with all that further analysis of it needs. */
export interface FittedComparisons {
  fit: StrengthFit
  cells: Cells
  /** For each comparison that is not both bad: its cell, and its place among all comparisons. */
  cellOf: Int32Array
  positions: Int32Array
  layout: Layout
  model: OutcomeModel
  covariance: ClusteredCovariance | null
  clusterNames: readonly ClusterName[]
  connectivity: ReturnType<typeof winConnectivity>
  /** Whether the tie parameter tells all wins from all ties, so that no strength has a bound of its own. */
  separated: boolean
  regularised: boolean
}

/** The fit behind `bradleyTerry`. */
export function fitComparisons(comparisons: Comparisons, options: BradleyTerryOptions): FittedComparisons | { reason: Reason } {
  const { ties = 'davidson', position = false, controls = {}, confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const clusterNames = options.cluster ?? (comparisons.items === null ? [] : (['item'] as const))
  const columns = Object.entries(controls).map(([name, values]) => {
    checkSameLength(`controls.${name}`, values, comparisons.left.length)
    checkNumbers(`controls.${name}`, values)
    return values
  })
  const positions = comparisons.left.map((_, k) => k).filter((k) => comparisons.outcomes[k] !== 3)
  const clusterings = clusterNames.map((name): Clustering => clusteringBy(comparisons, name, positions))
  if (positions.length === 0) return { reason: 'no-ratings' }
  const { cells, cellOf } = columns.length > 0 ? rowCells(comparisons, positions, columns) : pooledCells(comparisons, positions)

  const tieCount = cells.weight.reduce((sum, weight, c) => sum + (cells.outcome[c] === 2 ? weight : 0), 0)
  // Without any tie, or with nothing else, the tie parameter is infinite: half ties then say the same of strengths.
  const model = tieCount > 0 && tieCount < positions.length ? OUTCOME_MODELS[ties] : OUTCOME_MODELS.half
  const systems = comparisons.names.length
  let size = systems
  const tie = model.hasTie ? size++ : -1
  const at = position ? size++ : -1
  const layout: Layout = { systems, tie, position: at, covariates: size, covariateCount: columns.length, size: size + columns.length }
  const { connectivity, separated } = connect(cells, systems, model)
  const regularised = connectivity.strongs > 1 || separated
  const fit = fitStrengths(cells, layout, model, tieCount / positions.length, regularised ? 1 : 0)
  if (fit === null) return { reason: 'singular' }
  if (fit.separated) return { reason: 'separated' }
  if (!fit.converged || fit.parameters.some((value) => Math.abs(value) > 1e3)) return { reason: 'not-converged' }
  centre(fit.parameters, systems)
  const covariance = clusteredCovariance(fit, cells, cellOf, layout, model, clusterings, regularised, options.variance ?? 'CR3')
  return { fit, cells, cellOf, positions, layout, model, covariance, clusterNames, connectivity, separated, regularised }
}

function clusteringBy(comparisons: Comparisons, name: ClusterName, positions: Int32Array): Clustering {
  const codes = name === 'item' ? comparisons.items : comparisons.raters
  if (codes === null && positions.length > 0)
    throw new StatsError({ code: 'unsupported', argument: 'cluster', expected: `comparisons with a ${name}`, received: name })
  return clusteringOf(positions.map((k) => codes![k]!))
}

/** One cell for each pair, side and outcome that occurs. */
function pooledCells(comparisons: Comparisons, positions: Int32Array): { cells: Cells; cellOf: Int32Array } {
  const systems = comparisons.names.length
  const index = systems <= 1000 ? new Int32Array(systems * systems * 3).fill(-1) : new Map<number, number>()
  const first: number[] = []
  const weight: number[] = []
  const cellOf = positions.map((k) => {
    const key = (comparisons.left[k]! * systems + comparisons.right[k]!) * 3 + comparisons.outcomes[k]!
    let cell = index instanceof Map ? (index.get(key) ?? -1) : index[key]!
    if (cell < 0) {
      cell = first.length
      first.push(k)
      weight.push(0)
      if (index instanceof Map) index.set(key, cell)
      else index[key] = cell
    }
    weight[cell]! += 1
    return cell
  })
  return { cells: pick(comparisons, Int32Array.from(first), Float64Array.from(weight), null), cellOf }
}

/** One cell for each comparison, with its standardised covariates. */
function rowCells(comparisons: Comparisons, positions: Int32Array, columns: ArrayLike<number>[]): { cells: Cells; cellOf: Int32Array } {
  const n = positions.length
  const covariates = new Float64Array(n * columns.length)
  for (const [k, column] of columns.entries()) {
    let square = 0
    for (const position of positions) square += column[position]! ** 2 / n
    // Around 0, not around the mean: a covariate of two equal sides is 0 and must stay 0.
    const sd = Math.sqrt(square) || 1
    for (let c = 0; c < n; c += 1) covariates[c * columns.length + k] = column[positions[c]!]! / sd
  }
  return { cells: pick(comparisons, positions, new Float64Array(n).fill(1), covariates), cellOf: positions.map((_, c) => c) }
}

function pick(comparisons: Comparisons, positions: Int32Array, weight: Float64Array, covariates: Float64Array | null): Cells {
  return {
    left: positions.map((k) => comparisons.left[k]!),
    right: positions.map((k) => comparisons.right[k]!),
    outcome: Uint8Array.from(positions, (k) => comparisons.outcomes[k]!),
    weight,
    covariates,
  }
}

/** Chains of wins in the cells that weigh something, where a tie is a win both ways; and whether ties keep strengths from having a bound. */
function connect({ left, right, outcome, weight }: Cells, systems: number, model: OutcomeModel) {
  const winners: number[] = []
  const losers: number[] = []
  const tied: [number, number][] = []
  for (let c = 0; c < left.length; c += 1) {
    if (weight[c] === 0) continue
    if (outcome[c] === 2) tied.push([left[c]!, right[c]!])
    else {
      winners.push(outcome[c] === 0 ? left[c]! : right[c]!)
      losers.push(outcome[c] === 0 ? right[c]! : left[c]!)
    }
  }
  const separated = model.hasTie && tiesSeparate(systems, winners, losers, tied)
  for (const [i, j] of tied) {
    winners.push(i, j)
    losers.push(j, i)
  }
  return { connectivity: winConnectivity(systems, winners, losers), separated }
}

export function centre(parameters: Float64Array, systems: number): void {
  let mean = 0
  for (let i = 0; i < systems; i += 1) mean += parameters[i]! / systems
  for (let i = 0; i < systems; i += 1) parameters[i]! -= mean
}

export function describeEffect(
  estimate: number,
  variance: number | null,
  covariance: ClusteredCovariance | null,
  confidence: number,
): Effect {
  if (variance === null || covariance === null) return { estimate, se: null, low: null, high: null, p: null }
  const se = Math.sqrt(Math.max(0, variance))
  const half = studentQuantile((1 + confidence) / 2, covariance.degrees) * se
  const p = se > 0 ? Math.min(1, 2 * studentTails(Math.abs(estimate) / se, covariance.degrees).upper) : estimate === 0 ? 1 : 0
  return { estimate, se, low: estimate - half, high: estimate + half, p }
}

/** An effect on τ = log ν as one on ν; its p value, of ν = 1, says nothing of interest and is left out. */
function exponential({ estimate, se, low, high }: Effect): Effect {
  const value = Math.exp(estimate)
  return {
    estimate: value,
    se: se && value * se,
    low: low === null ? null : Math.exp(low),
    high: high === null ? null : Math.exp(high),
    p: null,
  }
}

function tally({ left, right, outcomes, names }: Comparisons) {
  const tallies = names.map(() => ({ wins: 0, losses: 0, ties: 0, bothBad: 0 }))
  const sides = [
    ['wins', 'losses'],
    ['losses', 'wins'],
    ['ties', 'ties'],
    ['bothBad', 'bothBad'],
  ] as const
  for (let k = 0; k < left.length; k += 1) {
    const [own, other] = sides[outcomes[k]!]!
    tallies[left[k]!]![own] += 1
    tallies[right[k]!]![other] += 1
  }
  return tallies
}
