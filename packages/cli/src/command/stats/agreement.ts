import { ApiError } from '@plaudit/protocol'
import {
  cohenKappa,
  countTable,
  type Estimate,
  fleissKappa,
  gwetAC1,
  gwetAC2,
  intraclassCorrelation,
  kendallW,
  krippendorffAlpha,
  type Level,
  percentAgreement,
  raterPairs,
  type Ratings,
} from '@plaudit/stats'
import { defineCommand } from 'citty'
import { resampleInThreads } from '../../bootstrap/resample-in-threads.ts'
import { readRatings } from '../../table/read-ratings.ts'
import { estimateLine, withReason } from './estimate-text.ts'
import { oneOf, ratingOptions, ratingsFile } from './rating-options.ts'

const levels = ['nominal', 'ordinal', 'interval', 'ratio'] as const satisfies readonly Level[]
/** Pairs of raters that are compared one by one, those with the most items in common first. */
const MOST_PAIRS = 500
const MOST_CELLS = 3e7
export const agreementCommand = defineCommand({
  meta: { name: 'agreement', description: 'How far raters agree beyond chance' },
  args: {
    ...ratingOptions,
    level: { type: 'string', description: 'How values relate: nominal, ordinal, interval or ratio', default: 'nominal' },
    order: { type: 'string', description: 'Every value, lowest first; needed for ordinal values that are not numbers', valueHint: 'a,b,c' },
    resamples: {
      type: 'string',
      description: 'Intervals of alpha and Fleiss from so many resamples over items, on all processors',
      valueHint: '1000',
    },
  },
  async run({ args }) {
    const level = oneOf('level', args.level, levels)
    const { ratings } = await readRatings(ratingsFile(args, args.order))
    const result = agreementOf(ratings, level, await resampled(ratings, level, resamplesOf(args.resamples)))
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : agreementText(result))
  },
})

/** The resamples of those statistics that can be resampled, where they are asked for; computed on all processors. */
async function resampled(ratings: Ratings, level: Level, resamples: number | undefined): Promise<Resampled> {
  if (resamples === undefined) return {}
  const alpha = await resampleInThreads('alpha', { ratings, level }, { resamples })
  return isFleissDefined(ratings) && !isTooWide(ratings)
    ? { alpha, fleiss: await resampleInThreads('fleiss', { ratings }, { resamples }) }
    : { alpha }
}

function resamplesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (!Number.isInteger(count) || count < 100)
    throw new ApiError('invalid_argument', `--resamples must be a whole number from 100 on, not ${text}.`)
  return count
}

type Resampled = { alpha?: Float64Array; fleiss?: Float64Array }

/** Every agreement statistic of some ratings that makes sense on their level, each with an estimate or a reason. */
export function agreementOf(ratings: Ratings, level: Level, values: Resampled = {}) {
  const isOrdered = level !== 'nominal'
  const weights = level === 'ordinal' ? 'linear' : 'quadratic'
  const notNumeric = { estimate: null, reason: 'not-numeric' } as const
  const { pairs, omitted } = raterPairs(ratings, MOST_PAIRS)
  return {
    level,
    items: ratings.itemNames.length,
    raters: ratings.raterNames.length,
    ratings: ratings.items.length,
    values: ratings.valueNames,
    alpha: withReason(krippendorffAlpha(ratings, { level, ...valuesOf(values.alpha) })),
    percent: withReason(percentAgreement(ratings)),
    fleiss: withReason(fleissOf(ratings, values.fleiss)),
    cohen: pairs.map(({ first, second, table }) => ({
      raters: [first, second],
      ...withReason(cohenKappa(table, isOrdered ? { weights } : {})),
    })),
    cohenOmitted: omitted,
    ac1: withReason(gwetAC1(ratings)),
    ac2: withReason(ratings.order === 'none' ? notNumeric : gwetAC2(ratings, { weights: isOrdered ? weights : 'quadratic' })),
    icc: withReason(ratings.numbers === null ? notNumeric : intraclassCorrelation(ratings)),
    kendallW: withReason(ratings.order === 'none' ? notNumeric : kendallW(ratings)),
  }
}

function fleissOf(ratings: Ratings, values?: Float64Array): Estimate<object> {
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings' }
  if (ratings.raterNames.length < 2) return { estimate: null, reason: 'one-rater' }
  if (isTooWide(ratings)) return { estimate: null, reason: 'too-many-values' }
  if (!isFleissDefined(ratings)) return { estimate: null, reason: 'unequal-ratings' }
  return fleissKappa(countTable(ratings), valuesOf(values))
}

/** Whether a table of every item by every value would not fit in memory. */
function isTooWide({ itemNames, valueNames }: Ratings): boolean {
  return itemNames.length * valueNames.length > MOST_CELLS
}

/** Whether every item that is rated has the same number of ratings, and more than one. */
function isFleissDefined({ items, itemNames }: Ratings): boolean {
  const sizes = new Int32Array(itemNames.length)
  for (const item of items) sizes[item]! += 1
  const rated = sizes.filter((size) => size > 0)
  return rated.length > 0 && rated[0]! >= 2 && rated.every((size) => size === rated[0])
}

function valuesOf(values: Float64Array | undefined): { values?: Float64Array; resamples?: number } {
  return values === undefined ? {} : { values, resamples: values.length }
}

function agreementText(result: ReturnType<typeof agreementOf>): string {
  const lines = [
    `${result.ratings} ratings of ${result.items} items by ${result.raters} raters, ${result.values.length} values, ${result.level}`,
    '',
    `${''.padEnd(26)}estimate  95 % interval`,
    estimateLine(`Krippendorff's alpha`, result.alpha),
    estimateLine('Percent agreement', result.percent),
    estimateLine(`Fleiss' kappa`, result.fleiss),
    estimateLine(`Gwet's AC1`, result.ac1),
    estimateLine(`Gwet's AC2`, result.ac2),
    estimateLine('ICC(2,1)', result.icc),
    estimateLine(`Kendall's W`, result.kendallW),
    ...result.cohen.slice(0, 10).map((pair) => estimateLine(`Cohen ${pair.raters.join(' · ')}`.slice(0, 25), pair, `${pair.items} items`)),
  ]
  const more = result.cohen.length - 10 + result.cohenOmitted
  if (more > 0) lines.push(`… and ${more} more pairs of raters (see --json)`)
  return `${lines.join('\n')}\n`
}
