import type { ServerContext } from '../http/context.ts'
import { consensusService } from './consensus-service.ts'

/** A burst of judgments is waited for until it pauses this long, so that one inference serves them all; */
const PAUSE_MS = 2_000
/** but no longer than this where they never pause. */
const LONGEST_MS = 30_000
/** How often all projects are looked at without a hint, for judgments that other processes wrote. */
const SWEEP_MS = 60_000
/** A project rests this many times as long as its last inference took, so that a stream of judgments costs a tenth of one core at most. */
const REST = 10

/**
 * Keeps the consensus up with the judgments, so that overviews and exports can use it without waiting. Whoever needs it exactly as of now asks
 * `refresh` of the service.
 */
export function startConsensusWorker(context: Pick<ServerContext, 'events' | 'clock' | 'log'>): { close(): Promise<void> } {
  const { events, log } = context
  const consensus = consensusService(context)
  const waiting = new Map<string, { timer: NodeJS.Timeout; sinceMs: number; newestMs: number }>()
  const restUntil = new Map<string, number>()
  let running: Promise<void> = Promise.resolve()
  let closed = false

  function plan(projectId: string): void {
    const now = performance.now()
    const planned = waiting.get(projectId)
    if (planned !== undefined) planned.newestMs = now
    else if (!closed) {
      const timer = setTimeout(() => start(projectId), Math.max(PAUSE_MS, (restUntil.get(projectId) ?? 0) - now))
      timer.unref()
      waiting.set(projectId, { timer, sinceMs: now, newestMs: now })
    }
  }

  function start(projectId: string): void {
    const planned = waiting.get(projectId)
    if (planned === undefined) return
    const dueMs = Math.min(planned.newestMs + PAUSE_MS, planned.sinceMs + LONGEST_MS) - performance.now()
    if (dueMs > 1) {
      planned.timer = setTimeout(() => start(projectId), dueMs)
      planned.timer.unref()
    } else {
      waiting.delete(projectId)
      running = running.then(() => refresh(projectId))
    }
  }

  async function refresh(projectId: string): Promise<void> {
    if (closed) return
    const began = performance.now()
    await consensus.refresh(projectId).catch((error: unknown) => {
      if (!closed) log.error({ err: error, projectId }, 'the consensus could not be brought up to date; it will be tried again')
    })
    const ended = performance.now()
    restUntil.set(projectId, ended + REST * (ended - began))
  }

  async function sweep(): Promise<void> {
    const projects = await consensus.projects().catch((error: unknown) => {
      if (!closed) log.warn({ err: error }, 'projects were not looked at for consensus')
      return []
    })
    for (const projectId of projects) plan(projectId)
  }

  const stopListening = events.onFeedback(plan)
  const timer = setInterval(() => void sweep(), SWEEP_MS)
  timer.unref()
  const first = sweep()
  return {
    async close() {
      closed = true
      stopListening()
      clearInterval(timer)
      for (const { timer: planned } of waiting.values()) clearTimeout(planned)
      await first
      await running
    },
  }
}
