import { createScorer, type Scorer, withoutLength } from '../model/scorer.ts'
import type { Pair } from '../pair.ts'
import { cleanPairs, promptHash } from '../training/clean-pairs.ts'
import { lengthDifferences } from '../training/cross-validate.ts'
import { reportCard, type ReportCard } from './report-card.ts'

/**
 * The report card of a finished model on other pairs. Prompts that were in its training set are counted on the card as leaked.
 *
 * @throws RewardError `pairs` if no pair can be used or all belong to one prompt.
 */
export function evaluateRewardModel(scorer: Scorer, pairs: readonly Pair[]): ReportCard {
  const clean = cleanPairs(pairs)
  const { about, promptHashes } = scorer.model
  const trained = new Set(promptHashes)
  const leaked = new Set(clean.pairs.map(promptHash).filter((hash) => trained.has(hash)))
  const outputs = clean.pairs.flatMap(({ prompt, chosen, rejected }) => [
    { input: prompt, output: chosen },
    { input: prompt, output: rejected },
  ])
  const marginsOf = ({ score }: Pick<Scorer, 'score'>) => {
    const rewards = score(outputs)
    return Float64Array.from(clean.pairs, (_, i) => rewards[2 * i]!.reward - rewards[2 * i + 1]!.reward)
  }
  const lengthDifference = lengthDifferences(clean.pairs)
  return reportCard({
    margin: marginsOf(scorer),
    controlledMargin: marginsOf(createScorer(withoutLength(scorer.model))),
    weight: Float64Array.from(clean.pairs, (pair) => pair.weight ?? 1),
    lengthMargin: lengthDifference.map((difference) => about.lengthSlope * difference),
    lengthDifference,
    groups: clean.groups,
    removed: clean.removed,
    kind: 'held-out',
    folds: null,
    seed: null,
    leakedPrompts: leaked.size,
  })
}
