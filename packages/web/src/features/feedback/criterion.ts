import type { Feedback, FeedbackKind } from '@plaudit/protocol'

/** A criterion of the project with what people have answered on it, most frequent first. */
export type Criterion = { name: string; kind: FeedbackKind; n: number; options: string[]; low: number | null; high: number | null }

/** The criterion that a kind starts with where the project has none yet. */
export const firstCriterion: Record<FeedbackKind, string> = {
  thumbs: 'helpful',
  rating: 'quality',
  label: 'category',
  labels: 'topics',
  flag: 'problem',
  correction: 'correction',
  comparison: 'preference',
  ranking: 'ranking',
  marks: 'marks',
  text: 'comment',
}

/** The criteria in use, told from judgments: name, kind, the labels, reasons or mark types given so far and the range of people's ratings. */
export function criteriaOf(feedback: readonly Feedback[]): Criterion[] {
  const groups = Map.groupBy(feedback, ({ kind, criterion }) => `${kind} ${criterion}`)
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      if (first === undefined) return []
      const numbers = group.flatMap(({ kind, value, author }) =>
        kind === 'rating' && author.kind === 'human' && typeof value === 'number' ? [value] : [],
      )
      return {
        name: first.criterion,
        kind: first.kind,
        n: group.length,
        options: byFrequency(group.flatMap(optionsIn)),
        low: numbers.length === 0 ? null : Math.min(...numbers),
        high: numbers.length === 0 ? null : Math.max(...numbers),
      }
    })
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
}

function optionsIn({ kind, value }: Feedback): string[] {
  if (kind === 'label' && typeof value === 'string') return [value]
  if (kind === 'labels' && Array.isArray(value)) return value.filter((label) => typeof label === 'string')
  if (kind === 'flag') return (value as { reasons?: string[] }).reasons ?? []
  if (kind === 'marks' && Array.isArray(value)) return value.map((mark: { type?: string }) => mark.type ?? '').filter((type) => type !== '')
  return []
}

function byFrequency(options: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const option of options) counts.set(option, (counts.get(option) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([option]) => option)
}

/** The points of a rating scale to choose from: 1 to 5, wider when the project's ratings are, as whole numbers of at most eleven. */
export function ratingScale(criterion: Criterion | undefined): number[] {
  const low = Math.min(1, Math.floor(criterion?.low ?? 1))
  const high = Math.max(5, Math.ceil(criterion?.high ?? 5))
  if (high - low > 10) return [1, 2, 3, 4, 5]
  return Array.from({ length: high - low + 1 }, (_, index) => low + index)
}
