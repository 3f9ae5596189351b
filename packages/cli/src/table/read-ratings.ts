import { ApiError } from '@plaudit/protocol'
import { filterRatings, groupBy, growingList, type Ratings, ratingsBuilder, StatsError } from '@plaudit/stats'
import { readTable } from './read-table.ts'

export type RatingsFile = {
  file: string
  item: string
  rater: string
  value: string
  gold?: string | undefined
  order?: readonly string[] | undefined
  /** What to do with a second rating of an item by the same rater. */
  repeats: 'refuse' | 'keep' | 'last'
}

/**
 * Ratings of a file in compact form, with the known answers where it has them. Empty cells are missing ratings.
 * @throws ApiError `invalid_argument` that names the line: an unknown column, a value outside the order, a repeated rating.
 */
export async function readRatings(options: RatingsFile): Promise<{ ratings: Ratings; gold: Map<string, string> }> {
  const { file, item, rater, value, gold, order, repeats } = options
  const builder = ratingsBuilder(order === undefined ? {} : { order })
  const known = new Map<string, string>()
  const lines = growingList()
  const columns = [
    { name: item, required: true, option: '--item' },
    { name: rater, required: true, option: '--rater' },
    { name: value, required: true, option: '--value' },
    ...(gold === undefined ? [] : [{ name: gold, required: gold !== 'gold', option: '--gold' }]),
  ]
  const place = file === '-' ? 'The standard input' : file
  for await (const { line, cells } of readTable(file, columns)) {
    const [itemName = '', raterName = '', rated = '', answer = ''] = cells
    if (itemName === '') throw new ApiError('invalid_argument', `${place}, line ${line}: the column ${item} is empty.`)
    if (answer !== '') known.set(itemName, answer)
    if (rated.trim() === '') continue
    if (raterName === '') throw new ApiError('invalid_argument', `${place}, line ${line}: the column ${rater} is empty.`)
    if (/^[+-]?(nan|inf(inity)?)$/i.test(rated.trim()))
      throw new ApiError('invalid_argument', `${place}, line ${line}: ${value} must be finite, not ${rated}.`)
    addRating(line, itemName, raterName, rated)
    lines.push(line)
  }
  const ratings = builder.build()
  if (repeats === 'keep') return { ratings, gold: known }
  const before = earlierRatings(ratings)
  if (repeats === 'last') {
    const isReplaced = new Uint8Array(before.length)
    for (const earlier of before) if (earlier >= 0) isReplaced[earlier] = 1
    return { ratings: filterRatings(ratings, (j) => isReplaced[j] === 0), gold: known }
  }
  const again = before.findIndex((earlier) => earlier >= 0)
  if (again < 0) return { ratings, gold: known }
  const lineOf = lines.toInt32Array()
  const who = `${ratings.raterNames[ratings.raters[again]!]} has rated ${ratings.itemNames[ratings.items[again]!]} before`
  throw new ApiError(
    'invalid_argument',
    `${place}, line ${lineOf[again]}: ${who}, in line ${lineOf[before[again]!]}. Say --repeats keep or --repeats last.`,
  )

  function addRating(line: number, itemName: string, raterName: string, rated: string): void {
    try {
      builder.add(itemName, raterName, rated)
    } catch (error) {
      if (!(error instanceof StatsError)) throw error
      throw new ApiError('invalid_argument', `${place}, line ${line}: ${error.message}.`, { cause: error })
    }
  }
}

/** For each rating the one before it of the same item by the same rater; −1 where there is none. By item, so that no table of pairs is needed. */
function earlierRatings({ items, raters, itemNames, raterNames }: Ratings): Int32Array {
  const before = new Int32Array(items.length).fill(-1)
  const { start, positions } = groupBy(items, itemNames.length)
  const latest = new Int32Array(raterNames.length).fill(-1)
  for (let i = 0; i < itemNames.length; i += 1) {
    for (let at = start[i]!; at < start[i + 1]!; at += 1) {
      const j = positions[at]!
      before[j] = latest[raters[j]!]!
      latest[raters[j]!] = j
    }
    for (let at = start[i]!; at < start[i + 1]!; at += 1) latest[raters[positions[at]!]!] = -1
  }
  return before
}
