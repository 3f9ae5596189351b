import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkEncoder, vectorsFor } from '../features/embedding.ts'
import type { VectorOf } from '../features/specification.ts'
import type { RewardModel } from '../model/reward-model.ts'
import { createScorer, type Score } from '../model/scorer.ts'
import type { ScoreItem } from '../pair.ts'
import type { Embedder, EmbedProgress } from './embedder.ts'

/** Scores outputs as they come, with the vectors that the model asks for. */
export interface ModelScorer {
  model: RewardModel
  /** Scores outputs in the order given, and gives way to other work in between. @throws RewardError `embedding` where vectors cannot be had. */
  score(items: readonly ScoreItem[], options?: ModelScorerOptions): Promise<Score[]>
}

export interface ModelScorerOptions {
  signal?: AbortSignal | undefined
  onProgress?: ((done: number) => void) | undefined
  /** Told what vectors of these outputs cost, also of those that came before a failure. */
  onVectors?: ((progress: EmbedProgress) => void) | undefined
}

/** Text scored in one go, in UTF-16 units: a few milliseconds, so that other requests are not kept waiting. */
const TURN_LENGTH = 200_000

/** @throws RewardError `embedding` where the model needs vectors and no embedder, or that of another encoder, is given. */
export function modelScorer(model: RewardModel, embedder?: Embedder): ModelScorer {
  const { embedding: wanted } = model.features
  if (wanted !== null && embedder !== undefined) checkEncoder(wanted, embedder.model)
  let vectorOf: VectorOf | undefined
  const scorer = createScorer(
    model,
    wanted !== null && embedder !== undefined ? { ...wanted, vectorOf: (output) => vectorOf!(output) } : undefined,
  )
  return {
    model,
    async score(items, { signal, onProgress, onVectors = () => {} } = {}) {
      const vectors =
        wanted === null || embedder === undefined || items.length === 0
          ? undefined
          : vectorsFor(
              model.features,
              await embedder.embed(
                items.map(({ output }) => output),
                { signal, onProgress: onVectors },
              ),
            )
      const scores: Score[] = []
      for (let begin = 0; begin < items.length;) {
        let end = begin
        for (let length = 0; end < items.length && length < TURN_LENGTH; end += 1)
          length += items[end]!.input.length + items[end]!.output.length
        // Another call may have been at work since the last turn.
        vectorOf = vectors
        scores.push(...scorer.score(items.slice(begin, end)))
        begin = end
        onProgress?.(begin)
        if (begin < items.length) await nextTurn()
      }
      return scores
    },
  }
}
