import { checkFraction } from '../check.ts'
import { StatsError } from '../error.ts'
import { solvePositiveDefinite } from '../numeric/cholesky.ts'
import { centre, describeEffect, eloScale, type ClusterName, type NoRanking, type Strength } from './bradley-terry.ts'
import { clusteringOf, contrastVariance, scoreCovariance, type AddCurve } from './clustered-covariance.ts'
import { largestGroup, winConnectivity } from './connectivity.ts'
import { logSigmoid, sigmoid } from './outcome-model.ts'
import type { Rankings } from './rankings.ts'

export interface PlackettLuceOptions {
  /** What intervals are clustered by; by item if rankings have items, else every ranking stands alone. */
  cluster?: readonly ClusterName[]
  /** Coverage of the intervals; 0.95 by default. */
  confidence?: number
}

export interface RankedStrength extends Pick<Strength, 'name' | 'estimate' | 'se' | 'low' | 'high' | 'elo' | 'flag'> {
  /** In how many rankings it stood. */
  rankings: number
}

export interface PlackettLuceRanking {
  /** Strongest first. */
  scores: RankedStrength[]
  /** Rankings that tell anything apart: others are left out. */
  rankings: number
  groups: number
  regularised: boolean
  logLikelihood: number
  iterations: number
  converged: boolean
  confidence: number
  method: string
}

/**
 * Plackett–Luce: the strength of each of M systems from rankings of several, in log-odds; larger is better. A ranking is read as a choice of the
 * best, then of the best of the rest, and so on; with two systems each it is Bradley–Terry.
 *
 * Misleads when the lower places are filled in without care (rank the best few only), or when intervals ignore that rankings of one item go together.
 *
 * @param rankings N rankings, complete or partial, of any length: see `encodeRankings`. Of a group nothing is known but that it stands between the
 *   groups before and after it: ties are names whose order is not known, and so are names left over at the end.
 * @param options.cluster By item where there are items. @param options.confidence 0.95 by default.
 * @returns Strengths with mean 0 and sandwich intervals (few clusters left out in turn, t on G − 1 degrees). Regularised and flagged as `bradleyTerry`, where some
 *   system is never ranked below, or never above, another. `reason`: `no-ratings` without a ranking of two groups; `singular`; `not-converged`.
 * @throws StatsError `unsupported` for clusters that the rankings do not have; `range` for a confidence outside (0, 1).
 *
 * Source: Plackett (1975), Applied Statistics 24(2), doi:10.2307/2346567; Hunter (2004), Annals of Statistics 32(1), doi:10.1214/aos/1079120141,
 *   for when it exists; tied groups as Efron (1977), J. American Statistical Association 72(359), doi:10.1080/01621459.1977.10480613. Newton's
 *   method; O(Σ k³ + M³) a round for rankings of k names. Checked against choix.
 *
 * @example
 * plackettLuce(encodeRankings([{ ranking: ['a', 'b'] }, { ranking: ['a', 'b'] }, { ranking: ['b', 'a'] }])).scores[0].estimate // => Math.log(2) / 2
 */
export function plackettLuce(rankings: Rankings, options: PlackettLuceOptions = {}): PlackettLuceRanking | NoRanking {
  const { confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const clusterNames = options.cluster ?? (rankings.items === null ? [] : (['item'] as const))
  for (const name of clusterNames)
    if (rankings[`${name}s`] === null && rankings.start.length > 1)
      throw new StatsError({ code: 'unsupported', argument: 'cluster', expected: `rankings with a ${name}`, received: name })
  const { start, places, members, names } = rankings
  const kept = Int32Array.from(start.subarray(0, -1).keys()).filter((k) => start[k + 1]! > start[k]! && places[start[k + 1]! - 1]! > 0)
  if (kept.length === 0) return { scores: null, reason: 'no-ratings' }
  const M = names.length
  const connectivity = connect(rankings, kept)
  const regularised = connectivity.strongs > 1
  const fit = fitRankings(rankings, kept, regularised ? 1 : 0)
  if (fit === null) return { scores: null, reason: 'singular' }
  if (!fit.converged || fit.strengths.some((value) => Math.abs(value) > 1e3)) return { scores: null, reason: 'not-converged' }
  centre(fit.strengths, M)

  const clusterings = clusterNames.map((name) => clusteringOf(kept.map((k) => rankings[`${name}s`]![k]!)))
  const stage = stageReader(rankings, fit.strengths)
  const layout = { systems: M, size: M }
  const addScore: Parameters<typeof scoreCovariance>[3] = (sum, j) => stage.read(kept[j]!, (i, slope) => sum.add(i, slope))
  const addCurve = (add: AddCurve, j: number) =>
    stage.read(
      kept[j]!,
      () => undefined,
      (i, other, curve) => {
        if (i <= other) add(i, other, curve)
      },
    )
  const covariance = scoreCovariance(fit.information, layout, kept.length, addScore, clusterings, regularised, addCurve)

  const counts = new Int32Array(M)
  for (const k of kept) for (let e = start[k]!; e < start[k + 1]!; e += 1) counts[members[e]!]! += 1
  const main = largestGroup(connectivity.strong, connectivity.strongs)
  const mainGroup = largestGroup(connectivity.group, connectivity.groups)
  const scores = names.map((name, i): RankedStrength => {
    const variance = covariance && contrastVariance(covariance, [[i, 1]])
    const { p: _, ...strength } = describeEffect(fit.strengths[i]!, variance, covariance, confidence)
    const flag = connectivity.group[i] !== mainGroup ? 'disconnected' : connectivity.strong[i] === main ? null : 'undefeated'
    return { name, ...strength, elo: eloScale(strength.estimate), rankings: counts[i]!, flag }
  })
  return {
    scores: scores.sort((a, b) => b.estimate - a.estimate || (a.name < b.name ? -1 : 1)),
    rankings: kept.length,
    groups: connectivity.groups,
    regularised,
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
    converged: fit.converged,
    confidence,
    method: `Plackett–Luce, sandwich ${clusterNames.length > 0 ? `clustered by ${clusterNames.join(' and ')}` : 'over rankings'}, t`,
  }
}

/** Each group beats the next; through it, all that follow. */
function connect({ start, members, places, names }: Rankings, kept: Int32Array) {
  const [winners, losers]: [number[], number[]] = [[], []]
  for (const k of kept) {
    for (let e = start[k]!; e < start[k + 1]!; e += 1) {
      for (let f = e + 1; f < start[k + 1]! && places[f]! <= places[e]! + 1; f += 1) {
        if (places[f] === places[e]) continue
        winners.push(members[e]!)
        losers.push(members[f]!)
      }
    }
  }
  return winConnectivity(names.length, winners, losers)
}

/** Reads the log-likelihood of a ranking, and hands out its derivatives. */
function stageReader({ start, members, places }: Rankings, strengths: Float64Array) {
  const top = strengths.reduce((most, value) => Math.max(most, value), -Infinity)
  const weights = strengths.map((value) => Math.exp(value - top))
  const slopes = new Float64Array(strengths.length)
  return {
    /**
     * @param onSlope Takes each member with the derivative by its strength.
     * @param onCurve Takes each pair of members with the negative second derivative, both ways round.
     */
    read(k: number, onSlope: (i: number, slope: number) => void, onCurve?: (i: number, j: number, curve: number) => void): number {
      const [from, to] = [start[k]!, start[k + 1]!]
      for (let e = from; e < to; e += 1) slopes[members[e]!] = 0
      let logLikelihood = 0
      let [rest, end] = [0, to]
      // From the last group up, so that the weight of all that is left adds up.
      while (end > from) {
        let first = end - 1
        while (first > from && places[first - 1] === places[end - 1]) first -= 1
        let own = 0
        for (let e = first; e < end; e += 1) own += weights[members[e]!]!
        rest += own
        const tied = end - first
        for (let taken = 0; end < to && taken < tied; taken += 1) {
          const i = members[first + taken]!
          logLikelihood += strengths[i]! - top
          slopes[i]! += 1
          // Of the tied, it is not known who has gone already: of each, the share taken / tied has.
          const left = rest - (taken / tied) * own
          logLikelihood -= Math.log(left)
          const chance = (e: number) => ((e < end ? 1 - taken / tied : 1) * weights[members[e]!]!) / left
          for (let e = first; e < to; e += 1) {
            const p = chance(e)
            slopes[members[e]!]! -= p
            if (onCurve === undefined) continue
            onCurve(members[e]!, members[e]!, p)
            for (let f = first; f < to; f += 1) onCurve(members[e]!, members[f]!, -p * chance(f))
          }
        }
        end = first
      }
      for (let e = from; e < to; e += 1) onSlope(members[e]!, slopes[members[e]!]!)
      return logLikelihood
    },
  }
}

/** Newton's method with halved steps on a concave function; as `fitStrengths`, with the same prior and gauge. */
function fitRankings(rankings: Rankings, kept: Int32Array, prior: number) {
  const M = rankings.names.length
  const evaluate = (strengths: Float64Array) => {
    const gradient = new Float64Array(M)
    const information = new Float64Array(M * M)
    const stage = stageReader(rankings, strengths)
    let logLikelihood = 0
    for (const k of kept) {
      logLikelihood += stage.read(
        k,
        (i, slope) => (gradient[i]! += slope),
        (i, j, curve) => (information[i * M + j]! += curve),
      )
    }
    let [penalty, diagonal] = [0, 0]
    for (let i = 0; i < M; i += 1) {
      if (prior > 0) {
        const p = sigmoid(strengths[i]!)
        penalty += prior * (logSigmoid(strengths[i]!) - strengths[i]! / 2)
        gradient[i]! += prior * (0.5 - p)
        information[i * M + i]! += prior * p * (1 - p)
      }
      diagonal += information[i * M + i]!
    }
    // Without a prior the likelihood does not change when all strengths move together: 11ᵀ pins their mean, which starts at 0.
    const gauge = prior > 0 ? 0 : Math.max(diagonal, 1e-12) / (M * M)
    if (gauge > 0) for (let c = 0; c < M * M; c += 1) information[c]! += gauge
    return { objective: logLikelihood + penalty, logLikelihood, gradient, information }
  }

  let strengths: Float64Array = new Float64Array(M)
  let current = evaluate(strengths)
  for (let iterations = 1; ; iterations += 1) {
    const step = solvePositiveDefinite(current.information, current.gradient)
    if (step === null) return null
    let scale = 1
    let moved = strengths
    let next = current
    for (let halving = 0; halving < 50; halving += 1, scale /= 2) {
      moved = strengths.map((value, i) => value + scale * step[i]!)
      next = evaluate(moved)
      if (next.objective >= current.objective - 1e-9 * Math.abs(current.objective)) break
    }
    strengths = moved
    current = next
    const converged = scale * step.reduce((most, move) => Math.max(most, Math.abs(move)), 0) < 1e-10
    if (converged || iterations === 100) {
      const { information, logLikelihood } = current
      return { strengths, information, logLikelihood, iterations, converged }
    }
  }
}
