import { randomBytes } from 'node:crypto'
import type { Db } from '../db/schema.ts'

const NAME = 'session-secret'

/**
 * The secret that signs session cookies: as configured, else made once and kept in the transactional store, so that every server on it
 * knows the same one. Whoever can read it there can read the sessions themselves.
 */
export async function sessionSecret(db: Db, configured: string | null): Promise<string> {
  if (configured !== null) return configured
  const made = randomBytes(32).toString('base64url')
  await db
    .insertInto('setting')
    .values({ name: NAME, value: JSON.stringify(made) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirstOrThrow()
  return String(value)
}
