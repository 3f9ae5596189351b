import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { ApiError } from '@plaudit/protocol'
import pRetry from 'p-retry'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

export const DATABASE = 'plaudit'

/** The event store's connection: parametrised queries out, pre-encoded rows in. */
export type Clickhouse = {
  /** Rows of a SELECT. User values go into `params` only and are written `{name:Type}` in the SQL. 64-bit integers come as strings. */
  query<T>(sql: string, params?: Record<string, unknown>): Promise<T[]>
  /** The same for results that must not be held as a whole: rows as arrays, in the order of the columns, some at a time. */
  stream<T extends unknown[]>(sql: string, params?: Record<string, unknown>): AsyncIterable<T[]>
  /** A statement without rows: DDL, or an erasure. */
  command(sql: string, params?: Record<string, unknown>): Promise<void>
  /**
   * Appends rows that are encoded already. `into` says where they go and how they are written, as in `spans (name) FORMAT RowBinary`. The same
   * token again within the table's window is the same insert.
   */
  insert(into: string, chunks: readonly Uint8Array[], token: string): Promise<void>
  ping(): Promise<boolean>
  close(): Promise<void>
}

const settings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  do_not_merge_across_partitions_select_final: 1,
  // Embedded and small servers have few cores; a wide fan-out only adds latency there.
  async_insert: 0,
} as const

/**
 * Connects to a ClickHouse server and makes sure that its database exists.
 * @throws ApiError `unprocessable` with the address (never the password) when the server does not answer or refuses.
 */
export async function connectClickhouse(url: string): Promise<Clickhouse> {
  const { origin, pathname, username, password } = parseUrl(url)
  const options = {
    url: origin,
    pathname,
    ...(username === '' ? {} : { username: decodeURIComponent(username), password: decodeURIComponent(password) }),
    request_timeout: 60_000,
    max_open_connections: 32,
    keep_alive: { idle_socket_ttl: 20_000 },
    compression: { request: false, response: false },
    // Errors are thrown to whoever asked; the client's own log would repeat them.
    log: { level: ClickHouseLogLevel.OFF },
  }
  const admin = createClient(options)
  try {
    await admin.command({ query: `CREATE DATABASE IF NOT EXISTS ${DATABASE} ENGINE = Atomic` })
  } catch (cause) {
    throw new ApiError('unprocessable', `The event store at ${origin} cannot be used: ${messageOf(cause)} Check PLAUDIT_CLICKHOUSE_URL.`, {
      cause,
    })
  } finally {
    await admin.close()
  }
  return wrap(createClient({ ...options, database: DATABASE, clickhouse_settings: { ...settings } }))
}

function wrap(client: ClickHouseClient): Clickhouse {
  return {
    query: <T>(sql: string, params: Record<string, unknown> = {}) =>
      patiently(async () => {
        const result = await client.query({ query: sql, query_params: params, format: 'JSONEachRow' })
        return result.json<T>()
      }),
    async *stream<T extends unknown[]>(sql: string, params: Record<string, unknown> = {}) {
      const result = await patiently(() => client.query({ query: sql, query_params: params, format: 'JSONCompactEachRow' }))
      for await (const rows of result.stream<T>()) yield rows.map((row) => row.json() as T)
    },
    async command(sql, params = {}) {
      await patiently(() => client.command({ query: sql, query_params: params }))
    },
    insert: (into, chunks, token) =>
      patiently(async () => {
        const { stream } = await client.exec({
          query: `INSERT INTO ${into}`,
          values: Readable.from(chunks, { objectMode: false }),
          // What is imported may be years old: each month is a partition.
          clickhouse_settings: { insert_deduplication_token: token, max_partitions_per_insert_block: '0' },
        })
        // The connection goes back to the pool once the (empty) answer is read.
        await finished(stream.resume())
      }),
    async ping() {
      return (await client.ping({ select: true })).success
    },
    close: () => client.close(),
  }
}

/** Codes with which the engine says that it has too much to do or too little room: timeouts, too many queries or parts, memory, disk. */
const busy = new Set(['159', '202', '209', '241', '243', '252', '439'])
/** Codes with which it says that rows cannot be what they should be: parsing, types, ranges, and names that the table does not have. */
const unfit = new Set([
  '6',
  '16',
  '26',
  '27',
  '32',
  '33',
  '38',
  '41',
  '47',
  '53',
  '60',
  '62',
  '69',
  '70',
  '72',
  '117',
  '128',
  '131',
  '321',
  '349',
])
const broken = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND'])

/**
 * Bridges the moment in which the engine restarts or a connection breaks. Everything sent may be sent again: reads, statements that can be
 * repeated, and inserts, which carry a token.
 * @throws ApiError `overloaded` when the store stays away for longer than about four seconds.
 */
function patiently<T>(ask: () => Promise<T>): Promise<T> {
  return pRetry(ask, { retries: 8, minTimeout: 50, maxTimeout: 1_000, factor: 2, shouldRetry: ({ error }) => isBroken(error) }).catch(
    (cause: unknown) => {
      const isLate = cause instanceof Error && cause.message === 'Timeout error.'
      if (isLate || (cause instanceof ClickHouseError && busy.has(cause.code)))
        throw new ApiError('overloaded', 'The event store is busy. Send this again in a few seconds.', { cause })
      if (!isBroken(cause)) throw cause
      throw new ApiError('overloaded', 'The event store does not answer. Send this again in a few seconds.', { cause })
    },
  )
}

/** Whether an insert failed because of its rows, so that trying again is of no use. */
export function areRowsUnfit(error: unknown): boolean {
  return error instanceof ClickHouseError && unfit.has(error.code)
}

function isBroken(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return (code !== undefined && broken.has(code)) || /socket hang up|aborted|premature close/i.test(message ?? '')
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new ApiError('unprocessable', 'PLAUDIT_CLICKHOUSE_URL must be an address like http://user:password@host:8123.')
  return url
}

function messageOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message || ((cause as NodeJS.ErrnoException).code ?? cause.name) : String(cause)
  return message.endsWith('.') ? message : `${message}.`
}
