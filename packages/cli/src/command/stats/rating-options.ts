import { ApiError } from '@plaudit/protocol'
import type { RatingsFile } from '../../table/read-ratings.ts'

/** Options of every command that reads ratings. */
export const ratingOptions = {
  file: { type: 'positional', required: true, description: 'CSV with a header, or JSON lines, also gzip; - for standard input' },
  item: { type: 'string', description: 'Column of the item', default: 'item' },
  rater: { type: 'string', description: 'Column of the rater', default: 'rater' },
  value: { type: 'string', description: 'Column of the value; empty cells are missing', default: 'value' },
  repeats: { type: 'string', description: 'A second rating of an item by the same rater: refuse, keep or last', default: 'refuse' },
  json: { type: 'boolean', description: 'Print one JSON object' },
} as const

const repeatChoices = ['refuse', 'keep', 'last'] as const

/** The source of ratings that the options describe. @throws ApiError `invalid_argument`. */
export function ratingsFile(args: Record<'file' | 'item' | 'rater' | 'value' | 'repeats', string>, order?: string): RatingsFile {
  const { file, item, rater, value } = args
  return { file, item, rater, value, repeats: oneOf('repeats', args.repeats, repeatChoices), order: listOf(order) }
}

/** @throws ApiError `invalid_argument` for anything but one of the choices. */
export function oneOf<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === given)
  if (found === undefined) throw new ApiError('invalid_argument', `--${option} must be one of ${choices.join(', ')}, not ${given}.`)
  return found
}

function listOf(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined
  const values = text.split(',').map((value) => value.trim())
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (values.includes('') || twice !== undefined)
    throw new ApiError('invalid_argument', `--order must list every value once, lowest first: ${twice ?? 'an empty one'} is not allowed.`)
  return values
}
