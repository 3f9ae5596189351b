/** An OTLP request as plain data, for tests: OTLP's JSON encoding, from which `encodeProtobuf` makes the other. */
export type JsonValue =
  | { stringValue: string }
  | { intValue: string | number }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { bytesValue: string }
  | { arrayValue: { values: JsonValue[] } }
  | { kvlistValue: { values: JsonAttribute[] } }
export type JsonAttribute = { key: string; value: JsonValue }
export type JsonSpan = {
  traceId?: string
  spanId?: string
  parentSpanId?: string
  name?: string
  startTimeUnixNano?: string
  endTimeUnixNano?: string
  attributes?: JsonAttribute[]
  events?: { name: string; timeUnixNano: string; attributes?: JsonAttribute[] }[]
  links?: { traceId: string; spanId: string }[]
  status?: { code?: number; message?: string }
}
export type JsonRequest = {
  resourceSpans: {
    resource?: { attributes?: JsonAttribute[] }
    scopeSpans: { scope?: { name?: string; version?: string }; spans: JsonSpan[] }[]
  }[]
}

/** A plain value as an OTLP attribute value. */
export function jsonValue(value: unknown): JsonValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(jsonValue) } }
  return { kvlistValue: { values: jsonAttributes(value as Record<string, unknown>) } }
}

export function jsonAttributes(values: Record<string, unknown>): JsonAttribute[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: jsonValue(value) }))
}

/** A request with these spans from one process. */
export function requestOf(spans: JsonSpan[], resource: Record<string, unknown> = { 'service.name': 'shop' }): JsonRequest {
  return {
    resourceSpans: [{ resource: { attributes: jsonAttributes(resource) }, scopeSpans: [{ scope: { name: 'test', version: '1' }, spans }] }],
  }
}

/** The request in OTLP's protobuf encoding. */
export function encodeProtobuf({ resourceSpans }: JsonRequest): Buffer {
  return Buffer.concat(
    resourceSpans.map(({ resource, scopeSpans }) =>
      message(1, [
        ...(resource === undefined ? [] : [message(1, attributes(1, resource.attributes))]),
        ...scopeSpans.map(({ scope, spans }) =>
          message(2, [
            ...(scope === undefined ? [] : [message(1, [text(1, scope.name), text(2, scope.version)])]),
            ...spans.map((span) => message(2, spanFields(span))),
          ]),
        ),
      ]),
    ),
  )
}

function spanFields(span: JsonSpan): Buffer[] {
  return [
    hex(1, span.traceId),
    hex(2, span.spanId),
    hex(4, span.parentSpanId),
    text(5, span.name),
    fixed64(7, span.startTimeUnixNano),
    fixed64(8, span.endTimeUnixNano),
    ...attributes(9, span.attributes),
    ...(span.events ?? []).map((event) =>
      message(11, [fixed64(1, event.timeUnixNano), text(2, event.name), ...attributes(3, event.attributes)]),
    ),
    ...(span.links ?? []).map((link) => message(13, [hex(1, link.traceId), hex(2, link.spanId)])),
    ...(span.status === undefined ? [] : [message(15, [text(2, span.status.message), varintField(3, BigInt(span.status.code ?? 0))])]),
  ]
}

function attributes(field: number, list: readonly JsonAttribute[] = []): Buffer[] {
  return list.map(({ key, value }) => message(field, [text(1, key), message(2, [valueField(value)])]))
}

function valueField(value: JsonValue): Buffer {
  if ('stringValue' in value) return bytes(1, Buffer.from(value.stringValue))
  if ('boolValue' in value) return varintField(2, value.boolValue ? 1n : 0n)
  if ('intValue' in value) return varintField(3, BigInt.asUintN(64, BigInt(value.intValue)))
  if ('doubleValue' in value) {
    const double = Buffer.alloc(9, (4 << 3) | 1)
    double.writeDoubleLE(value.doubleValue, 1)
    return double
  }
  if ('bytesValue' in value) return bytes(7, Buffer.from(value.bytesValue, 'base64'))
  if ('arrayValue' in value)
    return message(
      5,
      value.arrayValue.values.map((one) => message(1, [valueField(one)])),
    )
  return message(6, attributes(1, value.kvlistValue.values))
}

function message(field: number, parts: readonly Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts))
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(BigInt((field << 3) | 2)), varint(BigInt(content.byteLength)), content])
}

const text = (field: number, value: string | undefined) => (value === undefined ? Buffer.alloc(0) : bytes(field, Buffer.from(value)))
const hex = (field: number, value: string | undefined) => (value === undefined ? Buffer.alloc(0) : bytes(field, Buffer.from(value, 'hex')))
const varintField = (field: number, value: bigint) => Buffer.concat([varint(BigInt(field << 3)), varint(value)])

function fixed64(field: number, value: string | undefined): Buffer {
  if (value === undefined) return Buffer.alloc(0)
  const encoded = Buffer.alloc(9, (field << 3) | 1)
  encoded.writeBigUInt64LE(BigInt(value), 1)
  return encoded
}

function varint(value: bigint): Buffer {
  const encoded: number[] = []
  let rest = value
  for (; rest > 0x7fn; rest >>= 7n) encoded.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...encoded, Number(rest)])
}
