// The load generator: a program of its own, so that making and sending requests is not counted as the server's work. It encodes everything
// first, says "ready", waits for a line on standard input, sends, and prints its measurements as one line of JSON.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { connectClickhouse } from '../packages/server/src/db/clickhouse.ts'
import { startEmbeddedClickhouse } from '../packages/server/src/db/embedded-clickhouse.ts'
import { migrateClickhouse } from '../packages/server/src/db/migrate-clickhouse.ts'
import { RowWriter } from '../packages/server/src/events/row-writer.ts'
import { spanRowColumns, writeSpan } from '../packages/server/src/events/span-row.ts'
import { decodeRequest } from '../packages/server/src/ingest/decode/decode-request.ts'
import { SpanError } from '../packages/server/src/ingest/decode/otlp-span.ts'
import { mapSpan } from '../packages/server/src/ingest/dialect/map-span.ts'
import { contentTypes, type Encoding, encodeBody } from './encode.ts'
import { type SampleShape, sampleTraces } from './sample.ts'
import { percentile } from './percentile.ts'

export type Load =
  | { to: 'server'; url: string; key: string; encoding: Encoding; clients: number; batch: number; shape: SampleShape }
  | { to: 'engine'; clients: number; batch: number; shape: SampleShape }
export type LoadResult = { spansPerSecond: number; p50Ms: number; p99Ms: number }

const load = JSON.parse(process.argv[2] ?? '') as Load
const spans = [...sampleTraces(load.shape)].flatMap((trace) => trace.spans)
const batches = Array.from({ length: Math.ceil(spans.length / load.batch) }, (_, index) =>
  spans.slice(index * load.batch, (index + 1) * load.batch),
)
const senders = load.to === 'server' ? toServer(load) : await toEngine()
console.log('ready')
await once(process.stdin, 'data')

const timesMs: number[] = []
const start = performance.now()
let next = 0
await Promise.all(
  Array.from({ length: load.clients }, async () => {
    for (let index = next++; index < batches.length; index = next++) {
      const sent = performance.now()
      await senders.send(index)
      timesMs.push(performance.now() - sent)
    }
  }),
)
await senders.settled()
const seconds = (performance.now() - start) / 1000
const result: LoadResult = { spansPerSecond: spans.length / seconds, p50Ms: percentile(timesMs, 0.5), p99Ms: percentile(timesMs, 0.99) }
console.log(JSON.stringify(result))
await senders.close()
process.exit(0)

function toServer({ url, key, encoding }: Extract<Load, { to: 'server' }>) {
  const bodies = batches.map((batch) => encodeBody(batch, encoding))
  // The plain client costs the least processor time, which the server needs.
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Bearer ${key}`, 'content-type': contentTypes[encoding] }
  return {
    async send(index: number) {
      for (;;) {
        const { status, said } = await post(`${url}/v1/traces`, { agent, headers }, bodies[index] ?? new Uint8Array())
        if (status === 200 && !said.includes('rejected')) return
        // Back-pressure is not an error: an exporter waits and sends again.
        if (status !== 503 && status !== 429) throw new Error(`${status} ${said}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    /** What is acknowledged is on disk, and in the tables a moment later. A read waits for it, so that no work is left out of the count. */
    async settled() {
      const answer = await fetch(`${url}/api/v1/traces?limit=1`, { headers: { authorization: headers.authorization } })
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    },
    close: () => Promise.resolve(agent.destroy()),
  }
}

function post(
  url: string,
  how: { agent: Agent; headers: Record<string, string> },
  body: Uint8Array,
): Promise<{ status: number; said: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...how, method: 'POST' }, (answer) => {
      let said = ''
      answer.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, said }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** An engine of its own, with the same tables and the same fsync, and the very rows that the server writes, encoded already. */
async function toEngine() {
  const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-bench-engine-'))
  const engine = await startEmbeddedClickhouse(dataDir)
  const clickhouse = await connectClickhouse(engine.url)
  await migrateClickhouse(clickhouse)
  const rows = batches.map((batch) => {
    const writer = new RowWriter()
    for (const [index, span] of [...decodeRequest('protobuf', encodeBody(batch, 'protobuf'))].entries()) {
      if (span instanceof SpanError) throw span
      writeSpan(writer, '0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17', mapSpan(span), BigInt(index))
    }
    return writer.finish(batch.length)
  })
  return {
    send: (index: number) => clickhouse.insert(`spans (${spanRowColumns}) FORMAT RowBinary`, rows[index]?.chunks ?? [], randomUUID()),
    settled: () => Promise.resolve(),
    async close() {
      await clickhouse.close()
      await engine.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
