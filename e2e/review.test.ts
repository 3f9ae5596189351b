import { type PlauditClient, PlauditError, createClient, type Work } from '@plaudit/sdk'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './support/start-server.ts'
import { signInAs, type SignedIn } from './support/sign-in.ts'

const criteria = [
  { type: 'ordinal' as const, key: 'helpful', title: 'Helpful', points: [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) })) },
  { type: 'text' as const, key: 'why', title: 'Why', when: { criterion: 'helpful', in: [1] } },
]

describe('review queues over HTTP', () => {
  let server: TestServer
  let owner: SignedIn
  let program: PlauditClient
  const traceIds = Array.from({ length: 6 }, () => randomBytes(16).toString('hex'))
  const spanId = '00000000000000a1'

  beforeAll(async () => {
    server = await startTestServer()
    owner = await signInAs(server)
    program = createClient({ baseUrl: server.url, key: server.keys.secretKey })
    await program.traces.send(otlp(traceIds))
  })
  afterAll(() => server.remove())

  async function newQueue(settings: object = {}, itemIds = traceIds) {
    const rubric = await owner.client.rubrics.create({ name: 'Replies', criteria })
    const queue = await owner.client.queues.create({ name: 'Replies', itemKind: 'span', rubricId: rubric.id, ...settings })
    const filled = await owner.client.queues.fill(queue.id, {
      items: itemIds.map((traceId) => ({ target: { kind: 'span', traceId: traceId as never, spanId: spanId as never } })),
    })
    expect(filled).toMatchObject({ added: itemIds.length, refused: [] })
    return { queue, rubric }
  }
  const submit = (who: SignedIn, queueId: string, work: Work, answers: object) =>
    who.client.desk.submit(queueId, {
      leaseId: work.lease.id,
      submissionId: randomUUID(),
      answers: { ...answers },
      rubricVersion: work.rubricVersion,
      guidelineVersion: work.guidelineVersion,
    })
  const code = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof PlauditError ? error.code : error),
    )

  test('a reviewer may judge but not see the queue, a key may fill but not judge', async () => {
    const { queue } = await newQueue()
    const reviewer = await owner.addReviewer('first@example.com')
    expect(await code(reviewer.client.queues.list())).toBe('forbidden')
    expect(await code(reviewer.client.traces.list())).toBe('forbidden')
    expect(await code(program.desk.claim(queue.id))).toBe('forbidden')
    expect(await code(program.desk.similar(queue.id, randomUUID()))).toBe('forbidden')
    expect(await code(reviewer.client.desk.similar(queue.id, randomUUID()))).toBe('not_found')
    expect(await code(createClient({ baseUrl: server.url }).desk.claim(queue.id))).toBe('unauthenticated')
    expect((await reviewer.client.desk.get(queue.id)).remaining).toBe(6)
  })

  test('a rubric for comparisons does not fit single outputs, and changes collide visibly', async () => {
    const rubric = await owner.client.rubrics.create({ name: 'Pairs', criteria: [{ type: 'comparison', key: 'better', title: 'Better' }] })
    expect(await code(owner.client.queues.create({ name: 'Q', itemKind: 'span', rubricId: rubric.id }))).toBe('invalid_argument')
    const change = { name: 'Pairs', baseVersion: 1, criteria: [{ type: 'comparison' as const, key: 'better', title: 'Better?' }] }
    const both = await Promise.all([
      code(owner.client.rubrics.change(rubric.id, change)),
      code(owner.client.rubrics.change(rubric.id, change)),
    ])
    expect(both.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['conflict', 'done'])
    expect((await owner.client.rubrics.versions(rubric.id)).items.map(({ version }) => version)).toEqual([2, 1])
  })

  test('an item is shown without its model, and its judgment is feedback at once', async () => {
    const { queue } = await newQueue({}, traceIds.slice(0, 1))
    const { work } = await owner.client.desk.claim(queue.id)
    expect(work).toMatchObject({ available: true, outputs: [{ model: null, promptVersion: null }] })
    expect(JSON.stringify(work)).not.toContain('secret-model')
    expect(await code(submit(owner, queue.id, work!, {}))).toBe('unprocessable')
    expect(await code(submit(owner, queue.id, work!, { helpful: 1 }))).toBe('unprocessable')
    await submit(owner, queue.id, work!, { helpful: 1, why: 'It answers another question.' })
    const { items } = await program.feedback.list({ traceId: traceIds[0] as never })
    expect(items.map(({ criterion, value, author }) => [criterion, value, author.role])).toEqual(
      expect.arrayContaining([
        ['helpful', 1, 'lead'],
        ['why', 'It answers another question.', 'lead'],
      ]),
    )
    expect(items[0]?.presentation).toMatchObject({ rubric: { version: 1 }, modelShown: false })
    expect(await owner.client.queues.get(queue.id)).toMatchObject({ progress: { items: 1, done: 1 } })

    // Reopened and changed: the new judgment supersedes, and the question that is not asked any more is withdrawn.
    const again = await owner.client.desk.reopen(queue.id)
    expect(again.draft).toMatchObject({ answers: { helpful: 1 } })
    await submit(owner, queue.id, again, { helpful: 4 })
    const after = (await program.feedback.list({ traceId: traceIds[0] as never })).items
    expect(after.map(({ criterion, value }) => [criterion, value])).toEqual([['helpful', 4]])
  })

  test('the same submission twice is one judgment, another one is refused', async () => {
    const { queue } = await newQueue({}, traceIds.slice(1, 2))
    const { work } = await owner.client.desk.claim(queue.id)
    const body = { leaseId: work!.lease.id, submissionId: randomUUID(), answers: { helpful: 3 }, rubricVersion: 1, guidelineVersion: null }
    const [one, two] = await Promise.all([owner.client.desk.submit(queue.id, body), owner.client.desk.submit(queue.id, body)])
    expect(one).toEqual(two)
    expect(await code(owner.client.desk.submit(queue.id, { ...body, submissionId: randomUUID() }))).toBe('conflict')
    expect(await owner.client.queues.get(queue.id)).toMatchObject({ progress: { judgments: 1 } })
  })

  test('a new guideline version is read before the next item', async () => {
    const guideline = await owner.client.guidelines.create({ name: 'How to decide', body: 'Be fair.' })
    const { queue } = await newQueue({ guidelineId: guideline.id })
    expect(await code(owner.client.desk.claim(queue.id))).toBe('conflict')
    await owner.client.guidelines.acknowledge(guideline.id, 1)
    expect((await owner.client.desk.claim(queue.id)).work).not.toBeNull()
    await owner.client.guidelines.change(guideline.id, {
      name: 'How to decide',
      body: 'Be fair, and quick.',
      baseVersion: 1,
      note: 'Quick.',
    })
    expect(await code(owner.client.desk.claim(queue.id))).toBe('conflict')
    expect(await owner.client.desk.get(queue.id)).toMatchObject({
      acknowledgedVersion: 1,
      acknowledgedBody: 'Be fair.',
      guideline: { version: 2, note: 'Quick.' },
    })
  })

  test('what two people do not agree on comes to the lead, who decides, sends back, and corrects gold', async () => {
    const { queue } = await newQueue({ overlap: 2 }, traceIds.slice(2, 4))
    const [ann, bob] = [await owner.addReviewer('ann@example.com'), await owner.addReviewer('bob@example.com')]
    for (const [who, answer] of [
      [ann, 5],
      [bob, 2],
    ] as const) {
      for (const _ of [1, 2]) {
        const { work } = await who.client.desk.claim(queue.id)
        const same = work!.target.kind === 'span' && work!.target.traceId === traceIds[3]
        await submit(who, queue.id, work!, { helpful: same ? 4 : answer })
      }
    }
    expect((await ann.client.desk.mine()).items.find(({ queueId }) => queueId === queue.id)).toMatchObject({
      remaining: 0,
      mine: { judged: 2 },
    })
    const { items } = await owner.client.queues.disagreements(queue.id)
    expect(items.map(({ score, criteria: by }) => [score, by])).toEqual([[0.75, { helpful: 0.75 }]])
    const itemId = items[0]!.item.id
    const { judgments } = await owner.client.queues.adjudication(queue.id, itemId)
    expect(new Set(judgments.map(({ answers }) => answers['helpful']))).toEqual(new Set([2, 5]))
    expect(await code(ann.client.queues.adjudication(queue.id, itemId))).toBe('forbidden')

    await owner.client.queues.sendBack(queue.id, itemId, judgments[0]!.id, 'Read the second sentence again.')
    expect(await owner.client.queues.get(queue.id)).toMatchObject({ progress: { done: 1 } })
    const author = judgments[0]!.answers['helpful'] === 5 ? ann : bob
    const { work } = await author.client.desk.claim(queue.id)
    expect(work).toMatchObject({ itemId, leadNote: 'Read the second sentence again.', draft: { answers: judgments[0]!.answers } })
    await submit(author, queue.id, work!, { helpful: 3 })

    const decided = await owner.client.queues.decide(queue.id, itemId, {
      answers: { helpful: 4 },
      errors: [{ judgmentId: judgments[1]!.id, tags: ['overlooked'] }],
    })
    expect(decided.decision).toMatchObject({ answers: { helpful: 4 }, errors: [{ tags: ['overlooked'] }] })
    const all = (await program.feedback.list({ traceId: traceIds[2] as never })).items.filter(
      ({ metadata }) => metadata['queue'] === queue.id,
    )
    expect(all).toHaveLength(3)
    expect((await owner.client.queues.disagreements(queue.id)).items).toEqual([])

    const { items: people } = await owner.client.queues.people(queue.id)
    expect(people.map(({ judged, agreement }) => [judged, agreement.n])).toEqual([
      [2, 2],
      [2, 2],
    ])
    expect((await ann.client.desk.me(queue.id)).person).toMatchObject({ judged: 2, pausedReason: null })
    await owner.client.queues.setPaused(queue.id, people[0]!.personId, true, 'let us talk first.')
    const paused = await Promise.all([ann, bob].map(async (who) => (await who.client.desk.get(queue.id)).closed))
    expect(paused.filter((closed) => closed?.includes('let us talk first'))).toHaveLength(1)
  })

  test('a kill of the server loses no draft and no lease', async () => {
    const { queue } = await newQueue()
    const { work } = await owner.client.desk.claim(queue.id)
    await owner.client.desk.draft(queue.id, { leaseId: work!.lease.id, answers: { helpful: 2 }, rationales: {}, activeMs: 900 })
    await server.kill9()
    await server.restart()
    const again = await owner.client.desk.claim(queue.id)
    expect(again.work).toMatchObject({ lease: { id: work!.lease.id }, draft: { answers: { helpful: 2 }, activeMs: 900 } })
  })
})

/** One trace of one generation for each id. */
function otlp(traceIds: string[]): object {
  const now = BigInt(Date.now()) * 1_000_000n
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const message = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
  const spans = traceIds.map((traceId, index) => ({
    traceId,
    spanId: '00000000000000a1',
    name: 'chat',
    kind: 3,
    startTimeUnixNano: String(now - 2_000_000_000n),
    endTimeUnixNano: String(now - 1_000_000_000n),
    attributes: [
      text('gen_ai.operation.name', 'chat'),
      text('gen_ai.request.model', 'secret-model'),
      text('gen_ai.input.messages', message('user', `Question ${index}`)),
      text('gen_ai.output.messages', message('assistant', `Answer ${index}`)),
    ],
  }))
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'test' }, spans }] }] }
}
