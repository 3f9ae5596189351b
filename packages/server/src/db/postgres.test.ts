import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TransactionalStoreTarget, transactionalStoreTargets } from '../test-support/transactional-store-target.ts'
import { postgresMigrations } from './migrations/postgres.ts'
import { connectPostgres, migratePostgres, type Postgres } from './postgres.ts'

describe.each(transactionalStoreTargets)('the transactional store, $kind', ({ kind, open }) => {
  let target: TransactionalStoreTarget
  let postgres: Postgres
  const setting = (name: string, value: unknown) => ({ name, value: JSON.stringify(value) })

  beforeAll(async () => {
    target = await open()
    postgres = await target.open()
  })
  afterAll(async () => {
    await postgres.close()
    await target.remove()
  })

  test('is migrated once, also by several servers at the same time', async () => {
    // An embedded store belongs to one process, so there only its own connection can race with itself.
    const others = kind === 'remote' ? [await target.open(), await target.open()] : [postgres]
    await Promise.all([postgres, ...others].map((one) => migratePostgres(one)))
    await migratePostgres(postgres)
    const { rows } = await sql<{ name: string }>`SELECT name FROM migration ORDER BY name`.execute(postgres.db)
    expect(rows.map(({ name }) => name)).toEqual(postgresMigrations.map(({ name }) => name))
    for (const other of others) if (other !== postgres) await other.close()
  })

  test('returns JSON, times and bytes as they were given', async () => {
    const file = new Uint8Array([0, 255, 128])
    const time = new Date('2026-05-04T12:30:00.123Z')
    await postgres.db
      .insertInto('setting')
      .values(setting('json', { list: [1, 'שלום 👋', null] }))
      .execute()
    const { value } = await postgres.db.selectFrom('setting').select('value').where('name', '=', 'json').executeTakeFirstOrThrow()
    expect(value).toEqual({ list: [1, 'שלום 👋', null] })
    const { rows } = await sql<{ bytes: Uint8Array; at: Date }>`SELECT ${file}::bytea AS bytes, ${time}::timestamptz AS at`.execute(
      postgres.db,
    )
    expect(rows[0]?.at).toEqual(time)
    expect(new Uint8Array(rows[0]?.bytes ?? [])).toEqual(file)
  })

  test('a transaction that fails leaves nothing behind, and the store goes on', async () => {
    const failing = postgres.db.transaction().execute(async (tx) => {
      await tx.insertInto('setting').values(setting('half', 1)).execute()
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await postgres.db.selectFrom('setting').select('name').where('name', '=', 'half').execute()).toEqual([])
  })

  test('counters that many transactions raise at once miss none', async () => {
    await postgres.db.insertInto('setting').values(setting('counter', 0)).execute()
    const raise = () =>
      postgres.db.transaction().execute(async (tx) => {
        const { value } = await tx.selectFrom('setting').select('value').where('name', '=', 'counter').forUpdate().executeTakeFirstOrThrow()
        await tx
          .updateTable('setting')
          .set({ value: JSON.stringify(Number(value) + 1) })
          .where('name', '=', 'counter')
          .execute()
      })
    await Promise.all(Array.from({ length: 20 }, raise))
    const { value } = await postgres.db.selectFrom('setting').select('value').where('name', '=', 'counter').executeTakeFirstOrThrow()
    expect(value).toBe(20)
  })

  test('keeps what was committed when it is closed and opened again', async () => {
    await postgres.db.insertInto('setting').values(setting('kept', true)).execute()
    await postgres.close()
    postgres = await target.open()
    expect(await postgres.ping()).toBe(true)
    const { value } = await postgres.db.selectFrom('setting').select('value').where('name', '=', 'kept').executeTakeFirstOrThrow()
    expect(value).toBe(true)
  })
})

test('an address that cannot be used is named, without its password', async () => {
  const refused = connectPostgres('postgres://someone:secret@127.0.0.1:9/plaudit')
  await expect(refused).rejects.toThrow(/PostgreSQL at 127\.0\.0\.1:9\/plaudit cannot be used.*PLAUDIT_POSTGRES_URL/)
  await expect(refused).rejects.not.toThrow(/secret/)
  await expect(connectPostgres('mysql://somewhere')).rejects.toThrow(/must be an address like/)
})
