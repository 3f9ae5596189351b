import { type DatasetRow, isPairRow } from './dataset-row.ts'

/** What one version has that another has not. */
export interface DatasetDiff {
  added: number
  removed: number
  /** Rows in both whose verdict, weight or side changed. */
  changed: number
  same: number
  /** Some rows of each kind: the preferred or judged output, and what was said of it. */
  examples: { change: 'added' | 'removed' | 'changed'; key: string; prompt: string; output: string; verdict: string }[]
}

const EXAMPLES = 10
const LENGTH = 200

/** @param before The older version's rows. @param after The newer one's. */
export function compareDatasets(before: readonly DatasetRow[], after: readonly DatasetRow[]): DatasetDiff {
  const old = new Map(before.map((row) => [row.key, row]))
  const kept = new Set<string>()
  const changes: [DatasetDiff['examples'][number]['change'], DatasetRow][] = []
  for (const row of after) {
    const earlier = old.get(row.key)
    if (earlier === undefined) changes.push(['added', row])
    else {
      kept.add(row.key)
      // Weights have mean 1 in every version, so that a new row moves all others a little.
      if (earlier.split !== row.split || differ(said(earlier), said(row)) || Math.abs(earlier.weight / row.weight - 1) > 0.05)
        changes.push(['changed', row])
    }
  }
  for (const row of before) if (!kept.has(row.key)) changes.push(['removed', row])
  const count = (kind: string) => changes.filter(([change]) => change === kind).length
  return {
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    same: kept.size - count('changed'),
    examples: (['added', 'removed', 'changed'] as const).flatMap((kind) =>
      changes
        .filter(([change]) => change === kind)
        .slice(0, EXAMPLES)
        .map(([change, row]) => {
          const { output, verdict } = said(row)
          return { change, key: row.key, prompt: row.prompt.slice(0, LENGTH), output: output.slice(0, LENGTH), verdict }
        }),
    ),
  }
}

type Said = { output: string; verdict: string }

/** What a row says, of which output. */
function said(row: DatasetRow): Said {
  if (isPairRow(row)) return { output: row.chosen, verdict: row.tie === true ? 'tied' : 'preferred' }
  if ('label' in row) return { output: row.completion, verdict: row.label ? 'up' : 'down' }
  return { output: row.output, verdict: `${row.rating} of ${row.levels}` }
}

function differ(one: Said, other: Said): boolean {
  return one.output !== other.output || one.verdict !== other.verdict
}
