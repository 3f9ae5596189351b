import { LENGTH_TRAITS } from '../features/dense.ts'
import type { RewardModel } from '../model/reward-model.ts'
import { createScorer, type Scorer, withoutLength } from '../model/scorer.ts'
import type { Pair, ScoreItem } from '../pair.ts'
import { cleanPairs, promptHash } from '../training/clean-pairs.ts'
import { lengthDifferences } from './length-difference.ts'
import { fitSlope } from '../training/fit-slope.ts'
import { candidateSets } from './candidate-set.ts'
import { extrasBy } from './judge-extras.ts'
import { leakageOf } from './leakage.ts'
import type { OutputScore } from './output-score.ts'
import { reportCard, type ReportCard } from './report-card.ts'

/**
 * The report card of a finished model on other pairs. Prompts that were in its training set are counted on the card as leaked.
 *
 * @throws RewardError `pairs` if no pair can be used or all belong to one prompt.
 */
export function evaluateRewardModel(scorer: Scorer, pairs: readonly Pair[]): ReportCard {
  const { about } = scorer.model
  const items = outputsOf(pairs)
  const controlled = LENGTH_TRAITS.length > 0 ? createScorer(withoutLength(scorer.model), scorer.embedding).score(items) : null
  return cardOfScores(pairs, scorer.score(items), {
    controlled,
    lengthSlope: about.lengthSlope,
    isTrained: isTrainedOn(scorer.model),
  })
}

/** Tells whether a pair's prompt was in a model's training set. */
export function isTrainedOn({ promptHashes }: Pick<RewardModel, 'promptHashes'>): (pair: Pair) => boolean {
  const trained = new Set(promptHashes)
  return (pair) => trained.has(promptHash(pair))
}

/** Every output of the pairs once, with its prompt: what `cardOfScores` wants scores of, in this order. */
export function outputsOf(pairs: readonly Pair[]): ScoreItem[] {
  const seen = new Map<string, ScoreItem>()
  for (const { prompt, chosen, rejected } of pairs)
    for (const output of [chosen, rejected]) seen.set(keyOf(prompt, output), { input: prompt, output })
  return [...seen.values()]
}

/**
 * The report card of scores that any model gave, for instance one that is served elsewhere.
 *
 * @param scores One for each output of `outputsOf(pairs)`.
 * @param options.controlled Scores without the length traits, where there are such. @param options.lengthSlope Slope of the length-only
 *   baseline from the training pairs; left out, the better direction on these pairs is taken, which flatters the baseline, not the model.
 * @throws RewardError `pairs` as `evaluateRewardModel`.
 */
export function cardOfScores(
  pairs: readonly Pair[],
  scores: readonly OutputScore[],
  options: { controlled?: readonly OutputScore[] | null; lengthSlope?: number; isTrained?: (pair: Pair) => boolean } = {},
): ReportCard {
  const clean = cleanPairs(pairs)
  const places = new Map(outputsOf(pairs).map(({ input, output }, place) => [keyOf(input, output), place]))
  const scoreIn = (list: readonly OutputScore[], prompt: string, output: string) => list[places.get(keyOf(prompt, output))!]!
  const marginsIn = (list: readonly OutputScore[]) =>
    Float64Array.from(
      clean.pairs,
      ({ prompt, chosen, rejected }) => scoreIn(list, prompt, chosen).reward - scoreIn(list, prompt, rejected).reward,
    )
  const lengthDifference = lengthDifferences(clean.pairs)
  const weights = clean.pairs.map(({ weight }) => weight ?? 1)
  const slope = options.lengthSlope ?? fitSlope(lengthDifference, weights)
  return reportCard({
    pairs: clean.pairs,
    judged: pairs,
    margin: marginsIn(scores),
    controlledMargin: options.controlled ? marginsIn(options.controlled) : null,
    lengthMargin: lengthDifference.map((difference) => slope * difference),
    lengthDifference,
    groups: clean.groups,
    removed: clean.removed,
    kind: 'held-out',
    folds: null,
    seed: null,
    leakage: leakageOf(clean.pairs, options.isTrained ?? (() => false)),
    ...extrasBy(pairs, candidateSets(pairs), ({ prompt }, output) => scoreIn(scores, prompt, output)),
  })
}

function keyOf(prompt: string, output: string): string {
  return `${prompt.length} ${prompt}${output}`
}
