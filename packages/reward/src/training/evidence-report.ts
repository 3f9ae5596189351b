import { hit } from '../evaluation/calibration.ts'
import { knownDifference, knownShare } from '../evaluation/clustered-share.ts'
import type { FitResult, FoldResult } from './job.ts'
import type { Prepared } from './prepare.ts'

/** What one kind of feedback was worth. */
export interface SourceEvidence {
  source: string
  judgments: number
  /** Held-out accuracy without it; null where it is all that the model was trained on. */
  accuracyWithout: number | null
  /** Accuracy with it minus accuracy without it, with the interval where there are prompts enough. */
  gain: { estimate: number; low?: number; high?: number } | null
}

export interface AuthorEvidence {
  source: string
  /** Null for all who are not named, or gave few judgments. */
  author: string | null
  judgments: number
  /** 1 as usual, 0 says nothing, below 0 says the opposite. */
  reliability: number
}

export interface Evidence {
  sources: SourceEvidence[]
  authors: AuthorEvidence[]
}

/** What each kind of feedback was worth, and how far each author can be relied on. */
export function evidenceOf({ set, decided }: Prepared, judged: readonly FoldResult[], { reliability }: FitResult): Evidence {
  const weights = set.weight.subarray(0, decided.length)
  const groups = set.groups.subarray(0, decided.length)
  const hitsOf = (margins: (result: FoldResult) => Float64Array) => {
    const hits = new Float64Array(decided.length)
    for (const result of judged) result.rows.forEach((row, i) => (hits[row] = hit(margins(result)[i]!)))
    return hits
  }
  const withAll = hitsOf(({ margin }) => margin)
  const sources = set.sources.map((source, index): SourceEvidence => {
    const judgments = set.sourceOf.filter((of) => of === index).length
    if (set.sources.length < 2) return { source, judgments, accuracyWithout: null, gain: null }
    const without = hitsOf((result) => result.without[index]!)
    return {
      source,
      judgments,
      accuracyWithout: knownShare(without, weights, groups).estimate,
      gain: knownDifference(withAll, without, weights, groups),
    }
  })
  const counts = new Map<number, number>()
  for (const author of set.events.author) counts.set(author, (counts.get(author) ?? 0) + 1)
  const authors = set.events.authors.map((author, index) => ({
    ...author,
    judgments: counts.get(index) ?? 0,
    reliability: reliability[index]!,
  }))
  return { sources, authors }
}
