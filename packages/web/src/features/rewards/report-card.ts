import type { RewardModel } from '@plaudit/sdk'

export type Known = { estimate: number; low: number | null; high: number | null }
export type Share = Omit<Known, 'estimate'> & { accuracy: number | null; pairs: number; prompts: number }
export type Stratum = { by: string; values: (Share & { value: string; lengthOnly: number | null })[]; others: number }
export type BestOf = {
  sets: number
  points: { n: number; divergence: number; reward: Known; conservative: Known; longest: Known; oracle: Known }[]
}
export type Bin = { confidence: number; accuracy: number; low: number | null; high: number | null; pairs: number }

/** What the page shows of a report card. Null where the file that was registered does not say it. */
export type ReportCard = {
  kind: string
  folds: number | null
  pairs: number
  prompts: number
  accuracy: Known | null
  lengthOnly: Known | null
  advantage: Known | null
  lengthControlled: Known | null
  slices: { label: string; share: Share }[]
  ceiling: Share | null
  ties: (Known & { ties: number }) | null
  lengthCorrelation: number | null
  calibration: { brier: number | null; logLoss: number | null; error: number | null; bins: Bin[] }
  strata: Stratum[]
  bestOf: BestOf | null
  learning: { unit: 'pairs' | 'judgments'; points: (Share & { trainedOn: number })[]; sentence: string } | null
  removed: { reason: string; count: number }[]
  leakage: { prompts: number; outputs: number; examples: string[] }
  verdict: string
  warnings: string[]
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : [])
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const whole = (value: unknown): number => number(value) ?? 0

function known(value: unknown): Known | null {
  const { estimate, low, high } = record(value)
  const found = number(estimate)
  return found === null ? null : { estimate: found, low: number(low), high: number(high) }
}

function share(value: unknown): Share | null {
  const { accuracy, low, high, pairs, prompts } = record(value)
  const n = number(pairs)
  return n === null ? null : { accuracy: number(accuracy), low: number(low), high: number(high), pairs: n, prompts: whole(prompts) }
}

const slices = [
  ['Outputs of about the same length', 'lengthMatched'],
  ['The shorter output was chosen', 'shorterPreferred'],
  ['The longer output was chosen', 'longerPreferred'],
] as const

const reasons: Record<string, string> = {
  ties: 'ties',
  identical: 'with identical outputs',
  empty: 'with an empty output',
  duplicates: 'copies of another pair, which counts for them',
  weightless: 'of weight zero',
}

/** Whether there is a card at all: a model that is served elsewhere has none until it is judged. */
export function hasReportCard({ report }: Pick<RewardModel, 'report'>): boolean {
  return known(report['accuracy']) !== null
}

/** Reads the report card that came with a model. It is data of another program: what is missing or of another shape is left out. */
export function readReportCard({ report }: Pick<RewardModel, 'report'>): ReportCard {
  const calibration = record(report['calibration'])
  const ties = record(report['ties'])
  const score = known(ties['score'])
  const learning = record(report['learning'])
  const leakage = record(report['leakage'])
  return {
    kind: text(report['kind']),
    folds: number(report['folds']),
    pairs: whole(report['pairs']),
    prompts: whole(report['prompts']),
    accuracy: known(report['accuracy']),
    lengthOnly: known(report['lengthOnly']),
    advantage: known(report['advantage']),
    lengthControlled: known(report['lengthControlled']),
    slices: slices.flatMap(([label, key]) => {
      const found = share(report[key])
      return found === null ? [] : [{ label, share: found }]
    }),
    ceiling: share(report['ceiling']),
    ties: score === null ? null : { ...score, ties: whole(ties['ties']) },
    lengthCorrelation: number(report['lengthCorrelation']),
    calibration: {
      brier: number(calibration['brier']),
      logLoss: number(calibration['logLoss']),
      error: number(calibration['ece']),
      bins: list(calibration['bins']).flatMap(({ confidence, accuracy, accuracyLow, accuracyHigh, pairs }) => {
        const [x, y] = [number(confidence), number(accuracy)]
        return x === null || y === null
          ? []
          : [{ confidence: x, accuracy: y, low: number(accuracyLow), high: number(accuracyHigh), pairs: whole(pairs) }]
      }),
    },
    strata: list(report['strata']).map(({ by, values, others }) => ({
      by: text(by),
      values: list(values).flatMap((value) => {
        const found = share(value)
        return found === null ? [] : [{ ...found, value: text(value['value']), lengthOnly: number(value['lengthOnly']) }]
      }),
      others: whole(others),
    })),
    bestOf: bestOf(report['bestOfN']),
    learning:
      report['learning'] === null || report['learning'] === undefined
        ? null
        : {
            unit: learning['unit'] === 'judgments' ? 'judgments' : 'pairs',
            points: list(learning['points']).flatMap((point) => {
              const found = share(point)
              return found === null ? [] : [{ ...found, trainedOn: whole(point['trainedOn']) }]
            }),
            sentence: text(learning['sentence']),
          },
    removed: Object.entries(reasons).flatMap(([key, reason]) => {
      const count = whole(record(report['removed'])[key])
      return count > 0 ? [{ reason, count }] : []
    }),
    leakage: { prompts: whole(leakage['prompts']), outputs: whole(leakage['outputs']), examples: texts(leakage['examples']) },
    verdict: text(report['verdict']),
    warnings: texts(report['warnings']),
  }
}

function bestOf(value: unknown): BestOf | null {
  const points = list(record(value)['points']).flatMap((point) => {
    const [reward, conservative, longest, oracle] = ['reward', 'conservative', 'longest', 'oracle'].map((rule) => known(point[rule]))
    const n = number(point['n'])
    return n === null || !reward || !conservative || !longest || !oracle
      ? []
      : [{ n, divergence: whole(point['divergence']), reward, conservative, longest, oracle }]
  })
  return points.length === 0 ? null : { sets: whole(record(value)['sets']), points }
}
