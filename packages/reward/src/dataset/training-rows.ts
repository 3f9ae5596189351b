import type { Judgment } from '../evidence.ts'
import type { Pair } from '../pair.ts'
import { type DatasetRow, isPairRow, judgmentIn, type Split } from './dataset-row.ts'

/**
 * Rows of some sides of the split as feedback to learn from: comparisons, with their source as one of the things that they are told apart by,
 * and judgments of single outputs.
 */
export function trainingRows(rows: readonly DatasetRow[], sides: readonly Split[]): { pairs: Pair[]; judgments: Judgment[] } {
  const pairs: Pair[] = []
  const judgments: Judgment[] = []
  for (const row of rows) {
    if (!sides.includes(row.split)) continue
    const { prompt, group, weight, author, strata, source } = row
    const common = { prompt, group, weight, author }
    if (isPairRow(row)) {
      const { chosen, rejected, tie, strength } = row
      // What a file does not say is a comparison by people.
      pairs.push({
        ...common,
        chosen,
        rejected,
        tie,
        strength,
        source: source === 'file' ? undefined : source,
        strata: { ...strata, source },
      })
    } else judgments.push({ ...common, ...judgmentIn(row), source })
  }
  return { pairs, judgments }
}
