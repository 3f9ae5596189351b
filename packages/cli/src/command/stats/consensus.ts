import { ApiError } from '@plaudit/protocol'
import { type Consensus, dawidSkene, glad, mace, majorityVote, type NoConsensus, oneCoin, type Ratings, REASONS } from '@plaudit/stats'
import { defineCommand } from 'citty'
import { readRatings } from '../../table/read-ratings.ts'
import { oneOf, ratingOptions, ratingsFile } from './rating-options.ts'

const methods: Record<'dawid-skene' | 'one-coin' | 'glad' | 'mace' | 'majority', (ratings: Ratings) => Consensus | NoConsensus> = {
  'dawid-skene': (ratings) => dawidSkene(ratings),
  'one-coin': (ratings) => oneCoin(ratings),
  glad: (ratings) => glad(ratings),
  mace: (ratings) => mace(ratings),
  majority: (ratings) => majorityVote(ratings),
}
const names = Object.keys(methods) as (keyof typeof methods)[]

export const consensusCommand = defineCommand({
  meta: { name: 'consensus', description: 'The value of each item that its ratings together make likely, and how reliable each rater is' },
  args: {
    ...ratingOptions,
    method: { type: 'string', description: names.join(', '), default: 'dawid-skene' },
    gold: { type: 'string', description: 'Column with the known answer, where there is one', default: 'gold' },
  },
  async run({ args }) {
    const method = oneOf('method', args.method, names)
    const { ratings, gold } = await readRatings({ ...ratingsFile(args), gold: args.gold })
    const fitted = methods[method](ratings)
    if (fitted.labels === null) throw new ApiError('unprocessable', `${REASONS[fitted.reason]} So there is nothing to infer.`)
    const result = consensusOf(fitted, gold)
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : consensusText(result))
  },
})

/** A fitted consensus with names in the place of numbers. */
export function consensusOf(fitted: Consensus, gold: ReadonlyMap<string, string>) {
  const K = fitted.valueNames.length
  const byValue = (shares: ArrayLike<number>, at = 0) =>
    Object.fromEntries(fitted.valueNames.map((value, k) => [value, shares[at + k] ?? 0]))
  const items = fitted.itemNames.map((item, i) => ({
    item,
    value: fitted.valueNames[fitted.labels[i]!] ?? null,
    posterior: byValue(fitted.posteriors, i * K),
  }))
  const judged = items.filter(({ item }) => gold.has(item))
  const right = judged.filter(({ item, value }) => gold.get(item) === value).length
  return {
    method: fitted.method,
    converged: fitted.converged,
    iterations: fitted.iterations,
    logLikelihood: fitted.logLikelihood,
    prior: byValue(fitted.prior),
    values: fitted.valueNames,
    items,
    raters: fitted.raters,
    ...(judged.length === 0 ? {} : { accuracyOnGold: right / judged.length, goldItems: judged.length }),
  }
}

function consensusText(result: ReturnType<typeof consensusOf>): string {
  const raters = result.raters.toSorted((a, b) => a.accuracy - b.accuracy)
  const lines = [
    `${result.items.length} items, ${result.raters.length} raters, ${result.method}${result.converged ? '' : ' (did not converge)'}`,
    ...(result.logLikelihood === null ? [] : [`log-likelihood ${result.logLikelihood.toFixed(3)} after ${result.iterations} rounds`]),
    ...('accuracyOnGold' in result ? [`accuracy on ${result.goldItems} known items ${result.accuracyOnGold?.toFixed(3)}`] : []),
    '',
    'prior',
    ...Object.entries(result.prior).map(([value, share]) => `  ${value.padEnd(24)}${share.toFixed(3)}`),
    '',
    'raters, least reliable first',
    ...raters.slice(0, 20).map(({ rater, accuracy, ratings }) => `  ${rater.padEnd(24)}${accuracy.toFixed(3)}  ${ratings} ratings`),
    ...(raters.length > 20 ? [`  … and ${raters.length - 20} more (see --json)`] : []),
  ]
  return `${lines.join('\n')}\n`
}
