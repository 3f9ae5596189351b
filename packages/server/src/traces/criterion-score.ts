import type { CriterionScore } from '@plaudit/protocol'

/** Sums of one criterion's scores, as `scoreColumns` selects them, grouped by criterion, kind and author_kind. */
export type ScoreRow = {
  criterion: string
  kind: CriterionScore['kind']
  author_kind: CriterionScore['authorKind']
  score_sum: number
  scored: string
  n: string
}

export const scoreColumns = `criterion, kind, author_kind, sum(ifNull(score, 0)) AS score_sum, count(score) AS scored, count() AS n`

/** Mean scores from sums; rows of the same criterion, kind and author kind are added up. Scores of people and of models stay apart. */
export function criterionScores(rows: readonly ScoreRow[]): CriterionScore[] {
  const groups = Map.groupBy(rows, (row) => `${row.criterion}\0${row.kind}\0${row.author_kind}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const total = (column: 'score_sum' | 'scored' | 'n') => group.reduce((sum, row) => sum + Number(row[column]), 0)
    const scored = total('scored')
    const mean = scored === 0 ? null : total('score_sum') / scored
    return [{ criterion: first.criterion, kind: first.kind, authorKind: first.author_kind, mean, n: total('n') }]
  })
}
