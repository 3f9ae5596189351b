import type { Dataset } from '@plaudit/sdk'
import { formatWhole } from '../../ui/format-number.ts'

/** What the page shows of a data set's card. */
export type DatasetCard = {
  prompts: number
  authors: number
  ties: number
  /** Rows that compare two outputs, and rows that rate one. */
  comparisons: number
  ratings: number
  splits: { side: string; rows: number }[]
  sources: { source: string; rows: number }[]
  from: string | null
  to: string | null
  removed: { reason: string; count: number }[]
  effectiveRows: number
  traced: number
  reliability: { author: string; kind: string; judgments: number; accuracy: number; weight: number }[]
  leaks: number
  examples: string[]
  warnings: string[]
  skipped: { line: number; reason: string }[]
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : [])
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [])
const whole = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const reasons: Record<string, string> = {
  identical: 'with identical outputs',
  empty: 'with an empty output',
  duplicates: 'copies',
  weightless: 'of weight zero',
}

/** Reads the card that came with a data set; null until it is ready. */
export function readDatasetCard({ card }: Pick<Dataset, 'card'>): DatasetCard | null {
  if (card === null) return null
  const leakage = record(card['leakage'])
  const counts = (value: unknown) => Object.entries(record(value)).map(([name, rows]) => ({ name, rows: whole(rows) }))
  return {
    prompts: whole(card['prompts']),
    authors: whole(card['authors']),
    ties: whole(card['ties']),
    ratings: whole(card['ratings']),
    comparisons: whole(card['comparisons']),
    splits: counts(card['splits']).map(({ name, rows }) => ({ side: name, rows })),
    sources: counts(card['sources']).map(({ name, rows }) => ({ source: name, rows })),
    from: text(card['from']) || null,
    to: text(card['to']) || null,
    removed: Object.entries(reasons).flatMap(([key, reason]) => {
      const count = whole(record(card['removed'])[key])
      return count > 0 ? [{ reason, count }] : []
    }),
    effectiveRows: whole(card['effectiveRows']),
    traced: whole(card['traced']),
    reliability: list(card['reliability']).map(({ author, kind, judgments, accuracy, weight }) => ({
      author: text(author),
      kind: text(kind) || 'comparison',
      judgments: whole(judgments),
      accuracy: whole(accuracy),
      weight: whole(weight),
    })),
    leaks: whole(leakage['prompts']),
    examples: texts(leakage['examples']),
    warnings: texts(card['warnings']),
    skipped: list(card['skipped']).map(({ line, reason }) => ({ line: whole(line), reason: text(reason) })),
  }
}

/** How many rows come from where: "105 comparisons", "40 ratings on tone", "12 from a file". */
export function sourceText({ source, rows }: DatasetCard['sources'][number]): string {
  if (source === 'file') return `${formatWhole(rows)} from a file`
  const [kind = '', criterion] = source.split(': ')
  return `${formatWhole(rows)} ${kind}${rows === 1 ? '' : 's'}${criterion === undefined ? '' : ` on ${criterion}`}`
}
