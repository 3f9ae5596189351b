import type { Logger } from 'pino'
import { setTimeout as sleep } from 'node:timers/promises'
import { newEngineAddress, startEmbeddedClickhouse } from './embedded-clickhouse.ts'

const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 30_000

/** An engine that stays. `pid` is that of the process now serving. */
export type KeptClickhouse = { url: string; pid(): number; close(): Promise<void> }

/**
 * Starts the embedded engine and starts it again, over the same data and at the same address, whenever it ends by itself: killed for
 * memory, say. Requests that meet the gap wait for it (`clickhouse.ts`); while it cannot be started, `/readyz` says so.
 * @throws ApiError when the first start fails.
 */
export async function keepEmbeddedClickhouse(dataDir: string, log: Logger): Promise<KeptClickhouse> {
  const address = await newEngineAddress()
  const closing = new AbortController()
  let engine = await startEmbeddedClickhouse(dataDir, address)
  const watching = watch()

  async function watch(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    while (!closing.signal.aborted) {
      await engine.exited
      if (closing.signal.aborted) return
      log.error({ pid: engine.pid }, 'the embedded event store ended; starting it again')
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => {})
      try {
        engine = await startEmbeddedClickhouse(dataDir, address)
        pauseMs = FIRST_PAUSE_MS
        log.info({ pid: engine.pid }, 'the embedded event store runs again')
      } catch (error) {
        pauseMs = Math.min(pauseMs * 4, LONGEST_PAUSE_MS)
        log.error({ err: error, pauseMs }, 'the embedded event store cannot be started')
      }
    }
  }

  return {
    url: engine.url,
    pid: () => engine.pid,
    async close() {
      closing.abort()
      await engine.close()
      await watching
      // A start that was under way when closing began has just ended.
      await engine.close()
    },
  }
}
