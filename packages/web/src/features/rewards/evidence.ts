import type { RewardModel } from '@plaudit/sdk'

/** What a model says of the feedback that it learnt from. */
export type Evidence = {
  sources: {
    source: string
    judgments: number
    without: number | null
    gain: number | null
    low: number | null
    high: number | null
  }[]
  authors: { source: string; author: string | null; judgments: number; reliability: number }[]
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : [])
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** Reads what came with a model; it is data of another program, and what is missing is left out. */
export function readEvidence({ training }: Pick<RewardModel, 'training'>): Evidence {
  const { sources, authors } = record(training['evidence'])
  return {
    sources: list(sources).map(({ source, judgments, accuracyWithout, gain }) => {
      const { estimate, low, high } = record(gain)
      return {
        source: String(source),
        judgments: number(judgments) ?? 0,
        without: number(accuracyWithout),
        gain: number(estimate),
        low: number(low),
        high: number(high),
      }
    }),
    authors: list(authors)
      .map(({ source, author, judgments, reliability }) => ({
        source: String(source),
        author: typeof author === 'string' ? author : null,
        judgments: number(judgments) ?? 0,
        reliability: number(reliability) ?? 1,
      }))
      .filter(({ author }) => author !== null),
  }
}
