import type { ReviewerFigures } from '@plaudit/protocol'
import { clusteredProportion, groupBy, intraRaterAlpha } from '@plaudit/stats'
import { undefinedEstimate } from '../insights/estimate.ts'
import { viewOf } from './estimate-view.ts'
import type { JudgmentTable } from './judgment-table.ts'
import { agreeing, comparable, levelOf } from './rating-level.ts'

export type SelfAgreement = Pick<ReviewerFigures, 'selfAgreement' | 'selfAgreementByCriterion'>

export const noRepeats: SelfAgreement = {
  selfAgreement: undefinedEstimate('No item was judged twice.'),
  selfAgreementByCriterion: [],
}

/**
 * How far each reviewer agrees with themself on items that they judged more than once, as in two queues: over all criteria as reviewers agree with
 * others, and by criterion as Krippendorff's alpha. Marks and rankings do not count here either.
 * @param repeats all judgments of those who judged an item more than once on a criterion. @param tables the newest judgments of everybody, which know
 *   the whole scale.
 */
export function selfAgreement(repeats: readonly JudgmentTable[], tables: readonly JudgmentTable[]): Map<string, SelfAgreement> {
  const found = new Map<string, { cells: { item: string; agreed: number }[]; byCriterion: SelfAgreement['selfAgreementByCriterion'] }>()
  for (const table of repeats) {
    const { criterion, kind } = table
    if (kind === 'marks' || kind === 'ranking') continue
    const whole = tables.filter((one) => one.criterion === criterion && one.kind === kind).map(comparable)
    const ratings = comparable(table)
    const level = levelOf(kind, whole[0] ?? ratings)
    const agree = agreeing(kind, ratings, whole)
    const alphas = new Map(intraRaterAlpha(ratings, { level }).map(({ rater, alpha }) => [rater, alpha]))
    const { start, positions } = groupBy(ratings.raters, ratings.raterNames.length)
    ratings.raterNames.forEach((rater, code) => {
      const byItem = Map.groupBy(positions.subarray(start[code], start[code + 1]), (j) => ratings.items[j]!)
      const cells = [...byItem]
        .filter(([, own]) => own.length > 1)
        .map(([item, own]) => ({
          item: ratings.itemNames[item]!,
          agreed: meanOver(own, (j, k) => agree(ratings.values[j]!, ratings.values[k]!)),
        }))
      if (cells.length === 0) return
      const one = found.get(rater) ?? { cells: [], byCriterion: [] }
      found.set(rater, one)
      one.cells.push(...cells)
      one.byCriterion.push({ criterion, kind, alpha: viewOf(alphas.get(rater)!, { n: cells.length, clusters: cells.length }) })
    })
  }
  return new Map(
    [...found].map(([rater, { cells, byCriterion }]) => {
      const items = [...Map.groupBy(cells, ({ item }) => item).values()]
      const share = clusteredProportion({
        sums: items.map((own) => own.reduce((sum, { agreed }) => sum + agreed, 0)),
        sizes: items.map((own) => own.length),
      })
      return [rater, { selfAgreement: viewOf(share, { n: cells.length, clusters: items.length }), selfAgreementByCriterion: byCriterion }]
    }),
  )
}

/** Over every two of a few. */
function meanOver(own: readonly number[], of: (a: number, b: number) => number): number {
  let [sum, pairs] = [0, 0]
  own.forEach((a, at) =>
    own.slice(at + 1).forEach((b) => {
      sum += of(a, b)
      pairs += 1
    }),
  )
  return sum / pairs
}
