import type { Person } from '@plaudit/protocol'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database, Queryable } from '../db/schema.ts'

/** Any number that no other lock of ours uses. */
const ACCOUNT_LOCK = 7_284_551_937

/** Lets one transaction at a time make accounts; held until it ends. */
export async function lockAccounts(tx: Transaction<Database>): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(ACCOUNT_LOCK)})`.execute(tx)
}

export async function anyAccount(db: Queryable): Promise<boolean> {
  return (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function personByEmail(db: Queryable, email: string): Promise<Person | null> {
  const row = await db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'mustChangePassword'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  return row ?? null
}

/** Who made the first account; ids are in the order of their making. */
export async function firstPersonId(db: Queryable): Promise<string | null> {
  const row = await db.selectFrom('user').select('id').orderBy('id').limit(1).executeTakeFirst()
  return row?.id ?? null
}

export type NewAccount = { name: string; email: string; passwordHash: string; mustChangePassword: boolean }

/** Adds a person who signs in with a password: the two rows that better-auth reads. */
export async function insertAccount(tx: Queryable, { passwordHash, ...given }: NewAccount): Promise<Person> {
  const person = { ...given, email: given.email.toLowerCase(), id: uuidv7() }
  await tx
    .insertInto('user')
    .values({ ...person, emailVerified: false })
    .execute()
  await tx
    .insertInto('account')
    .values({ id: uuidv7(), accountId: person.id, providerId: 'credential', userId: person.id, password: passwordHash })
    .execute()
  return person
}

/** Notes that the person has chosen a password. */
export async function passwordChosen(db: Queryable, personId: string): Promise<void> {
  await db.updateTable('user').set({ mustChangePassword: false }).where('id', '=', personId).execute()
}
