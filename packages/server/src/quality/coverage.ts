import type { CoverageReport, EstimateView } from '@plaudit/protocol'
import {
  clusteredMean,
  clusteredProportion,
  coverageReport,
  effectiveSampleSize,
  type Estimate,
  hajekMean,
  postStratifiedMean,
  REASONS,
} from '@plaudit/stats'
import type { CountedPopulation, CountedTraffic } from '../population/service.ts'
import { emptyReason, type Shares, trafficShares } from '../population/shares.ts'
import { weightingOf } from '../population/weighting.ts'
import { coverageSentence } from './coverage-sentence.ts'
import type { ScoreLine } from './coverage-store.ts'
import { undefinedEstimate } from '../insights/estimate.ts'
import { viewOf } from './estimate-view.ts'

type Scores = { criterion: string; kind: string; lines: ScoreLine[] }
/** Traces of a stratum, and how many of them were judged. */
type StratumRow = { name: string; judged: number; traffic: number }
export type CoverageFigures = Omit<CoverageReport, 'source' | 'by'>

/**
 * How the judged traces stand to the traffic, and each criterion's mean for the sample, the traffic and a target.
 * @param judgedTraces by stratum as the traces have it. @param target null where none was given.
 */
export function coverageOf(
  traffic: CountedTraffic,
  judgedTraces: ReadonlyMap<string, number>,
  lines: readonly ScoreLine[],
  target: CountedPopulation | null,
): CoverageFigures {
  return figuresOf(traffic, strataOf(traffic, judgedTraces), lines, target)
}

/** The largest strata first. */
function strataOf({ cells, stratumOf }: CountedTraffic, judgedTraces: ReadonlyMap<string, number>): StratumRow[] {
  const traffic = trafficShares(cells, new Set(cells.map(({ prompt }) => prompt)))
  const judged = new Map<string, number>()
  for (const [name, own] of judgedTraces) judged.set(stratumOf(name), (judged.get(stratumOf(name)) ?? 0) + own)
  return [...traffic]
    .map(([name, own]) => ({ name, judged: judged.get(name) ?? 0, traffic: own }))
    .toSorted((a, b) => b.traffic - a.traffic || (a.name < b.name ? -1 : 1))
}

function figuresOf(
  population: CountedPopulation,
  strata: readonly StratumRow[],
  lines: readonly ScoreLine[],
  target: CountedPopulation | null,
): CoverageFigures {
  const report = coverageReport(strata.map(({ name, judged, traffic }) => ({ name, queue: judged, traffic })))
  const judged = strata.reduce((sum, one) => sum + one.judged, 0)
  const traffic = strata.reduce((sum, one) => sum + one.traffic, 0)
  const effective = effectiveSampleSize(weightsOf(strata, judged, traffic))
  const { chiSquare, psi, empty, emptyShare } = report
  const described = report.strata.map(({ name, queue, traffic: own, queueShare, trafficShare, ratio }) => ({
    name,
    judged: queue,
    traffic: own,
    judgedShare: queueShare,
    trafficShare,
    ratio,
  }))
  const known = lines.filter(([, , , , , , probability]) => probability !== null && probability > 0).length
  const figures = {
    judged,
    traffic,
    strata: described,
    chiSquare: {
      estimate: chiSquare.estimate,
      degrees: chiSquare.degrees ?? null,
      p: chiSquare.p ?? null,
      sparse: chiSquare.sparse ?? false,
      reason: chiSquare.estimate === null ? REASONS[chiSquare.reason] : null,
    },
    psi: { estimate: psi.estimate, expected: psi.expected ?? null, reason: psi.estimate === null ? REASONS[psi.reason] : null },
    empty,
    emptyShare,
    effective: { estimate: effective.estimate, designEffect: effective.designEffect ?? null, n: judged },
    withProbability: lines.length === 0 ? 0 : known / lines.length,
    estimates: byCriterion(lines).map((scores) => estimatesOf(scores, population, target)),
  }
  return { ...figures, sentence: coverageSentence(population.strata, figures) }
}

/** The weight of every judged trace: its stratum's share of the traffic over that of the judged. */
function weightsOf(strata: readonly StratumRow[], judged: number, traffic: number): number[] {
  return strata.flatMap((one) => Array.from({ length: one.judged }, () => one.traffic / traffic / (one.judged / judged)))
}

function byCriterion(lines: readonly ScoreLine[]): Scores[] {
  return [...Map.groupBy(lines, ([criterion, kind]) => `${criterion}\0${kind}`).values()]
    .map((own) => ({ criterion: own[0]![0], kind: own[0]![1], lines: own }))
    .toSorted((a, b) => b.lines.length - a.lines.length)
}

function estimatesOf({ criterion, kind, lines }: Scores, traffic: CountedPopulation, target: CountedPopulation | null) {
  const proportion = kind === 'thumbs'
  const n = lines.reduce((sum, line) => sum + Number(line[5]), 0)
  const counts = { n, clusters: lines.length }
  const view = (estimate: Estimate<object>, of = counts): EstimateView => viewOf(estimate, of)
  const sums = { sums: lines.map((line) => line[4]), sizes: lines.map((line) => Number(line[5])) }
  const prompts = new Set(lines.map((line) => line[7]))
  const inProportion = ({ population, stratumOf, sharesOf }: CountedPopulation): EstimateView => {
    const shares = sharesOf(prompts)
    const own = Map.groupBy(lines, (line) => stratumOf(line[2]))
    const reason = emptyReason(population, shares, (stratum) => own.has(stratum))
    if (reason !== null) return undefinedEstimate(reason, counts)
    const counted = lines.filter((line) => (shares.get(stratumOf(line[2])) ?? 0) > 0)
    const countedScores = counted.reduce((sum, line) => sum + Number(line[5]), 0)
    return view(postStratifiedMean(postStrata(own, shares), { proportion }), { n: countedScores, clusters: counted.length })
  }
  const isDrawn = lines.length > 0 && lines.every((line) => line[6] !== null && line[6] > 0)
  const production = isDrawn
    ? view(
        hajekMean(
          lines.map((line) => line[4] / Number(line[5])),
          lines.map((line) => Math.min(1, line[6]!)),
          { proportion },
        ),
      )
    : inProportion(traffic)
  const weightings = (['sample', 'production', 'target'] as const).map((one) => weightingOf(one, isDrawn, traffic.strata))
  return {
    criterion,
    kind,
    sample: view(proportion ? clusteredProportion(sums) : clusteredMean(sums)),
    production,
    target: target === null ? null : inProportion(target),
    weightings: target === null ? weightings.slice(0, 2) : weightings,
  }
}

/** Observations by stratum, those that the population has. */
function postStrata(own: ReadonlyMap<string, ScoreLine[]>, shares: Shares) {
  return [...shares].map(([name, share]) => ({
    name,
    share,
    observations: { sums: (own.get(name) ?? []).map((line) => line[4]), sizes: (own.get(name) ?? []).map((line) => Number(line[5])) },
  }))
}
