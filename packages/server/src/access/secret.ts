import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secret that signs session cookies: as configured, else made once and kept in the data directory, readable by its owner alone. */
export function sessionSecret({ secret, dataDir }: { secret?: string | undefined; dataDir: string }): string {
  if (secret !== undefined) return secret
  const path = join(dataDir, 'session-secret')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(path, 'utf8').trim()
}
