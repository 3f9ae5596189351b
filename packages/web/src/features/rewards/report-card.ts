import type { RewardModel } from '@plaudit/sdk'

type Known = { estimate: number; low: number | null; high: number | null }
type Slice = { pairs: number; accuracy: number | null }

/** What the page shows of a report card. Null where the file that was registered does not say it. */
export type ReportCard = {
  kind: string
  pairs: number
  prompts: number
  accuracy: Known | null
  lengthOnly: Known | null
  advantage: Known | null
  slices: { label: string; slice: Slice }[]
  calibrationError: number | null
  verdict: string
  warnings: string[]
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

function known(value: unknown): Known | null {
  const { estimate, low, high } = record(value)
  const found = number(estimate)
  return found === null ? null : { estimate: found, low: number(low), high: number(high) }
}

/** Reads the report card that came with a model. It is data of another program: what is missing or of another shape is left out. */
export function readReportCard({ report }: Pick<RewardModel, 'report'>): ReportCard {
  const slices = [
    ['Outputs of about the same length', 'lengthMatched'],
    ['The shorter output was chosen', 'shorterPreferred'],
    ['The longer output was chosen', 'longerPreferred'],
  ] as const
  return {
    kind: typeof report['kind'] === 'string' ? report['kind'] : '',
    pairs: number(report['pairs']) ?? 0,
    prompts: number(report['prompts']) ?? 0,
    accuracy: known(report['accuracy']),
    lengthOnly: known(report['lengthOnly']),
    advantage: known(report['advantage']),
    slices: slices.flatMap(([label, key]) => {
      const slice = record(report[key])
      const pairs = number(slice['pairs'])
      return pairs === null ? [] : [{ label, slice: { pairs, accuracy: number(slice['accuracy']) } }]
    }),
    calibrationError: number(record(report['calibration'])['ece']),
    verdict: typeof report['verdict'] === 'string' ? report['verdict'] : '',
    warnings: Array.isArray(report['warnings']) ? report['warnings'].filter((warning) => typeof warning === 'string') : [],
  }
}
