import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { newEngineAddress, startEmbeddedClickhouse } from '../db/embedded-clickhouse.ts'
import { keepEmbeddedClickhouse } from '../db/keep-embedded-clickhouse.ts'

/** A running ClickHouse to open an event store on. */
export type EventStoreTarget = {
  url: string
  /** Where the one process that writes to it keeps a journal; null where several may write. */
  journalDir: string | null
  /** Ends its process as a crash does; resolves once it serves the same data again. */
  crash(): Promise<void>
  remove(): Promise<void>
}

/** The engine as the server keeps it: it comes back by itself. */
async function embedded(): Promise<EventStoreTarget> {
  const dir = mkdtempSync(join(tmpdir(), 'plaudit-events-'))
  const engine = await keepEmbeddedClickhouse(dir, pino({ level: 'silent' }))
  return {
    url: engine.url,
    journalDir: join(dir, 'journal'),
    async crash() {
      process.kill(engine.pid(), 'SIGKILL')
    },
    async remove() {
      await engine.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Another server's engine, known by its address alone, which somebody else starts again. */
async function remote(): Promise<EventStoreTarget> {
  const dir = mkdtempSync(join(tmpdir(), 'plaudit-remote-events-'))
  const address = await newEngineAddress()
  let engine = await startEmbeddedClickhouse(dir, address)
  return {
    url: engine.url,
    journalDir: null,
    async crash() {
      process.kill(engine.pid, 'SIGKILL')
      await engine.exited
      engine = await startEmbeddedClickhouse(dir, address)
    },
    async remove() {
      await engine.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Every kind of event store that the contract is checked against. */
export const eventStoreTargets = [
  { kind: 'embedded', open: embedded },
  { kind: 'remote', open: remote },
] as const
