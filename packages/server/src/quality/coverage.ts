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
import { coverageSentence } from './coverage-sentence.ts'
import { OTHER, type ScoreLine, type StratumRow } from './coverage-store.ts'
import { viewOf } from './estimate-view.ts'

type Scores = { criterion: string; kind: string; lines: ScoreLine[] }
export type CoverageFigures = Omit<CoverageReport, 'source' | 'by'>

/** How the judged traces stand to the traffic, and each criterion's mean for the sample, the traffic and a target. */
export function coverageOf(
  by: string,
  strata: readonly StratumRow[],
  lines: readonly ScoreLine[],
  target: ReadonlyMap<string, number> | null,
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
    estimates: byCriterion(lines).map((scores) => estimatesOf(scores, strata, target)),
  }
  return { ...figures, sentence: coverageSentence(by, figures) }
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

function estimatesOf({ criterion, kind, lines }: Scores, strata: readonly StratumRow[], target: ReadonlyMap<string, number> | null) {
  const proportion = kind === 'thumbs'
  const n = lines.reduce((sum, line) => sum + Number(line[5]), 0)
  const view = (estimate: Estimate<object>, names?: readonly string[]): EstimateView => {
    const shown = viewOf(estimate, { n, clusters: lines.length })
    return estimate.estimate === null && names !== undefined && names.length > 0
      ? { ...shown, reason: `${shown.reason ?? ''} ${named(names)}`.trim() }
      : shown
  }
  const sums = { sums: lines.map((line) => line[4]), sizes: lines.map((line) => Number(line[5])) }
  const sample = view(proportion ? clusteredProportion(sums) : clusteredMean(sums))
  const shareOf = (shares: ReadonlyMap<string, number>): EstimateView => {
    const parts = postStrata(lines, shares)
    const estimate = postStratifiedMean(parts, { proportion })
    return view(estimate, estimate.empty)
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
    : shareOf(trafficOf(lines, strata))
  return { criterion, kind, sample, production, target: target === null ? null : shareOf(target) }
}

/**
 * The traffic that a criterion is about, by stratum: that of the prompts and environments in which it was judged. Nobody asks for the tone of a
 * moderator, or for the quality of a replay.
 */
function trafficOf(lines: readonly ScoreLine[], strata: readonly StratumRow[]): Map<string, number> {
  const prompts = new Set(lines.map((line) => line[7]))
  return new Map(
    strata.flatMap(({ name, byPrompt }) => {
      const traffic = [...byPrompt].reduce((sum, [prompt, count]) => sum + (prompts.has(prompt) ? count : 0), 0)
      return traffic > 0 ? [[name, traffic] as const] : []
    }),
  )
}

/** Observations by stratum. A stratum of the population without any is there too, so that it is named. */
function postStrata(lines: readonly ScoreLine[], shares: ReadonlyMap<string, number>) {
  const own = Map.groupBy(lines, (line) => (shares.has(line[2]) || !shares.has(OTHER) ? line[2] : OTHER))
  return [...new Set([...shares.keys(), ...own.keys()])].map((name) => ({
    name,
    share: shares.get(name) ?? 0,
    observations: { sums: (own.get(name) ?? []).map((line) => line[4]), sizes: (own.get(name) ?? []).map((line) => Number(line[5])) },
  }))
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`)
  return `Without any: ${shown.join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}.`
}
