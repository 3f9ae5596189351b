import { encodeRatings, type Ratings, type TimedJudgment } from '@plaudit/stats'
import type { JudgmentTable } from './judgment-table.ts'
import { agreeing, comparable } from './rating-level.ts'

/** What one reviewer said about one item, all criteria together, beside what the others said about it. */
export type PeerJudgment = {
  rater: string
  item: string
  time: number
  /** Sum and number of agreements with the others' judgments, each 0..1. */
  agreed: number
  compared: number
  /** Mean agreement less what is usual on the same criteria; null where nobody else judged. Kinds of work differ in how easily people agree. */
  beside: number | null
  /** Mean rating over the criteria, as a share of the scale; null without ratings. */
  level: number | null
  /** The same less the others' mean; null where nobody else rated it. */
  above: number | null
}

type Cell = { agreed: number; compared: number; usual: number; levels: number[]; above: number[]; time: number; n: number }

/**
 * Judgments by reviewer and item. Equal choices agree; numbers agree by 1 less their distance over the range of the criterion. Marks and rankings
 * have measures of their own and do not count here.
 */
export function peerJudgments(tables: readonly JudgmentTable[]): PeerJudgment[] {
  const cells = new Map<string, Map<string, Cell>>()
  const cellOf = (rater: string, item: string): Cell => {
    const own = cells.get(rater) ?? new Map<string, Cell>()
    cells.set(rater, own)
    const cell = own.get(item) ?? { agreed: 0, compared: 0, usual: 0, levels: [], above: [], time: 0, n: 0 }
    own.set(item, cell)
    return cell
  }
  for (const table of tables) {
    if (table.kind === 'marks' || table.kind === 'ranking') continue
    const ratings = table.kind === 'labels' ? comparable(table) : table.ratings
    const numbers = table.kind === 'rating' ? ratings.numbers : null
    const [low, range] = numbers === null ? [0, 0] : [numbers[0]!, numbers.at(-1)! - numbers[0]!]
    const skipped = table.kind === 'comparison' ? ratings.valueNames.indexOf('cannot_judge') : -1
    const byItem: number[][] = ratings.itemNames.map(() => [])
    ratings.items.forEach((item, j) => ratings.values[j] !== skipped && byItem[item]!.push(j))
    const agree = agreeing(table.kind, ratings)
    const usual = meanAgreement(byItem, ratings.values, agree)
    for (const own of byItem) {
      for (const j of own) {
        const cell = cellOf(ratings.raterNames[ratings.raters[j]!]!, ratings.itemNames[ratings.items[j]!]!)
        const value = ratings.values[j]!
        cell.time += table.times[j]!
        cell.n += 1
        let others = 0
        let sum = 0
        for (const k of own) {
          if (k === j) continue
          const other = ratings.values[k]!
          cell.agreed += agree(value, other)
          cell.usual += usual
          cell.compared += 1
          others += 1
          sum += numbers === null ? 0 : numbers[other]!
        }
        if (numbers === null || range === 0) continue
        cell.levels.push((numbers[value]! - low) / range)
        if (others > 0) cell.above.push((numbers[value]! - sum / others) / range)
      }
    }
  }
  return [...cells].flatMap(([rater, items]) =>
    [...items].map(([item, { agreed, compared, usual, levels, above, time, n }]) => ({
      rater,
      item,
      time: time / n,
      agreed,
      compared,
      beside: compared === 0 ? null : (agreed - usual) / compared,
      level: meanOf(levels),
      above: meanOf(above),
    })),
  )
}

/** The levels as ratings, one a reviewer and item. */
export function levelRatings(judgments: readonly PeerJudgment[]): Ratings {
  return encodeRatings(judgments.map(({ item, rater, level }) => ({ item, rater, value: level })))
}

/** The agreement of each judgment with the others, beside what is usual on its criteria, in time. */
export function agreementInTime(judgments: readonly PeerJudgment[]): TimedJudgment[] {
  return judgments.flatMap(({ rater, time, beside }) => (beside === null ? [] : [{ rater, time, value: beside }]))
}

/** Over all items and every two of their judgments. */
function meanAgreement(byItem: readonly number[][], values: Int32Array, agree: (a: number, b: number) => number): number {
  let [sum, pairs] = [0, 0]
  for (const own of byItem)
    for (let a = 0; a < own.length; a += 1)
      for (let b = a + 1; b < own.length; b += 1) {
        sum += agree(values[own[a]!]!, values[own[b]!]!)
        pairs += 1
      }
  return pairs === 0 ? 0 : sum / pairs
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
