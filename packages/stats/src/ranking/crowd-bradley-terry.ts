import { checkFraction, checkInteger, checkNumber } from '../check.ts'
import { StatsError } from '../error.ts'
import { solvePositiveDefinite } from '../numeric/cholesky.ts'
import { centre, describeEffect, eloScale, type NoRanking, type Strength } from './bradley-terry.ts'
import { clusteringOf, contrastVariance, scoreCovariance } from './clustered-covariance.ts'
import type { Comparisons } from './comparisons.ts'
import { winConnectivity } from './connectivity.ts'
import { logSigmoid, sigmoid } from './outcome-model.ts'
import { type AnswerCounts, QualityDistribution } from './rater-quality.ts'

export interface CrowdBradleyTerryOptions {
  /**
   * How many raters who are mostly careful to imagine beside those at hand; 1 by default. It keeps the fit from turning the ranking upside down with
   * all raters contrary; hence more than 0.
   */
  smoothing?: number
  /** At most so many rounds of expectation-maximisation; 2000 by default. */
  maxIterations?: number
  /** Coverage of the intervals; 0.95 by default. */
  confidence?: number
}

export interface RaterQuality {
  rater: string
  /** Mean chance that the rater answers as the strengths say, rather than the opposite: 1 always, 0.5 a coin, below contrary. */
  quality: number
  comparisons: number
}

export interface CrowdRanking {
  /** Strongest first. Without intervals where the data do not tell how far systems lie apart: see `reason`. */
  scores: Pick<Strength, 'name' | 'estimate' | 'se' | 'low' | 'high' | 'elo'>[]
  /** Best first. */
  raters: RaterQuality[]
  /** Why strengths have no intervals: `scale-unknown` where their order is told but hardly their size; null where they have them. */
  reason: 'scale-unknown' | null
  /** Relative standard error of the strengths' common scale; null where there is none. */
  scaleError: number | null
  comparisons: number
  /** How many groups of systems are never compared with each other: strengths of different groups do not compare. */
  groups: number
  logLikelihood: number
  iterations: number
  converged: boolean
  confidence: number
  method: string
}

/**
 * Crowd-BT: the strengths of M systems (log-odds, larger is better) and the quality of each rater, inferred together, so that raters who answer at
 * random, or the wrong way round, do not count as much as careful ones.
 *
 * Misleads with few comparisons per rater (under about 20), and where raters differ in taste rather than in care: a minority then counts as
 * careless. Where contests are close, a crowd that errs and small differences look alike: the order holds then, the size of strengths may not. If
 * the data do not tell them apart, strengths have no interval and a `reason`. Look at `bradleyTerry` beside it.
 *
 * @param comparisons N comparisons with raters. A tie is half an answer each way; `both_bad` is left out.
 * @param options.smoothing 1 by default. @param options.maxIterations 2000 by default. @param options.confidence 0.95 by default.
 * @returns Strengths with mean 0, each held by one imagined tie against an average system, with sandwich intervals clustered by item where there
 *   are items (t; qualities and their mean profiled out); none, and `reason` `scale-unknown`, where the common scale of strengths has a relative
 *   standard error over 0.2; and qualities. Without scores, `reason` `no-ratings` without comparisons, `singular`.
 * @throws StatsError `unsupported` for comparisons without raters; `range` for smoothing of 0 or less, or impossible limits.
 *
 * Source: Chen, Bennett, Collins-Thompson & Horvitz (2013), Pairwise ranking aggregation in a crowdsourced setting, WSDM, doi:10.1145/2433396.2433420,
 *   equation 6, with the raters' qualities from a distribution that is estimated (Kiefer & Wolfowitz 1956, doi:10.1214/aoms/1177728066) instead of a
 *   fixed one, by generalised expectation-maximisation. O(N + M³) a round.
 *
 * @example
 * crowdBradleyTerry(encodeComparisons([{ left: 'a', right: 'b', outcome: 'left', rater: 'x' }])).scores[0].name // => 'a'
 */
export function crowdBradleyTerry(comparisons: Comparisons, options: CrowdBradleyTerryOptions = {}): CrowdRanking | NoRanking {
  const { smoothing = 1, maxIterations = 2000, confidence = 0.95 } = options
  checkNumber('smoothing', smoothing, Number.MIN_VALUE)
  checkInteger('maxIterations', maxIterations, 1)
  checkFraction('confidence', confidence)
  const answers = readAnswers(comparisons)
  if (answers === null) return { scores: null, reason: 'no-ratings' }
  const M = comparisons.names.length
  const counts = countAnswers(answers, M)
  const qualities = new QualityDistribution(comparisons.raterNames.length, smoothing)
  let strengths: Float64Array = new Float64Array(M)
  let [iterations, converged, logLikelihood] = [0, false, 0]
  const given = new Float64Array(counts.winner.length)
  for (let e = 0; e < counts.count.length; e += 1) given[counts.pair[e]!]! += counts.count[e]!

  while (!converged && iterations < maxIterations) {
    iterations += 1
    const round = qualities.update(counts, strengths)
    logLikelihood = round.logLikelihood
    const gradient = new Float64Array(M)
    const information = new Float64Array(M * M)
    for (let c = 0; c < given.length; c += 1) {
      const [i, j] = [counts.winner[c]!, counts.loser[c]!]
      const p = sigmoid(strengths[i]! - strengths[j]!)
      const slope = round.straight[c]! - given[c]! * p
      gradient[i]! += slope
      gradient[j]! -= slope
      addCurve(information, M, i, j, given[c]! * p * (1 - p))
    }
    addPrior(strengths, gradient, information)
    const step = solvePositiveDefinite(information, gradient)
    if (step === null) return { scores: null, reason: 'singular' }
    let change = 0
    strengths = strengths.map((value, i) => {
      // A step of Newton's method on what is expected of the complete answers, half as long again as those never tell all; held short where the
      // curve is still far from quadratic.
      const move = Math.min(2, Math.max(-2, 1.5 * step[i]!))
      change = Math.max(change, Math.abs(move))
      return value + move
    })
    converged = change < 1e-7
  }
  centre(strengths, M)
  return describe(comparisons, answers, strengths, qualities, { iterations, converged, logLikelihood, confidence })
}

/** Beyond this relative standard error of the strengths' common scale, its distribution is too far from normal for an interval. */
const MOST_SCALE_ERROR = 0.2

/** One entry for each win; a tie is two, of half a weight each. */
interface Answers {
  winner: Int32Array
  loser: Int32Array
  rater: Int32Array
  weight: Float64Array
  /** The comparison that it comes from. */
  position: Int32Array
  count: number
}

function readAnswers({ left, right, outcomes, raters }: Comparisons): Answers | null {
  const judged = Int32Array.from(left.keys()).filter((k) => outcomes[k] !== 3)
  if (judged.length === 0) return null
  if (raters === null) throw new StatsError({ code: 'unsupported', argument: 'comparisons', expected: 'raters', received: null })
  const position = Int32Array.from(Array.from(judged).flatMap((k) => (outcomes[k] === 2 ? [k, k] : [k])))
  const isLeft = position.map((k, n) => (outcomes[k] === 0 || (outcomes[k] === 2 && position[n - 1] !== k) ? 1 : 0))
  return {
    winner: position.map((k, n) => (isLeft[n] === 1 ? left[k]! : right[k]!)),
    loser: position.map((k, n) => (isLeft[n] === 1 ? right[k]! : left[k]!)),
    rater: position.map((k) => raters[k]!),
    weight: Float64Array.from(position, (k) => (outcomes[k] === 2 ? 0.5 : 1)),
    position,
    count: judged.length,
  }
}

/** Answers of one rater on one ordered pair together. */
function countAnswers({ winner, loser, rater, weight }: Answers, M: number): AnswerCounts {
  const pairs = new Map<number, number>()
  const byRater: Map<number, number>[] = []
  for (let n = 0; n < winner.length; n += 1) {
    const key = winner[n]! * M + loser[n]!
    const pair = pairs.get(key) ?? pairs.size
    pairs.set(key, pair)
    const own = (byRater[rater[n]!] ??= new Map())
    own.set(pair, (own.get(pair) ?? 0) + weight[n]!)
  }
  const entries = [...byRater.entries()].flatMap(([r, own]) => Array.from(own ?? [], ([pair, count]) => ({ r, pair, count })))
  return {
    rater: Int32Array.from(entries, ({ r }) => r),
    pair: Int32Array.from(entries, ({ pair }) => pair),
    count: Float64Array.from(entries, ({ count }) => count),
    winner: Int32Array.from(pairs.keys(), (key) => Math.floor(key / M)),
    loser: Int32Array.from(pairs.keys(), (key) => key % M),
  }
}

function addCurve(information: Float64Array, M: number, i: number, j: number, curve: number): void {
  information[i * M + i]! += curve
  information[j * M + j]! += curve
  information[i * M + j]! -= curve
  information[j * M + i]! -= curve
}

/** One tie of each system against an average one. */
function addPrior(strengths: Float64Array, gradient: Float64Array, information: Float64Array): void {
  const M = strengths.length
  for (let i = 0; i < M; i += 1) {
    const p = sigmoid(strengths[i]!)
    gradient[i]! += 0.5 - p
    information[i * M + i]! += p * (1 - p)
  }
}

function describe(
  comparisons: Comparisons,
  answers: Answers,
  strengths: Float64Array,
  qualities: QualityDistribution,
  status: Pick<CrowdRanking, 'iterations' | 'converged' | 'logLikelihood' | 'confidence'>,
): CrowdRanking {
  const M = strengths.length
  const { winner, loser, rater, weight, position, count } = answers
  const quality = qualities.means()
  const R = quality.length
  const raters = new Set(rater).size
  // Fisher's information of strengths, of both together, and of qualities, which unlike the curvature of this likelihood is never negative.
  const information = new Float64Array(M * M)
  const cross = new Float64Array(R * M)
  // What the distribution over raters says of one of them beforehand.
  const prior = 1 / Math.max(1e-6, qualities.variance())
  const own = new Float64Array(R).fill(prior)
  const slopes = new Float64Array(weight.length)
  const qualitySlopes = new Float64Array(weight.length)
  for (let n = 0; n < weight.length; n += 1) {
    const [i, j, r, w] = [winner[n]!, loser[n]!, rater[n]!, weight[n]!]
    const q = quality[r]!
    const lead = strengths[i]! - strengths[j]!
    const p = sigmoid(lead)
    const chance = q * p + (1 - q) * (1 - p)
    const byLead = (2 * q - 1) * Math.exp(logSigmoid(lead) + logSigmoid(-lead))
    const byQuality = 2 * p - 1
    const scale = w / (chance * (1 - chance))
    addCurve(information, M, i, j, scale * byLead * byLead)
    cross[r * M + i]! += scale * byLead * byQuality
    cross[r * M + j]! -= scale * byLead * byQuality
    own[r]! += scale * byQuality * byQuality
    slopes[n] = (w * byLead) / chance
    qualitySlopes[n] = (w * byQuality) / chance
  }
  addPrior(strengths, new Float64Array(M), information)
  // Qualities are not known but estimated: what they could explain does not count for the strengths.
  const touched = Array.from(own, (_, r) => Array.from({ length: M }, (_entry, i) => i).filter((i) => cross[r * M + i] !== 0))
  for (let r = 0; r < R; r += 1)
    for (const i of touched[r]!) for (const j of touched[r]!) information[i * M + j]! -= (cross[r * M + i]! * cross[r * M + j]!) / own[r]!
  // Nor is the mean of the distribution known, which moves all qualities together.
  const together = new Float64Array(M)
  let known = 0
  for (let r = 0; r < R; r += 1) {
    known += prior - (prior * prior) / own[r]!
    for (const i of touched[r]!) together[i]! += (prior * cross[r * M + i]!) / own[r]!
  }
  if (known > 0)
    for (let i = 0; i < M; i += 1) for (let j = 0; j < M; j += 1) information[i * M + j]! -= (together[i]! * together[j]!) / known
  const codes = comparisons.items === null ? position : position.map((k) => comparisons.items![k]!)
  const clusterings = [clusteringOf(codes)]
  const addScore: Parameters<typeof scoreCovariance>[3] = (sum, n) => {
    sum.add(winner[n]!, slopes[n]!)
    sum.add(loser[n]!, -slopes[n]!)
    const r = rater[n]!
    const factor = qualitySlopes[n]! / own[r]!
    for (const i of touched[r]!) sum.add(i, -factor * cross[r * M + i]!)
    if (known > 0) for (let i = 0; i < M; i += 1) sum.add(i, (-factor * prior * together[i]!) / known)
  }
  const found = scoreCovariance(information, { systems: M, size: M }, winner.length, addScore, clusterings, true)
  // The distribution of qualities is known from so many raters only.
  const limited = found && { ...found, degrees: Math.max(1, Math.min(found.degrees, raters - 1)) }
  const length = strengths.reduce((sum, value) => sum + value * value, 0)
  const scaleError =
    limited === null || length === 0
      ? null
      : Math.sqrt(
          contrastVariance(
            limited,
            Array.from(strengths, (value, i): [number, number] => [i, value / length]),
          ),
        )
  const covariance = scaleError !== null && scaleError <= MOST_SCALE_ERROR ? limited : null
  const counts = new Float64Array(quality.length)
  for (let n = 0; n < winner.length; n += 1) counts[rater[n]!]! += weight[n]!
  const scores = comparisons.names.map((name, i) => {
    const variance = covariance && contrastVariance(covariance, [[i, 1]])
    const { p: _, ...strength } = describeEffect(strengths[i]!, variance, covariance, status.confidence)
    return { name, ...strength, elo: eloScale(strength.estimate) }
  })
  return {
    scores: scores.sort((a, b) => b.estimate - a.estimate || (a.name < b.name ? -1 : 1)),
    raters: comparisons.raterNames
      .flatMap((name, r) => (counts[r] === 0 ? [] : [{ rater: name, quality: quality[r]!, comparisons: Math.round(counts[r]!) }]))
      .sort((a, b) => b.quality - a.quality || (a.rater < b.rater ? -1 : 1)),
    reason: found !== null && covariance === null ? 'scale-unknown' : null,
    scaleError,
    comparisons: count,
    groups: winConnectivity(M, winner, loser).groups,
    ...status,
    method: `Crowd-BT, sandwich ${comparisons.items === null ? 'over comparisons' : 'clustered by item'}, t`,
  }
}
