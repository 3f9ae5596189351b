import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { type EventStore, openEventStore } from '../events/event-store.ts'
import { connectClickhouse } from './clickhouse.ts'
import { lockDataDir } from './data-dir-lock.ts'
import type { Db } from './schema.ts'
import { keepEmbeddedClickhouse } from './keep-embedded-clickhouse.ts'
import { migrateClickhouse } from './migrate-clickhouse.ts'
import { connectPostgres, migratePostgres, openEmbeddedPostgres, type Postgres } from './postgres.ts'

type Closer = () => Promise<void> | void

export type StoreConfig = Pick<Config, 'dataDir' | 'clickhouseUrl' | 'postgresUrl'>
export type Stores = { events: EventStore; postgres: Postgres; db: Db; close(): Promise<void> }

/**
 * Opens both stores, embedded or remote as the configuration says, side by side, and brings them to the newest schema.
 * @throws ApiError with a sentence that says what to do; whatever was opened is closed again.
 */
export async function openStores(config: StoreConfig, log: Logger): Promise<Stores> {
  const closers: Closer[] = []
  const closeAll = async () => {
    for (const close of closers.toReversed()) await close()
  }
  // The lock comes first and goes last. Servers whose stores are both remote keep nothing in the directory and may share it.
  if (config.clickhouseUrl === null || config.postgresUrl === null) closers.push(lockDataDir(config.dataDir))
  const opening = await Promise.allSettled([openEvents(config, closers, log), openPostgres(config, closers)])
  const failed = opening.find((result) => result.status === 'rejected')
  const [events, postgres] = opening
  if (failed !== undefined || events.status === 'rejected' || postgres.status === 'rejected') {
    await closeAll()
    throw failed?.reason
  }
  return { events: events.value, postgres: postgres.value, db: postgres.value.db, close: closeAll }
}

async function openEvents({ clickhouseUrl, dataDir }: StoreConfig, closers: Closer[], log: Logger) {
  let url = clickhouseUrl
  if (url === null) {
    const engine = await keepEmbeddedClickhouse(join(dataDir, 'events'), log)
    closers.push(() => engine.close())
    url = engine.url
  }
  const clickhouse = await connectClickhouse(url)
  const alone = clickhouseUrl === null ? { journalDir: join(dataDir, 'events', 'journal'), log } : null
  // Before the migrations: what an earlier process left in the journal was written for the tables as they are.
  const events = await openEventStore(clickhouse, alone)
  closers.push(() => events.close())
  await migrateClickhouse(clickhouse)
  return events
}

async function openPostgres({ postgresUrl, dataDir }: StoreConfig, closers: Closer[]) {
  const postgres = postgresUrl === null ? await openEmbeddedPostgres(join(dataDir, 'postgres')) : await connectPostgres(postgresUrl)
  closers.push(() => postgres.close())
  await migratePostgres(postgres)
  return postgres
}
