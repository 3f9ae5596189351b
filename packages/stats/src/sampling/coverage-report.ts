import { checkInteger } from '../check.ts'
import { StatsError } from '../error.ts'
import { chiSquareTails } from '../numeric/gamma.ts'
import type { Estimate } from '../result.ts'

export interface StratumCounts {
  name: string
  /** Units of the stratum in the queue, and in the traffic that it was drawn from. */
  queue: number
  traffic: number
}

export interface StratumCoverage extends StratumCounts {
  /** Shares in 0..1. */
  queueShare: number
  trafficShare: number
  /** How many times as common in the queue as in traffic; null where traffic has none of it. */
  ratio: number | null
}

export interface CoverageReport {
  /** Most under-represented first. */
  strata: StratumCoverage[]
  /** Pearson's statistic of the queue against the traffic's shares. `sparse`: some expected count is below 5, so that p is rough. */
  chiSquare: Estimate<{ degrees: number; p: number; sparse: boolean }>
  /** Population stability index, with what chance alone would make it on average. */
  psi: Estimate<{ expected: number }>
  /** Strata of the traffic that the queue does not have at all, the largest first, and their share of the traffic. */
  empty: string[]
  emptyShare: number
  /** Strata of the queue that the traffic does not have: they count for neither statistic. */
  foreign: string[]
}

/**
 * How well a queue represents the traffic it was drawn from, stratum by stratum. χ² tests whether its proportions could be chance; the population
 * stability index Σ(q − t)·ln(q/t) says how far apart they are: 0 is equal, from 0.1 a shift, from 0.25 a large one.
 *
 * Misleads when the queue is large: χ² then finds differences that do not matter; when it is small, the index is large by chance: compare it with
 * `expected`. A queue that over-samples on purpose differs on purpose: weigh its estimates by inclusion probabilities.
 *
 * @param strata K strata with whole counts of at least 0.
 * @returns Both statistics with shares, ratios and the strata without coverage named. The index adds half a unit to every count where some is 0, as
 *   it would be infinite. `estimate` null with `no-ratings` for an empty queue or no traffic, `no-variation` with a single stratum.
 * @throws StatsError `range` for counts that are negative or fractional; `shape` for two strata of one name.
 *
 * Source: Pearson (1900), Philosophical Magazine 50(302), doi:10.1080/14786440009463897; Siddiqi (2006), Credit Risk Scorecards, ch. 9; the
 *   expectation (K − 1)(1/n + 1/m) as Yurdakul (2018), Statistical properties of population stability index, Western Michigan University. O(K log K).
 *
 * @example
 * coverageReport([{ name: 'en', queue: 9, traffic: 50 }, { name: 'de', queue: 0, traffic: 50 }]).empty // => ['de']
 */
export function coverageReport(strata: readonly StratumCounts[]): CoverageReport {
  const names = new Set<string>()
  for (const { name, queue, traffic } of strata) {
    checkInteger(`${name}.queue`, queue, 0)
    checkInteger(`${name}.traffic`, traffic, 0)
    if (names.has(name)) throw new StatsError({ code: 'shape', argument: 'strata', expected: 'one stratum of each name', received: name })
    names.add(name)
  }
  const total = (key: 'queue' | 'traffic') => strata.reduce((sum, stratum) => sum + stratum[key], 0)
  const [queueTotal, trafficTotal] = [total('queue'), total('traffic')]
  const share = (count: number, all: number) => (all > 0 ? count / all : 0)
  const described = strata.map((stratum): StratumCoverage => {
    const queueShare = share(stratum.queue, queueTotal)
    const trafficShare = share(stratum.traffic, trafficTotal)
    return { ...stratum, queueShare, trafficShare, ratio: stratum.traffic > 0 && queueTotal > 0 ? queueShare / trafficShare : null }
  })
  const empty = described.filter(({ queue, traffic }) => queue === 0 && traffic > 0).sort((a, b) => b.traffic - a.traffic)
  const known = strata.filter(({ traffic }) => traffic > 0)
  return {
    strata: described.sort((a, b) => (a.ratio ?? Infinity) - (b.ratio ?? Infinity) || b.traffic - a.traffic),
    ...compare(known),
    empty: empty.map(({ name }) => name),
    emptyShare: empty.reduce((sum, { trafficShare }) => sum + trafficShare, 0),
    foreign: strata.filter(({ queue, traffic }) => queue > 0 && traffic === 0).map(({ name }) => name),
  }
}

function compare(known: readonly StratumCounts[]): Pick<CoverageReport, 'chiSquare' | 'psi'> {
  const queue = known.reduce((sum, stratum) => sum + stratum.queue, 0)
  const traffic = known.reduce((sum, stratum) => sum + stratum.traffic, 0)
  const reason = queue === 0 || traffic === 0 ? 'no-ratings' : known.length < 2 ? 'no-variation' : null
  if (reason !== null) return { chiSquare: { estimate: null, reason }, psi: { estimate: null, reason } }
  const degrees = known.length - 1
  const added = known.some((stratum) => stratum.queue === 0) ? 0.5 : 0
  let [chiSquare, psi, least] = [0, 0, Infinity]
  for (const stratum of known) {
    const expected = (queue * stratum.traffic) / traffic
    chiSquare += (stratum.queue - expected) ** 2 / expected
    least = Math.min(least, expected)
    const q = (stratum.queue + added) / (queue + added * known.length)
    const t = (stratum.traffic + added) / (traffic + added * known.length)
    psi += (q - t) * Math.log(q / t)
  }
  return {
    chiSquare: { estimate: chiSquare, degrees, p: chiSquareTails(chiSquare, degrees).upper, sparse: least < 5 },
    psi: { estimate: psi, expected: degrees * (1 / queue + 1 / traffic) },
  }
}
