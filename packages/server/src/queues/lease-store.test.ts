import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migratePostgres, openEmbeddedPostgres, type Postgres } from '../db/postgres.ts'
import { type Claim, leaseStore, type Submission } from './lease-store.ts'
import { judgmentStore } from './judgment-store.ts'
import { queueStore } from './store.ts'

const MINUTE = 60_000
const start = new Date('2026-05-04T09:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * MINUTE)

describe('leases', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-leases-'))
  let postgres: Postgres
  let leases: ReturnType<typeof leaseStore>
  let queues: ReturnType<typeof queueStore>
  let queueId: string

  beforeAll(async () => {
    postgres = await openEmbeddedPostgres(dataDir)
    await migratePostgres(postgres)
    leases = leaseStore(postgres.db)
    queues = queueStore(postgres.db)
  })
  afterAll(async () => {
    await postgres.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await leases.expire(later(1_000_000))
    await newQueue(2, 3)
  })

  async function newQueue(overlap: number, items: number) {
    const [projectId, rubricId] = [uuidv7(), uuidv7()]
    queueId = uuidv7()
    await postgres.db.insertInto('project').values({ id: projectId, name: 'p', slug: projectId }).execute()
    await postgres.db.insertInto('document').values({ id: rubricId, project_id: projectId, kind: 'rubric', newest: 1 }).execute()
    await queues.insert(
      {
        id: queueId,
        projectId,
        name: 'q',
        itemKind: 'trace',
        rubricId,
        guidelineId: null,
        overlap,
        settings: { rule: null } as never,
        state: 'open',
        createdBy: 'lead',
      },
      start,
    )
    await addItems(overlap, items)
  }
  const addItems = (overlap: number, items: number, gold: Record<string, unknown> | null = null) =>
    queues.insertItems(
      queueId,
      overlap,
      Array.from({ length: items }, (_, index) => ({
        id: uuidv7(),
        target: { kind: 'trace', traceId: 'a'.repeat(32) } as never,
        targetKey: `${gold === null ? 'item' : 'gold'} ${index}`,
        priority: 0,
        position: index / items,
        gold,
        stratum: null,
        inclusionProbability: null,
        plan: null,
        planVersion: null,
        preview: '',
      })),
    )
  const claim = async (personId: string, changes: Partial<Claim> = {}) => {
    const now = changes.now ?? start
    const expiresAt = new Date(now.getTime() + 10 * MINUTE)
    return (await leases.claim({ leaseId: uuidv7(), queueId, personId, now, expiresAt, after: -1, ...changes }))?.lease ?? null
  }
  const submission = (leaseId: string, personId: string, changes: Partial<Submission> = {}): Submission => ({
    leaseId,
    personId,
    submissionId: uuidv7(),
    answers: { helpful: 3 },
    rationales: {},
    presentation: {},
    rubricVersion: 1,
    guidelineVersion: null,
    activeMs: 1_000,
    goldCorrect: null,
    now: start,
    ...changes,
  })
  const progress = async () => (await queues.progress([queueId])).get(queueId)!

  test("another person's lease cannot be submitted, extended, skipped or drafted", async () => {
    const lease = await claim('ann')
    expect(await leases.submit(submission(lease!.id, 'bob'))).toBeNull()
    expect(await leases.extend(lease!.id, 'bob', start, later(60))).toBe(false)
    expect(await leases.skip(lease!.id, 'bob', 'other', '', false)).toBe(false)
    expect(await leases.saveDraft(lease!.id, 'bob', { answers: {}, rationales: {}, activeMs: 0 })).toBeNull()
  })

  test('nobody gets an item twice, and no item more people than its overlap', async () => {
    for (const person of ['ann', 'bob']) for (let i = 0; i < 3; i += 1) expect(await claim(person)).not.toBeNull()
    expect(await claim('ann')).toBeNull()
    expect(await claim('cid')).toBeNull()
    expect(await progress()).toMatchObject({ items: 3, done: 0, leased: 3, open: 3 })
  })

  test('a lease that ran out gives its place back, and its owner can take the item again with the draft', async () => {
    await newQueue(1, 1)
    const lease = await claim('ann')
    await leases.saveDraft(lease!.id, 'ann', { answers: { helpful: 2 }, rationales: {}, activeMs: 5 })
    expect(await leases.expire(later(5))).toBe(0)
    expect(await leases.expire(later(11))).toBe(1)
    expect(await claim('ann', { now: later(12) })).toMatchObject({ id: lease!.id, draft: { answers: { helpful: 2 } } })
  })

  test('claims and submits that share a statement keep to the places that there are', async () => {
    await newQueue(1, 2)
    // Two people and one of them on two devices: both items go out once, and the third gets nothing.
    const claims = await Promise.all(['ann', 'ann', 'bob'].map((person) => claim(person)))
    const held = claims.filter((lease) => lease !== null)
    expect(new Set(held.map(({ itemId }) => itemId)).size).toBe(2)
    expect(held).toHaveLength(2)

    // Everything ran out, and one item is in other hands: of two late judgments on the other one the first takes its place.
    await newQueue(1, 1)
    const ann = await claim('ann')
    await leases.expire(later(11))
    const bob = await claim('bob', { now: later(12) })
    await leases.expire(later(23))
    const late = (leaseId: string, person: string, minutes: number) => leases.submit(submission(leaseId, person, { now: later(minutes) }))
    expect(await Promise.all([late(ann!.id, 'ann', 31), late(bob!.id, 'bob', 30)])).toEqual(['late', 'submitted'])
    expect(await progress()).toMatchObject({ done: 1, judgments: 1, leased: 0 })
  })

  test('the same lease submitted twice at once is one judgment, and a judgment that cannot be stored harms no other', async () => {
    const [ann, bob] = [await claim('ann'), await claim('bob')]
    const outcomes = await Promise.allSettled([
      leases.submit(submission(ann!.id, 'ann', { answers: { helpful: 1 } })),
      leases.submit(submission(ann!.id, 'ann', { answers: { helpful: 2 } })),
      leases.submit(submission(bob!.id, 'bob', { answers: { helpful: '\u0000' } })),
    ])
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual(['submitted', null, 'refused'])
    expect(await judgmentStore(postgres.db).onItems([ann!.itemId])).toMatchObject([{ personId: 'ann', answers: { helpful: 1 } }])
    expect(await leases.submit(submission(bob!.id, 'bob'))).toBe('submitted')
  })

  test('a late judgment counts while there is a place, and is kept as late when there is none', async () => {
    await newQueue(1, 1)
    const ann = await claim('ann')
    await leases.expire(later(11))
    const bob = await claim('bob', { now: later(12) })
    expect(await leases.submit(submission(bob!.id, 'bob'))).toBe('submitted')
    expect(await leases.submit(submission(ann!.id, 'ann', { now: later(13) }))).toBe('late')
    expect((await judgmentStore(postgres.db).onItems([ann!.itemId])).map(({ personId, state }) => [personId, state])).toEqual([
      ['bob', 'accepted'],
      ['ann', 'late'],
    ])
    expect(await progress()).toMatchObject({ done: 1, judgments: 1 })
  })

  test('a skip frees the place but never makes an item done; some reasons need a lead', async () => {
    await newQueue(1, 1)
    const ann = await claim('ann')
    await leases.skip(ann!.id, 'ann', 'not_my_expertise', '', false)
    expect(await claim('ann')).toBeNull()
    const bob = await claim('bob')
    await leases.skip(bob!.id, 'bob', 'guideline_unclear', 'Which date counts?', true)
    expect(await claim('cid')).toBeNull()
    expect(await progress()).toMatchObject({ done: 0, needsLead: 1, open: 1 })
  })

  test('the last judgment can be reopened and submitted again', async () => {
    await newQueue(1, 1)
    const lease = await claim('ann')
    await leases.submit(submission(lease!.id, 'ann', { answers: { helpful: 1 } }))
    expect(await leases.reopen('ann', queueId, later(20))).toMatchObject({ id: lease!.id, draft: { answers: { helpful: 1 } } })
    expect(await progress()).toMatchObject({ done: 0, judgments: 0 })
    expect(await claim('bob')).toBeNull()
    await leases.submit(submission(lease!.id, 'ann', { answers: { helpful: 2 } }))
    expect(await progress()).toMatchObject({ done: 1, judgments: 1 })
  })

  test('gold has a place for everybody, once', async () => {
    await addItems(2, 1, { helpful: 3 })
    const goldFor = (personId: string) => leases.claimGold({ leaseId: uuidv7(), queueId, personId, now: start, expiresAt: later(10) })
    const ann = await goldFor('ann')
    expect(ann).toMatchObject({ gold: { helpful: 3 } })
    expect(await goldFor('ann')).toBeNull()
    for (const person of ['bob', 'cid', 'dee']) expect(await goldFor(person)).not.toBeNull()
    await leases.submit(submission(ann!.id, 'ann', { goldCorrect: 1 }))
    expect(await progress()).toMatchObject({ items: 3, judgments: 0 })
  })

  test('more overlap opens finished items again, less closes them', async () => {
    await newQueue(1, 2)
    const lease = await claim('ann')
    await leases.submit(submission(lease!.id, 'ann'))
    const queue = (await queues.byId(queueId))!
    await queues.update({ ...queue, overlap: 2 }, start)
    expect(await progress()).toMatchObject({ done: 0, judgmentsNeeded: 4 })
    await queues.update({ ...queue, overlap: 1 }, start)
    expect(await progress()).toMatchObject({ done: 1 })
  })

  test('fifty people at once: every item gets exactly its judgments, none twice by one person', async () => {
    await newQueue(3, 120)
    let judged = 0
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const person = `person ${index}`
        for (let lease = await claim(person); lease !== null; lease = await claim(person)) {
          if ((await leases.submit(submission(lease.id, person))) !== null) judged += 1
        }
      }),
    )
    expect(judged).toBe(360)
    expect(await progress()).toMatchObject({ items: 120, done: 120, judgments: 360, leased: 0 })
    const rows = await postgres.db.selectFrom('assignment').select(['item_id', 'person_id']).where('queue_id', '=', queueId).execute()
    expect(new Set(rows.map((row) => `${row.item_id} ${row.person_id}`)).size).toBe(360)
  })
})
