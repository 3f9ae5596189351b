import { PGlite } from '@electric-sql/pglite'
import { ApiError } from '@plaudit/protocol'
import { Kysely, PGliteDialect, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import { createHash } from 'node:crypto'
import { Pool } from 'pg'
import type { Database, Db } from './schema.ts'
import { postgresMigrations } from './migrations/postgres.ts'

/** Any number that no other program uses as an advisory lock. */
const MIGRATION_LOCK = 7_284_551_936

type Row = Record<string, unknown>

/** The transactional store. `execute` runs plain SQL of libraries that bring their own (the job queue) and returns the rows of every statement. */
export type Postgres = {
  db: Db
  execute(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** PostgreSQL in this process, over `dataDir`. The caller holds the data directory's lock. */
export async function openEmbeddedPostgres(dataDir: string): Promise<Postgres> {
  const pglite = await PGlite.create({ dataDir, relaxedDurability: false })
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) }) as Db
  return {
    db,
    async execute(text, values = []) {
      // A text of several statements has no parameters, and only `exec` takes it.
      if (values.length > 0) return pglite.query<Row>(text, values)
      const results = await pglite.exec(text)
      return { rows: results.flatMap((result) => result.rows as Row[]) }
    },
    ping: () => answers(db),
    close: () => db.destroy(),
  }
}

/**
 * A PostgreSQL server.
 * @throws ApiError `unprocessable` with host and database (never the password) when it does not answer or refuses.
 */
export async function connectPostgres(url: string): Promise<Postgres> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw new ApiError('unprocessable', 'PLAUDIT_POSTGRES_URL must be an address like postgres://user:password@host:5432/database.')
  const pool = new Pool({ connectionString: url, max: 16, connectionTimeoutMillis: 10_000 })
  // Without a listener, a connection that breaks while idle would end the process; the next query reports it instead.
  pool.on('error', () => {})
  try {
    await pool.query('SELECT 1')
  } catch (cause) {
    await pool.end()
    const { host, pathname } = new URL(url)
    const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : 'no answer'
    throw new ApiError('unprocessable', `PostgreSQL at ${host}${pathname} cannot be used: ${reason}. Check PLAUDIT_POSTGRES_URL.`, {
      cause,
    })
  }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: keepingPlans(pool) }) }) as Db
  return {
    db,
    async execute(text, values) {
      // A text of several statements answers with a list of results.
      const results: { rows: Row[] } | { rows: Row[] }[] = await pool.query<Row>(text, values)
      return { rows: Array.isArray(results) ? results.flatMap((result) => result.rows) : results.rows }
    },
    ping: () => answers(db),
    close: () => db.destroy(),
  }
}

const KEEP_PLAN = '/* plan is kept */'

/** Begins the text of a statement that is sent so often that its plan is kept with the connection: planning it costs more than running it. */
export const keepPlan = sql.raw(KEEP_PLAN)

/**
 * A pool whose connections keep the plans of marked statements. The others are planned each time, so that a change of the schema by another
 * server (which such a plan would not survive) concerns only statements that name all of their columns.
 */
function keepingPlans(pool: Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = createHash('sha256').update(text).digest('hex').slice(0, 40)
    names.set(text, name)
    return name
  }
  return {
    async connect() {
      const client = await pool.connect()
      const query = (text: string, values: unknown[]) =>
        client.query(text.startsWith(KEEP_PLAN) ? { name: nameOf(text), text, values } : { text, values })
      // Kysely also asks for cursors where it streams, which nothing here does.
      return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() }
    },
    options: pool.options,
    end: () => pool.end(),
  }
}

async function answers(db: Db): Promise<boolean> {
  return sql`SELECT 1`.execute(db).then(
    () => true,
    () => false,
  )
}

/** Brings the transactional store to the newest schema, one server at a time, each migration in one transaction. */
export async function migratePostgres(postgres: Postgres): Promise<void> {
  await postgres.db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(tx)
    await sql`CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`.execute(tx)
    const { rows } = await sql<{ name: string }>`SELECT name FROM migration`.execute(tx)
    const applied = new Set(rows.map((row) => row.name))
    for (const migration of postgresMigrations) {
      if (applied.has(migration.name)) continue
      for (const statement of migration.sql.split(/;\s*$/m)) if (statement.trim() !== '') await sql.raw(statement).execute(tx)
      await sql`INSERT INTO migration (name) VALUES (${migration.name})`.execute(tx)
    }
  })
}
