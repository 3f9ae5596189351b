import { PGlite } from '@electric-sql/pglite'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A new data directory for a test. Creating an embedded PostgreSQL takes seconds, so an empty one is made once per version and copied.
 * The copy has no schema: migrations run as on a first start.
 */
export async function newDataDir(name: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), `plaudit-${name}-`))
  cpSync(await emptyPostgres(), join(dataDir, 'postgres'), { recursive: true })
  return dataDir
}

async function emptyPostgres(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(readFileSync(join(dirname(main), '../package.json'), 'utf8')) as { version: string }
  const cache = join(dirname(fileURLToPath(import.meta.url)), '../../../../node_modules/.cache/plaudit')
  const template = join(cache, `postgres-${version}`)
  if (existsSync(template)) return template
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  await (await PGlite.create({ dataDir: draft })).close()
  try {
    renameSync(draft, template)
  } catch {
    // Another worker was faster.
    rmSync(draft, { recursive: true, force: true })
  }
  return template
}
