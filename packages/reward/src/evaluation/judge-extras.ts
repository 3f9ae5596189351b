import { memberScorer, spreadOf } from '../model/scorer.ts'
import type { ScoringWeights } from '../model/reward-model.ts'
import type { VectorOf } from '../features/specification.ts'
import type { Pair } from '../pair.ts'
import { type BestOfN, bestOfN } from './best-of-n.ts'
import type { CandidateSet } from './candidate-set.ts'
import type { OutputScore } from './output-score.ts'
import type { Difference } from './tie-score.ts'

/** What a card says beyond the decided pairs: tied pairs, and choices among several outputs. */
export interface Extras {
  ties: Difference[]
  bestOfN: BestOfN | null
}

/** Judges ties and sets of outputs, each by the fold that did not see its prompt. */
export function judgeExtras(
  judged: readonly Pair[],
  sets: readonly CandidateSet[],
  folds: readonly { model: ScoringWeights }[],
  foldOf: (pair: Pick<Pair, 'prompt' | 'group'>) => number,
  vectorOf?: VectorOf,
): Extras {
  const scorers = folds.map(({ model }) => memberScorer(model, vectorOf))
  return extrasBy(judged, sets, (pair, output) => spreadOf(scorers[foldOf(pair)]!(pair.prompt, output)))
}

/** The same by any way to score an output. */
export function extrasBy(
  judged: readonly Pair[],
  sets: readonly CandidateSet[],
  score: (pair: Pick<Pair, 'prompt' | 'group'>, output: string) => OutputScore,
): Extras {
  const ties = judged
    .filter(({ tie, chosen, rejected, weight }) => tie === true && weight !== 0 && chosen !== rejected)
    .map((pair): Difference => ({
      size: Math.abs(score(pair, pair.chosen).reward - score(pair, pair.rejected).reward),
      group: pair.group ?? pair.prompt,
    }))
  return {
    ties,
    bestOfN: bestOfN(
      sets,
      sets.map((set) => set.outputs.map((output) => score(set, output))),
    ),
  }
}
