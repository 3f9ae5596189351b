// Exactly once: the server is killed again and again while clients send spans and feedback and retry what was not acknowledged. Afterwards
// every record is there exactly once. `PLAUDIT_KILL_ROUNDS` sets how often (default 30).
import type { Feedback, Page, TraceSummary } from '@plaudit/protocol'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './support/start-server.ts'

const ROUNDS = Number(process.env['PLAUDIT_KILL_ROUNDS'] ?? 30)
const WRITERS = 3
const SPANS = 20
const JUDGMENTS = 5

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.remove())

const headers = () => ({ authorization: `Bearer ${server.keys.secretKey}`, 'content-type': 'application/json' })
/** What was sent and acknowledged: traces by id, judgments by id. */
const acknowledged = { traces: new Set<string>(), judgments: new Set<string>() }
let tries = 0

/** Sends until it is acknowledged, as a client that keeps what it has not got through. A refusal that no retry can help fails the test. */
async function send(path: string, body: string): Promise<unknown> {
  for (;;) {
    tries += 1
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers: headers(), body }).catch(() => null)
    if (answer?.ok === true) {
      const said = await answer.json().catch(() => null)
      if (said !== null) return said
    } else if (answer !== null && answer.status !== 429 && answer.status < 500) throw new Error(`${answer.status} ${await answer.text()}`)
    await sleep(50)
  }
}

async function writeTraces(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const traceId = randomBytes(16).toString('hex')
    const startMs = Date.now()
    const spans = Array.from({ length: SPANS }, (_, index) => ({
      traceId,
      spanId: randomBytes(8).toString('hex'),
      name: `span ${index}`,
      startTimeUnixNano: `${startMs}000000`,
      endTimeUnixNano: `${startMs + index}000000`,
      attributes: [{ key: 'input.value', value: { stringValue: 'x'.repeat(500) } }],
    }))
    expect(await send('/v1/traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))).toEqual({})
    acknowledged.traces.add(traceId)
  }
}

async function writeFeedback(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const items = Array.from({ length: JUDGMENTS }, () => ({
      id: randomUUID(),
      target: { kind: 'trace', traceId: randomBytes(16).toString('hex') },
      criterion: 'helpfulness',
      kind: 'rating',
      value: 4,
    }))
    const said = (await send('/api/v1/feedback', JSON.stringify({ items }))) as { items: { id: string }[] }
    expect(said.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
    for (const { id } of items) acknowledged.judgments.add(id)
  }
}

/** The processes that a process has started: the event store's engine. Linux says it in /proc. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
}

async function* pagesOf<T>(path: string): AsyncGenerator<T> {
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = `limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const answer = await fetch(`${server.url}${path}?${query}`, { headers: headers() })
    expect(answer.status).toBe(200)
    const page = (await answer.json()) as Page<T>
    yield* page.items
    cursor = page.nextCursor
  }
}

test.runIf(process.platform === 'linux')(
  `nothing is lost and nothing doubled over ${ROUNDS} kill -9 during ingest`,
  async () => {
    let isOver = false
    const writers = Array.from({ length: WRITERS }, () => [writeTraces(() => isOver), writeFeedback(() => isOver)]).flat()
    // A writer that fails must fail the test now, not after all rounds.
    const failed = Promise.all(writers)
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.race([failed, sleep(200 + Math.random() * 600)])
      // By turns the engine dies first, and dies because the server did.
      if (round % 2 === 0) for (const pid of childrenOf(server.pid())) process.kill(pid, 'SIGKILL')
      await server.kill9()
      await server.restart()
    }
    isOver = true
    await failed

    const traces = await collect(pagesOf<TraceSummary>('/api/v1/traces'))
    expect(traces.filter(({ spanCount }) => spanCount !== SPANS)).toEqual([])
    expect(traces).toHaveLength(acknowledged.traces.size)
    expect(new Set(traces.map(({ traceId }) => traceId as string))).toEqual(acknowledged.traces)

    const judgments = await collect(pagesOf<Feedback>('/api/v1/feedback'))
    expect(judgments).toHaveLength(acknowledged.judgments.size)
    expect(new Set(judgments.map(({ id }) => id))).toEqual(acknowledged.judgments)

    expect(acknowledged.traces.size).toBeGreaterThan(ROUNDS)
    expect(acknowledged.judgments.size).toBeGreaterThan(ROUNDS)
    console.log(`${ROUNDS} kills: ${traces.length * SPANS} spans and ${judgments.length} judgments, each exactly once, in ${tries} tries`)
  },
  ROUNDS * 20_000,
)

async function collect<T>(records: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const record of records) all.push(record)
  return all
}
