import { clusteredDifference, type DifferenceDetails, type Known } from '@plaudit/stats'
import { RewardError } from '../error.ts'
import type { OutputScore } from './output-score.ts'
import { logisticLoss } from '../objective/logistic.ts'
import type { Pair } from '../pair.ts'
import { cleanPairs } from '../training/clean-pairs.ts'
import { hit } from './calibration.ts'
import { knownDifference } from './clustered-share.ts'
import { outputsOf } from './evaluate.ts'

/** Two models on the same pairs. */
export interface ModelComparison {
  pairs: number
  prompts: number
  /** Pairs left out because a model was trained on their prompt. */
  leaked: number
  /** Accuracy of the first minus that of the second, prompts kept together. */
  accuracy: Known<DifferenceDetails>
  /** Log-loss of the first minus that of the second: below 0 the first is better. */
  logLoss: Known<DifferenceDetails>
  /** Pairs on which they favour different outputs. */
  disagreements: number
  sentence: string
}

/** A model's scores for every output of `outputsOf(pairs)`, and the prompts that it was trained on. */
export interface ComparedModel {
  name: string
  scores: readonly OutputScore[]
  isTrained?: (pair: Pair) => boolean
}

/**
 * The difference of two models, by a paired test that keeps pairs of one prompt together. Pairs whose prompt either was trained on are left
 * out: they would favour it.
 *
 * @throws RewardError `pairs` if fewer than two prompts are left.
 */
export function compareModels(pairs: readonly Pair[], first: ComparedModel, second: ComparedModel): ModelComparison {
  const fresh = pairs.filter((pair) => first.isTrained?.(pair) !== true && second.isTrained?.(pair) !== true)
  if (fresh.length === 0)
    throw new RewardError('pairs', 'Every prompt of these pairs was in a training set of the two models: compare them on other pairs.')
  const clean = cleanPairs(fresh)
  const key = (input: string, output: string) => JSON.stringify([input, output])
  const places = new Map(outputsOf(pairs).map(({ input, output }, place) => [key(input, output), place]))
  const margins = ({ scores }: ComparedModel) =>
    clean.pairs.map(
      ({ prompt, chosen, rejected }) =>
        scores[places.get(key(prompt, chosen))!]!.reward - scores[places.get(key(prompt, rejected))!]!.reward,
    )
  const [a, b] = [margins(first), margins(second)]
  const weights = clean.pairs.map(({ weight }) => weight ?? 1)
  const accuracy = knownDifference(a.map(hit), b.map(hit), weights, clean.groups)
  return {
    pairs: clean.pairs.length,
    prompts: new Set(clean.groups).size,
    leaked: pairs.length - fresh.length,
    accuracy,
    logLoss: lossDifference(a, b, weights, clean.groups),
    disagreements: a.filter((margin, row) => hit(margin) !== hit(b[row]!)).length,
    sentence: sentenceOf(first.name, second.name, accuracy),
  }
}

function lossDifference(a: readonly number[], b: readonly number[], weights: readonly number[], groups: Int32Array) {
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0)
  const sums = [new Float64Array(count), new Float64Array(count)] as const
  const sizes = new Float64Array(count)
  groups.forEach((group, row) => {
    sizes[group]! += weights[row]!
    sums[0][group]! += weights[row]! * logisticLoss(a[row]!)
    sums[1][group]! += weights[row]! * logisticLoss(b[row]!)
  })
  const difference = clusteredDifference({ sums: sums[0], sizes }, { sums: sums[1], sizes }, { shared: true })
  if (difference.estimate === null) throw new RangeError('a comparison needs a pair')
  return difference
}

function sentenceOf(first: string, second: string, { estimate, low, high, p }: Known<DifferenceDetails>): string {
  const points = `${Math.abs(100 * estimate).toFixed(1)} points`
  if (low === undefined || high === undefined) return `Too few prompts to tell ${first} and ${second} apart.`
  const range = `95 % interval of the difference ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}, p ${p !== null && p < 0.001 ? '< 0.001' : `= ${p?.toFixed(3)}`}`
  if (low > 0) return `${first} is right more often than ${second}, by ${points} (${range}).`
  if (high < 0) return `${second} is right more often than ${first}, by ${points} (${range}).`
  return `${first} and ${second} cannot be told apart on these pairs: ${points} (${range}).`
}
