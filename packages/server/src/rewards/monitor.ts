import { sessionSecret } from '../access/secret.ts'
import { secretBox } from '../access/secret-box.ts'
import type { ServerContext } from '../http/context.ts'
import { idempotentId } from '../feedback/idempotency.ts'
import { feedbackService } from '../feedback/service.ts'
import { modelScorers } from './scorers.ts'
import { modelKey } from './service.ts'
import { type ScorableSpan, scorableSpanStore } from './span-store.ts'
import { type ModelRow, rewardStore } from './store.ts'

/** Spans scored and written together. */
const PAGE = 500
/** How long a span may take from its version to the disk: new spans are looked for this far behind the last one seen. */
const OVERLAP_MS = 30_000
/** How often the store is looked at without a hint, for spans that other processes wrote and runs that people began. */
const TICK_MS = 1_000
/** Pause after a hint, so that a burst of small requests is scored together. */
const GATHER_MS = 50
/** A model that fails again and again (an encoder that is away) is tried less and less often, down to once in this time. */
const MOST_REST_MS = 60_000

export type RewardMonitor = { close(): Promise<void> }

/**
 * Scores every new generation of a project with its active and shadow models, and stored generations on request (backfill), as feedback of a
 * model author. The event store itself is the queue: each model remembers how far it has come, so nothing is kept in memory, ingest is never
 * slowed, and after a crash it goes on where it was. A score has an id made from its span and model version, so a repeat writes nothing new.
 */
export function startRewardMonitor({
  db,
  events,
  config,
  clock,
  log,
  embeddings,
}: Pick<ServerContext, 'db' | 'events' | 'config' | 'clock' | 'log' | 'embeddings'>): RewardMonitor {
  const store = rewardStore(db)
  const spans = scorableSpanStore(events)
  const feedback = feedbackService({ events, clock })
  const openKey = async (sealed: string) => secretBox(await sessionSecret(db, config.secret)).open(sealed)
  const scorers = modelScorers(store.file, openKey, embeddings.embedderOf)
  /** Ends what is being asked for when the server closes. */
  const ending = new AbortController()
  /** Models that could not score, with how often in a row and when they try again. */
  const resting = new Map<string, { times: number; until: number }>()
  let closed = false
  let wake: (() => void) | null = null
  let hinted = false
  /** Whether any model is at work; without one, hints are not worth a look. */
  let busy = true
  const stopListening = events.onSpans(() => {
    if (!busy) return
    hinted = true
    wake?.()
  })

  async function writeScores(model: ModelRow, found: readonly ScorableSpan[]): Promise<void> {
    if (found.length === 0) return
    const author = modelKey(model)
    const scores = await scorers.score(model, found, { signal: ending.signal })
    const results = await feedback.recordFeedback(
      model.projectId,
      found.map(({ traceId, spanId }, i) => ({
        id: idempotentId(model.projectId, `reward ${author} ${traceId} ${spanId}`, 0),
        target: { kind: 'span', traceId, spanId },
        criterion: 'reward',
        kind: 'rating',
        value: scores[i]?.reward,
        author: { kind: 'model', id: author },
        metadata: {
          ...known({ std: scores[i]?.std, novelty: scores[i]?.novelty }),
          model: model.name,
          version: String(model.version),
          state: model.state,
        },
      })),
    )
    const refused = results.find((result) => 'error' in result)
    if (refused !== undefined && 'error' in refused) log.warn({ model: author, reason: refused.error.message }, 'a score was refused')
  }

  /** Scores what arrived since the model's mark, and moves the mark. */
  async function scoreArrivals(model: ModelRow): Promise<void> {
    const mark = model.scoredTo?.getTime()
    if (mark === undefined || model.state === 'archived') return
    let reached = mark
    while (!closed) {
      const found = await spans.arrivals(model.projectId, modelKey(model), reached, PAGE)
      await writeScores(
        model,
        found.flatMap(({ span }) => (isSampled(span.spanId, model.sampleRate) ? [span] : [])),
      )
      const last = found.at(-1)
      if (last !== undefined) reached = Math.max(reached, last.arrivedMs)
      if (found.length < PAGE) break
    }
    // A version is given before its insert, and another process may still be writing one that is older than what was seen.
    const safe = Math.max(mark, Math.min(reached, clock().getTime() - OVERLAP_MS))
    if (safe > mark) await store.setScoredTo(model.id, new Date(safe))
  }

  /** Scores one page of stored spans. Returns whether there is more to do. */
  async function scoreStored(model: ModelRow): Promise<boolean> {
    const { backfill } = model
    if (backfill?.state !== 'running') return false
    const page = await spans.page(model.projectId, modelKey(model), {
      fromMs: backfill.from === null ? 0 : Date.parse(backfill.from),
      toMs: Date.parse(backfill.to),
      after: backfill.cursor,
      limit: PAGE,
    })
    const open = page.filter(({ scored }) => !scored).map(({ span }) => span)
    await writeScores(model, open)
    // A person may have stopped the run meanwhile.
    const now = await store.byId(model.projectId, model.id)
    if (now?.backfill?.state !== 'running') return false
    const more = page.length === PAGE
    await store.setBackfill(model.id, {
      ...backfill,
      state: more ? 'running' : 'done',
      cursor: page.at(-1)?.cursor ?? backfill.cursor,
      passed: backfill.passed + page.length,
      scored: backfill.scored + open.length,
      updatedAt: clock().toISOString(),
    })
    return more
  }

  async function pass(): Promise<boolean> {
    let more = false
    const models = await store.atWork()
    busy = models.length > 0
    for (const model of models) {
      if (closed) return false
      const rest = resting.get(model.id)
      if (rest !== undefined && performance.now() < rest.until) continue
      try {
        await scoreArrivals(model)
        more = (await scoreStored(model)) || more
        resting.delete(model.id)
      } catch (error) {
        const times = (rest?.times ?? 0) + 1
        resting.set(model.id, { times, until: performance.now() + Math.min(MOST_REST_MS, TICK_MS * 2 ** times) })
        // One model that cannot score (a file of another version, a store that is away) does not keep the others from it.
        if (!closed) log.error({ err: error, model: modelKey(model) }, 'scoring failed; it will be tried again')
      }
    }
    return more
  }

  async function run(): Promise<void> {
    while (!closed) {
      hinted = false
      const more = await pass().catch((error: unknown) => {
        if (!closed) log.error({ err: error }, 'reward models could not be read; it will be tried again')
        return false
      })
      if (closed) return
      await pause(more ? 0 : hinted ? GATHER_MS : TICK_MS)
    }
  }

  /** Waits, but not longer than a short while after a hint. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, ms)
      wake = () => {
        wake = null
        clearTimeout(timer)
        timer = setTimeout(resolve, closed ? 0 : GATHER_MS)
      }
    })
  }

  const running = run()
  return {
    async close() {
      closed = true
      ending.abort(new Error('the server closes'))
      stopListening()
      wake?.()
      await running
    },
  }
}

/** Numbers that exist, as metadata. */
function known(numbers: Record<string, number | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).flatMap(([name, value]) => (typeof value === 'number' ? [[name, String(value)]] : [])))
}

/** Whether a span belongs to the share that is scored: by its id, so that every model of the same rate scores the same spans. */
function isSampled(spanId: string, rate: number): boolean {
  return rate >= 1 || Number.parseInt(spanId.slice(-8), 16) / 2 ** 32 < rate
}
