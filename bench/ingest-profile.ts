// Where the time of ingest goes, step by step on one core: decode, map, encode. Run with
// `node --conditions=source bench/ingest-profile.ts [spans]`; add `--cpu-prof` to see inside.
import { writeSpan } from '../packages/server/src/events/span-row.ts'
import { RowWriter } from '../packages/server/src/events/row-writer.ts'
import { checkSpan } from '../packages/server/src/ingest/check-span.ts'
import { decodeRequest, type Encoding } from '../packages/server/src/ingest/decode/decode-request.ts'
import { SpanError } from '../packages/server/src/ingest/decode/otlp-span.ts'
import { mapSpan } from '../packages/server/src/ingest/dialect/map-span.ts'
import { encodeProtobuf } from '../packages/server/src/ingest/test/otlp-request.ts'
import { llmRequest } from './llm-request.ts'

const count = Number(process.argv[2] ?? 1_000)
const dialects = ['gen-ai', 'open-inference'] as const
for (const dialect of dialects) {
  const request = llmRequest(count, dialect)
  const bodies: Record<Encoding, Uint8Array> = { protobuf: encodeProtobuf(request), json: Buffer.from(JSON.stringify(request)) }
  for (const encoding of ['protobuf', 'json'] as const) {
    const body = bodies[encoding]
    let rowBytes = 0
    const steps = {
      decode: () => [...decodeRequest(encoding, body)].length,
      'decode + map': () => mapped(encoding, body).length,
      'decode + map + encode': () => {
        const rows = new RowWriter()
        for (const span of mapped(encoding, body)) writeSpan(rows, '0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17', span, 1_800_000_000_000_000_000n)
        rowBytes = rows.finish(count).bytes
        return rowBytes
      },
    }
    console.log(`${dialect} ${encoding}: ${(body.byteLength / count / 1_000).toFixed(1)} kB a span`)
    for (const [name, step] of Object.entries(steps)) {
      const microseconds = bestOf(step) / count
      console.log(
        `  ${name.padEnd(22)} ${microseconds.toFixed(1).padStart(6)} µs a span  ${Math.round(1e6 / microseconds).toLocaleString('en')} spans/s`,
      )
    }
    console.log(`  row ${(rowBytes / count / 1_000).toFixed(1)} kB`)
  }
}

function mapped(encoding: Encoding, body: Uint8Array) {
  const now = Date.now()
  return Array.from(decodeRequest(encoding, body), (span) => {
    if (span instanceof SpanError) throw span
    checkSpan(span, now)
    return mapSpan(span)
  })
}

/** Microseconds of the fastest of several runs, after warming up. */
function bestOf(step: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 25; run++) {
    const start = performance.now()
    step()
    best = Math.min(best, (performance.now() - start) * 1_000)
  }
  return best
}
