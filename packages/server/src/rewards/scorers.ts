import { ApiError } from '@plaudit/protocol'
import { loadRewardModel, RewardError, type Scorer, type ScoreItem } from '@plaudit/reward'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { scoreAtEndpoint } from './endpoint.ts'
import type { ModelRow } from './store.ts'

/** Most models kept ready to score; each takes about as much memory as its file. */
const MOST_LOADED = 8
/** Text scored in one go, in UTF-16 units: a few milliseconds, so that other requests are not kept waiting. */
const TURN_LENGTH = 200_000

export type Scorers = ReturnType<typeof modelScorers>
/** What a model says of an output. A model that is served elsewhere may not know how sure it is, nor what it has seen. */
export type ModelScore = { reward: number; std: number | null; novelty: number | null }
/** What scoring needs to know of a model. */
export type ScoredBy = Pick<ModelRow, 'id' | 'endpoint' | 'endpointKey'>

/**
 * Models ready to score: ours loaded, the least recently used given up first (a version never changes, so a loaded model is always right);
 * others asked where they are served.
 * @param openKey Opens a sealed key.
 */
export function modelScorers(fileOf: (id: string) => Promise<Uint8Array>, openKey: (sealed: string) => Promise<string>) {
  const loaded = new Map<string, Promise<Scorer>>()

  /** @throws ApiError `unprocessable` when the model was made by another version of Plaudit. */
  async function scorerOf(id: string): Promise<Scorer> {
    const scorer = loaded.get(id) ?? fileOf(id).then(loadRewardModel)
    loaded.delete(id)
    loaded.set(id, scorer)
    scorer.catch(() => loaded.delete(id))
    const [oldest] = loaded.keys()
    if (loaded.size > MOST_LOADED && oldest !== undefined) loaded.delete(oldest)
    return scorer.catch((cause: unknown) => {
      if (cause instanceof RewardError) throw new ApiError('unprocessable', cause.message, { cause })
      throw cause
    })
  }

  /**
   * Scores outputs in the order given, giving way to other work in between.
   * @throws ApiError `unprocessable` as `scorerOf`, or when a model elsewhere cannot be asked.
   */
  async function score(
    model: ScoredBy,
    items: readonly ScoreItem[],
    options: { signal?: AbortSignal; onProgress?: (done: number) => void } = {},
  ): Promise<ModelScore[]> {
    if (model.endpoint !== null) {
      const key = model.endpointKey === null ? null : await openKey(model.endpointKey)
      const plain = items.map(({ input, output }) => ({ input, output }))
      return (await scoreAtEndpoint(model.endpoint, key, plain, options)).map((one) => ({ ...one, novelty: null }))
    }
    const scorer = await scorerOf(model.id)
    const scores: ModelScore[] = []
    for (let begin = 0; begin < items.length;) {
      let end = begin
      let length = 0
      while (end < items.length && length < TURN_LENGTH) {
        length += items[end]!.input.length + items[end]!.output.length
        end += 1
      }
      scores.push(...scorer.score(items.slice(begin, end)))
      begin = end
      options.onProgress?.(begin)
      if (begin < items.length) await nextTurn()
    }
    return scores
  }

  return { score, scorerOf }
}
