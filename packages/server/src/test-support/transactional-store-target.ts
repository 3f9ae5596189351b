import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { connectPostgres, openEmbeddedPostgres, type Postgres } from '../db/postgres.ts'
import { newDataDir } from './data-dir.ts'
import { postgresBin, startPostgres } from './start-postgres.ts'

/** A place where a transactional store can be opened, again and again, over the same data. */
export type TransactionalStoreTarget = { open(): Promise<Postgres>; remove(): Promise<void> }

async function embedded(): Promise<TransactionalStoreTarget> {
  const dir = await newDataDir('pglite')
  return {
    open: () => openEmbeddedPostgres(join(dir, 'postgres')),
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  }
}

async function remote(): Promise<TransactionalStoreTarget> {
  const server = await startPostgres(postgresBin() ?? '')
  const url = await server.newDatabase()
  return { open: () => connectPostgres(url), remove: () => server.remove() }
}

export type TransactionalStoreKind = { kind: 'embedded' | 'remote'; open: () => Promise<TransactionalStoreTarget> }
/** Every kind of transactional store that the contract is checked against on this machine. */
export const transactionalStoreTargets: TransactionalStoreKind[] = [{ kind: 'embedded', open: embedded }]
if (postgresBin() === null)
  console.warn('PostgreSQL is not installed, so its suites are skipped: set POSTGRES_BIN, or install the package postgresql.')
else transactionalStoreTargets.push({ kind: 'remote', open: remote })
