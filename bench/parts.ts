import type { Overview, Page, TraceSummary } from '@plaudit/protocol'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { contentTypes, encodeBody } from './encode.ts'
import type { Load, LoadResult } from './load.ts'
import { percentile } from './percentile.ts'
import { type SampleShape, type SampleTrace, sampleTraces } from './sample.ts'
import { secretKey } from './server.ts'

/** One line of the table. */
export type Figure = { part: string; name: string; value: number; unit: string; target?: string }

const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
const shape = (spans: number, seed: number): SampleShape => ({ spans, days: 1, endMs: Date.now() - 3_600_000, seed })

/** Runs one load in a process of its own. */
async function runLoad(load: Load): Promise<LoadResult> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--disable-warning=ExperimentalWarning',
      '--max-old-space-size=8192',
      join(import.meta.dirname, 'load.ts'),
      JSON.stringify(load),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let result: LoadResult | null = null
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') child.stdin.write('go\n')
    else result = JSON.parse(line) as LoadResult
  }
  if (child.exitCode === null) await once(child, 'exit')
  if (result === null) throw new Error('the load generator failed')
  return result
}

/** Spans per second, acknowledged on disk, beside the engine's own insert of the same rows in the same batches. */
export async function measureIngest(url: string, spans: number, batch: number): Promise<Figure[]> {
  const figures: Figure[] = []
  const part = 'ingest'
  let seed = 100
  // What a server does in its first second of life, while its code is being compiled, is part of the start.
  for (const encoding of ['protobuf', 'json'] as const)
    await runLoad({ to: 'server', url, key: secretKey, encoding, clients: 1, batch, shape: shape(10_000, seed++) })
  for (const clients of [1, 8]) {
    // Before and after, since a machine is not equally fast all the time.
    const engineRate = async () => (await runLoad({ to: 'engine', clients, batch, shape: shape(spans, seed++) })).spansPerSecond
    const before = await engineRate()
    const served = []
    for (const encoding of ['protobuf', 'json'] as const) {
      const load = { to: 'server', url, key: secretKey, encoding, clients, batch, shape: shape(spans, seed++) } as const
      served.push({ encoding, result: await runLoad(load) })
    }
    const own = (before + (await engineRate())) / 2
    figures.push({ part, name: `engine's own insert, ${clients} client(s), ${batch} rows each`, value: own, unit: 'spans/s' })
    for (const { encoding, result } of served) {
      const name = `OTLP ${encoding}, ${clients} client(s), ${batch} spans each`
      figures.push({ part, name, value: result.spansPerSecond, unit: 'spans/s' })
      figures.push({
        part,
        name: `${name}: share of the engine's own`,
        value: (100 * result.spansPerSecond) / own,
        unit: '%',
        target: '≥ 50',
      })
      figures.push({ part, name: `${name}: request p99`, value: result.p99Ms, unit: 'ms' })
    }
  }
  return figures
}

/** Judgments that come first are not counted: the server's code is compiled while it takes them. */
const WARM_UP_SECONDS = 5

/** Single judgments at a steady rate, whatever the answers take; and whether what was acknowledged is there to be read. */
export async function measureFeedback(url: string, perSecond: number, seconds: number): Promise<Figure[]> {
  let [timesMs, visibleMs]: [number[], number[]] = [[], []]
  await give(WARM_UP_SECONDS)
  ;[timesMs, visibleMs] = [[], []]
  await give(seconds)
  const part = 'feedback'
  return [
    { part, name: `answered at ${perSecond}/s: p50`, value: percentile(timesMs, 0.5), unit: 'ms' },
    { part, name: `answered at ${perSecond}/s: p99`, value: percentile(timesMs, 0.99), unit: 'ms', target: '< 50' },
    { part, name: 'read back after the answer: p99', value: percentile(visibleMs, 0.99), unit: 'ms', target: '< 1000' },
  ]

  async function give(duringSeconds: number): Promise<void> {
    const start = performance.now()
    const under: Promise<void>[] = []
    for (let index = 0; index < perSecond * duringSeconds; index += 1) {
      const due = start + (index * 1000) / perSecond
      if (due > performance.now()) await sleep(due - performance.now())
      under.push(giveOne(index))
    }
    await Promise.all(under)
  }

  async function giveOne(index: number): Promise<void> {
    const id = randomUUID()
    const target = { kind: 'trace', traceId: randomUUID().replaceAll('-', '') }
    const body = JSON.stringify({
      id,
      target,
      criterion: 'helpful',
      kind: 'thumbs',
      value: index % 3 === 0 ? 'down' : 'up',
      author: { id: `user-${index}`, role: 'end_user' },
    })
    const sent = performance.now()
    const answer = await fetch(`${url}/api/v1/feedback`, { method: 'POST', headers, body })
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
    await answer.text()
    timesMs.push(performance.now() - sent)
    if (index % 20 !== 0) return
    const acknowledged = performance.now()
    while ((await fetch(`${url}/api/v1/feedback/${id}`, { headers })).status !== 200) await sleep(5)
    visibleMs.push(performance.now() - acknowledged)
  }
}

/** Sends the sample through the front door: spans over OTLP, feedback in batches. */
export async function seed(url: string, spans: number, days: number): Promise<void> {
  let waiting: SampleTrace = { spans: [], feedback: [] }
  const underWay = new Set<Promise<void>>()
  let count = 0
  for (const trace of sampleTraces({ spans, days, endMs: Date.now() - 60_000, seed: 1 })) {
    waiting.spans.push(...trace.spans)
    waiting.feedback.push(...trace.feedback)
    if (waiting.spans.length < 3_000) continue
    const batch = waiting
    waiting = { spans: [], feedback: [] }
    const sending = deliver(batch).finally(() => underWay.delete(sending))
    underWay.add(sending)
    if (underWay.size >= 2) await Promise.race(underWay)
    count += batch.spans.length
    if (count % 99_000 === 0) console.error(`  ${count.toLocaleString('en')} of ${spans.toLocaleString('en')} spans`)
  }
  await Promise.all([...underWay, deliver(waiting)])

  async function deliver({ spans: some, feedback }: SampleTrace): Promise<void> {
    if (some.length > 0) await post('/v1/traces', encodeBody(some, 'protobuf'), contentTypes.protobuf)
    for (let from = 0; from < feedback.length; from += 1_000) {
      const items = feedback.slice(from, from + 1_000).map(({ receivedAt: _receivedAt, author, ...one }) => ({
        ...one,
        author: { kind: author.kind, id: author.id, ...(author.role === null ? {} : { role: author.role }) },
      }))
      await post('/api/v1/feedback', JSON.stringify({ items }), 'application/json')
    }
  }
  async function post(path: string, body: BodyInit, type: string): Promise<void> {
    for (;;) {
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { ...headers, 'content-type': type }, body })
      const said = await answer.text()
      if (answer.ok && !/"error"|rejected/.test(said)) return
      if (answer.status !== 503 && answer.status !== 429) throw new Error(`${answer.status} ${said.slice(0, 500)}`)
      await sleep(200)
    }
  }
}

/** Pages as the web app asks for them, one after the other, over HTTP. */
export async function measureReads(url: string, times: number): Promise<Figure[]> {
  const get = async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers })
    const body = await answer.text()
    if (!answer.ok) throw new Error(`${answer.status} ${body.slice(0, 300)}`)
    return body
  }
  const judge = async () => {
    const judgment = { target: { kind: 'trace', traceId }, criterion: 'helpful', kind: 'thumbs', value: 'up', author: { id: 'user' } }
    const answer = await fetch(`${url}/api/v1/feedback`, { method: 'POST', headers, body: JSON.stringify(judgment) })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    await answer.text()
  }
  const page = JSON.parse(await get('/api/v1/traces')) as Page<TraceSummary>
  const traceId = page.items[10]?.traceId ?? ''
  const paths: [string, string, string?][] = [
    ['list page', '/api/v1/traces', '< 150'],
    ['second page', `/api/v1/traces?cursor=${page.nextCursor}`],
    ['list of a prompt version and model', '/api/v1/traces?promptName=support-reply&promptVersion=13&model=meridian-2'],
    ['list of negative feedback', '/api/v1/traces?feedback=negative'],
    ['list by two words', '/api/v1/traces?text=con%20ver'],
    ['overview', '/api/v1/overview', '< 150'],
    ['overview after a new judgment', '/api/v1/overview', '< 150'],
    ['trace by id', `/api/v1/traces/${traceId}`],
    ['session list', '/api/v1/sessions'],
    ['facets', '/api/v1/traces/facets'],
  ]
  const figures: Figure[] = []
  for (const [name, path, target] of paths) {
    const timesMs: number[] = []
    await get(path)
    for (let index = 0; index < times; index += 1) {
      if (name === 'overview after a new judgment') await judge()
      const sent = performance.now()
      await get(path)
      timesMs.push(performance.now() - sent)
    }
    figures.push({ part: 'read', name: `${name}: p50`, value: percentile(timesMs, 0.5), unit: 'ms' })
    figures.push({
      part: 'read',
      name: `${name}: p95`,
      value: percentile(timesMs, 0.95),
      unit: 'ms',
      ...(target === undefined ? {} : { target }),
    })
  }
  const untilCountedMs: number[] = []
  for (let index = 0; index < 10; index += 1) {
    await judge()
    const acknowledged = performance.now()
    while ((JSON.parse(await get('/api/v1/overview')) as Overview).ageMs > 0) await sleep(20)
    untilCountedMs.push(performance.now() - acknowledged)
  }
  figures.push({ part: 'read', name: 'overview that holds a new judgment: p50', value: percentile(untilCountedMs, 0.5), unit: 'ms' })
  return figures
}
