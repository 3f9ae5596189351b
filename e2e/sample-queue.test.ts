// The queues of the sample project on a running server: filled from its traces, made once, and ready to be worked in.
import { createClient } from '@plaudit/sdk'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upload } from '../packages/cli/src/client/upload.ts'
import { createQueues } from '../packages/cli/src/sample/create-queues.ts'
import { generateSample } from '../packages/cli/src/sample/generate-sample.ts'
import { type SignedIn, signInAs } from './support/sign-in.ts'
import { startTestServer, type TestServer } from './support/start-server.ts'

let server: TestServer
let owner: SignedIn
const nowMs = Date.now()
const cases = [...generateSample({ seed: 11, nowMs })]
const makeQueues = () => createQueues(createClient({ baseUrl: server.url, key: server.keys.secretKey }), { cases, nowMs })

beforeAll(async () => {
  server = await startTestServer()
  owner = await signInAs(server)
  const { refused } = await upload(createClient({ baseUrl: server.url, key: server.keys.secretKey }), cases)
  expect(refused).toEqual([])
  await makeQueues()
})
afterAll(() => server.remove())

test('four queues of some dozens of items, with what drew them, and the same after a second time', async () => {
  const { items: queues } = await owner.client.queues.list()
  expect(queues.map(({ name }) => name)).toEqual([
    'Support replies',
    'Moderation decisions',
    'Legal summaries',
    'Support replies side by side',
  ])
  for (const { name, progress } of queues) {
    expect(progress.items, name).toBeGreaterThanOrEqual(25)
    expect(progress.items, name).toBeLessThanOrEqual(80)
  }
  const drawn = async (index: number) => {
    const { items } = await owner.client.queues.items(queues[index]!.id, { limit: 200 })
    return [...new Set(items.map(({ inclusionProbability }) => inclusionProbability?.toFixed(4) ?? 'none'))].toSorted()
  }
  expect(await drawn(0)).toEqual(['0.1400'])
  expect(await drawn(1)).toEqual(['0.0800', '0.3100'])
  await makeQueues()
  expect((await owner.client.queues.list()).items).toEqual(queues)
  expect((await owner.client.rubrics.list()).items).toHaveLength(4)
  expect((await owner.client.guidelines.list()).items).toHaveLength(3)
})

test('whoever signs in can judge at once, beside those who judged the same before', async () => {
  const { items: mine } = await owner.client.desk.mine()
  expect(mine.map(({ closed, remaining }) => closed === null && remaining >= 25)).toEqual([true, true, true, true])
  const answers = {
    'Support replies': { helpfulness: 4, accuracy: 5, tone: 3 },
    'Moderation decisions': { decision: 'keep', categories: [] },
    'Legal summaries': { errors: [], quality: 4 },
    'Support replies side by side': { preference: { outcome: 'left' } },
  }
  for (const [name, given] of Object.entries(answers)) {
    const queueId = mine.find((queue) => queue.name === name)!.queueId
    const { guideline } = await owner.client.desk.get(queueId)
    await owner.client.guidelines.acknowledge(guideline!.id, guideline!.version)
    const { work } = await owner.client.desk.claim(queueId)
    expect(work).toMatchObject({ available: true, input: expect.arrayContaining([expect.anything()]) })
    await owner.client.desk.submit(queueId, {
      leaseId: work!.lease.id,
      submissionId: randomUUID(),
      answers: given,
      rubricVersion: work!.rubricVersion,
      guidelineVersion: work!.guidelineVersion,
    })
    if (work!.target.kind !== 'comparison') continue
    const { items: feedback } = await owner.client.feedback.list({ traceId: work!.target.outputs[0]!.traceId, criterion: 'preference' })
    expect(new Set(feedback.map(({ author }) => author.id)).size).toBe(4)
    expect(new Set(feedback.map(({ target }) => JSON.stringify(target))).size).toBe(1)
  }
})
