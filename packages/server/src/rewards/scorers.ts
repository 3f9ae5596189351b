import { ApiError } from '@plaudit/protocol'
import { loadRewardModel, RewardError, type Score, type Scorer, type ScoreItem } from '@plaudit/reward'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Most models kept ready to score; each takes about as much memory as its file. */
const MOST_LOADED = 8
/** Text scored in one go, in UTF-16 units: a few milliseconds, so that other requests are not kept waiting. */
const TURN_LENGTH = 200_000

export type Scorers = ReturnType<typeof modelScorers>

/** Models loaded for scoring, the least recently used given up first. A version never changes, so a loaded model is always right. */
export function modelScorers(fileOf: (id: string) => Promise<Uint8Array>) {
  const loaded = new Map<string, Promise<Scorer>>()

  function scorerOf(id: string): Promise<Scorer> {
    const scorer = loaded.get(id) ?? fileOf(id).then(loadRewardModel)
    loaded.delete(id)
    loaded.set(id, scorer)
    scorer.catch(() => loaded.delete(id))
    const [oldest] = loaded.keys()
    if (loaded.size > MOST_LOADED && oldest !== undefined) loaded.delete(oldest)
    return scorer
  }

  /**
   * Scores outputs in the order given, giving way to other work in between.
   * @throws ApiError `unprocessable` when the model was made by another version of Plaudit.
   */
  async function score(id: string, items: readonly ScoreItem[]): Promise<Score[]> {
    const scorer = await scorerOf(id).catch((cause: unknown) => {
      if (cause instanceof RewardError) throw new ApiError('unprocessable', cause.message, { cause })
      throw cause
    })
    const scores: Score[] = []
    for (let begin = 0; begin < items.length;) {
      let end = begin
      let length = 0
      while (end < items.length && length < TURN_LENGTH) {
        length += items[end]!.input.length + items[end]!.output.length
        end += 1
      }
      scores.push(...scorer.score(items.slice(begin, end)))
      begin = end
      if (begin < items.length) await nextTurn()
    }
    return scores
  }

  return { score }
}
