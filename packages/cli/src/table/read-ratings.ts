import { ApiError } from '@plaudit/protocol'
import { type Ratings, ratingsBuilder, StatsError } from '@plaudit/stats'
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
  const seen = new Map<string, { line: number; value: string }>()
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
    if (repeats !== 'keep') {
      const key = `${itemName}\u0000${raterName}`
      const before = seen.get(key)
      if (before !== undefined && repeats === 'refuse')
        throw new ApiError(
          'invalid_argument',
          `${place}, line ${line}: ${raterName} has rated ${itemName} before, in line ${before.line}. Say --repeats keep or --repeats last.`,
        )
      seen.set(key, { line, value: rated })
      if (repeats === 'last') continue
    }
    addRating(line, itemName, raterName, rated)
  }
  if (repeats === 'last') {
    for (const [key, { line, value: rated }] of seen) {
      const [itemName = '', raterName = ''] = key.split('\u0000')
      addRating(line, itemName, raterName, rated)
    }
  }
  return { ratings: builder.build(), gold: known }

  function addRating(line: number, itemName: string, raterName: string, rated: string): void {
    try {
      builder.add(itemName, raterName, rated)
    } catch (error) {
      if (!(error instanceof StatsError)) throw error
      throw new ApiError('invalid_argument', `${place}, line ${line}: ${error.message}.`, { cause: error })
    }
  }
}
