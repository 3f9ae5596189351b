import { ApiError } from '@plaudit/protocol'
import { decodeJson, OtlpJsonError } from './decode-json.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import { type OtlpSpan, SpanError } from './otlp-span.ts'
import { ProtobufError } from './protobuf-reader.ts'

export type Encoding = 'protobuf' | 'json'

/**
 * The spans of an OTLP request; a span that is broken inside comes as a SpanError in its place.
 * @throws ApiError `invalid_argument` when the request is not one: sending it again cannot help.
 */
export function* decodeRequest(encoding: Encoding, body: Uint8Array): Generator<OtlpSpan | SpanError> {
  try {
    yield* encoding === 'protobuf'
      ? decodeProtobuf(body)
      : decodeJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString())
  } catch (cause) {
    const isBroken = cause instanceof ProtobufError || cause instanceof OtlpJsonError || cause instanceof SpanError
    if (!isBroken) throw cause
    throw new ApiError('invalid_argument', `The body is not a valid OTLP trace request in ${encoding}: ${cause.message}.`, { cause })
  }
}
