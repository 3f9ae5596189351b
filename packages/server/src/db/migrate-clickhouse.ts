import type { Clickhouse } from './clickhouse.ts'
import { clickhouseMigrations } from './migrations/clickhouse.ts'

/**
 * Brings the event store to the newest schema. Every statement can be repeated, so a migration that was cut off is simply applied again;
 * it is recorded once all of its statements are done.
 */
export async function migrateClickhouse(clickhouse: Clickhouse): Promise<void> {
  await clickhouse.command(
    `CREATE TABLE IF NOT EXISTS migration (name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
     ENGINE = ReplacingMergeTree ORDER BY name SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  )
  const applied = new Set((await clickhouse.query<{ name: string }>('SELECT name FROM migration FINAL')).map((row) => row.name))
  for (const { name, statements } of clickhouseMigrations) {
    if (applied.has(name)) continue
    for (const statement of statements) await clickhouse.command(statement)
    await clickhouse.insert('migration FORMAT JSONEachRow', [Buffer.from(JSON.stringify({ name }))], name)
  }
}
