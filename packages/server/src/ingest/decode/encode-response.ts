import type { Encoding } from './decode-request.ts'

/** What an OTLP response says beside success: how many spans were rejected, and why; or, with none rejected, a warning. */
export type PartialSuccess = { rejectedSpans: number; errorMessage: string }

/** An `ExportTraceServiceResponse`. Without anything to say it is empty. */
export function encodeResponse(encoding: Encoding, { rejectedSpans, errorMessage }: PartialSuccess): Buffer<ArrayBuffer> {
  const isFull = rejectedSpans === 0 && errorMessage === ''
  if (encoding === 'json')
    return Buffer.from(JSON.stringify(isFull ? {} : { partialSuccess: { rejectedSpans: String(rejectedSpans), errorMessage } }))
  if (isFull) return Buffer.alloc(0)
  const text = Buffer.from(errorMessage)
  const partial = Buffer.concat([
    rejectedSpans === 0 ? Buffer.alloc(0) : Buffer.from([1 << 3, ...varint(rejectedSpans)]),
    Buffer.from([(2 << 3) | 2, ...varint(text.byteLength)]),
    text,
  ])
  return Buffer.concat([Buffer.from([(1 << 3) | 2, ...varint(partial.byteLength)]), partial])
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return [...bytes, rest]
}
