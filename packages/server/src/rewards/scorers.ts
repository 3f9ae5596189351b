import { ApiError } from '@plaudit/protocol'
import { type Embedder, modelScorer, type ModelScorer, readRewardModel, RewardError, type ScoreItem } from '@plaudit/reward'
import { scoreAtEndpoint } from './endpoint.ts'
import type { ModelRow } from './store.ts'

/** Most models kept ready to score; each takes about as much memory as its file. */
const MOST_LOADED = 8
export type Scorers = ReturnType<typeof modelScorers>
/** What a model says of an output. A model that is served elsewhere may not know how sure it is, nor what it has seen. */
export type ModelScore = { reward: number; std: number | null; novelty: number | null }
/** What scoring needs to know of a model. */
export type ScoredBy = Pick<ModelRow, 'id' | 'projectId' | 'endpoint' | 'endpointKey'>

/**
 * Models ready to score: ours loaded, the least recently used given up first (a version never changes, so a loaded model is always right);
 * others asked where they are served.
 * @param openKey Opens a sealed key. @param embedderOf The vectors of a project, for models that need them.
 */
export function modelScorers(
  fileOf: (id: string) => Promise<Uint8Array>,
  openKey: (sealed: string) => Promise<string>,
  embedderOf: (projectId: string) => Promise<Embedder | undefined>,
) {
  const loaded = new Map<string, Promise<ModelScorer>>()

  /** @throws ApiError `unprocessable` when the model was made by another version of Plaudit, or needs an encoder that this server lacks. */
  async function scorerOf({ id, projectId }: ScoredBy): Promise<ModelScorer> {
    const scorer =
      loaded.get(id) ??
      Promise.all([fileOf(id), embedderOf(projectId)]).then(([file, embedder]) => modelScorer(readRewardModel(file), embedder))
    loaded.delete(id)
    loaded.set(id, scorer)
    scorer.catch(() => loaded.delete(id))
    const [oldest] = loaded.keys()
    if (loaded.size > MOST_LOADED && oldest !== undefined) loaded.delete(oldest)
    return scorer.catch(refused)
  }

  /**
   * Scores outputs in the order given, giving way to other work in between.
   * @throws ApiError `unprocessable` as `scorerOf`, or when a model elsewhere or the encoder cannot be asked.
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
    const scorer = await scorerOf(model)
    return scorer.score(items, options).catch(refused)
  }

  return { score, scorerOf }
}

/** What a model refuses, as an answer. */
function refused(cause: unknown): never {
  if (cause instanceof RewardError) throw new ApiError('unprocessable', cause.message, { cause })
  throw cause
}
