import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeProtobuf, type JsonAttribute, type JsonRequest, jsonAttributes, type JsonValue, requestOf } from '../test/otlp-request.ts'
import { decodeRequest, type Encoding } from './decode-request.ts'
import { encodeResponse } from './encode-response.ts'
import { type OtlpSpan, SpanError } from './otlp-span.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'
const whole: JsonRequest = requestOf([
  {
    traceId,
    spanId,
    parentSpanId: '00f067aa0ba902b8',
    name: 'chat',
    startTimeUnixNano: '1777899000123456789',
    endTimeUnixNano: '1777899001623456789',
    attributes: [
      ...jsonAttributes({
        text: 'Where is my refund? שלום 👋',
        empty: '',
        yes: true,
        count: 42,
        minus: -7,
        ratio: 0.5,
        list: ['a', 1, [true]],
        record: { a: { b: 'c' } },
      }),
      { key: 'long', value: { intValue: '9223372036854775807' } },
      { key: 'lowest', value: { intValue: '-9223372036854775808' } },
      { key: 'bytes', value: { bytesValue: 'AQID' } },
    ],
    events: [{ name: 'exception', timeUnixNano: '1777899001000000000', attributes: jsonAttributes({ message: 'x' }) }],
    links: [{ traceId, spanId: '00f067aa0ba902b9' }],
    status: { code: 2, message: 'failed' },
  },
])

function bodyOf(encoding: Encoding, request: JsonRequest): Buffer {
  return encoding === 'protobuf' ? encodeProtobuf(request) : Buffer.from(JSON.stringify(request))
}
const decode = (encoding: Encoding, body: Uint8Array) => [...decodeRequest(encoding, body)]

describe.each(['protobuf', 'json'] as const)('OTLP in %s', (encoding) => {
  test('gives a span as it was sent', () => {
    const [span] = decode(encoding, bodyOf(encoding, whole)) as [OtlpSpan]
    expect(span).toMatchObject({
      origin: { resource: new Map([['service.name', 'shop']]), scopeName: 'test', scopeVersion: '1' },
      traceId,
      spanId,
      parentSpanId: '00f067aa0ba902b8',
      name: 'chat',
      events: [{ name: 'exception', timeMs: 1_777_899_001_000, attributes: new Map([['message', 'x']]) }],
      links: [{ traceId, spanId: '00f067aa0ba902b9' }],
      statusCode: 2,
      statusMessage: 'failed',
    })
    expect(span.startMs).toBeCloseTo(1_777_899_000_123.4568, 3)
    expect(span.endMs - span.startMs).toBeCloseTo(1_500, 2)
    expect(Object.fromEntries(span.attributes)).toEqual({
      text: 'Where is my refund? שלום 👋',
      empty: '',
      yes: true,
      count: 42,
      minus: -7,
      ratio: 0.5,
      list: ['a', 1, [true]],
      record: { a: { b: 'c' } },
      long: '9223372036854775807',
      lowest: '-9223372036854775808',
      bytes: 'AQID',
    })
  })

  test('an empty request has no spans', () => {
    expect(decode(encoding, bodyOf(encoding, { resourceSpans: [] }))).toEqual([])
  })

  test('an attribute that is nested too deep costs its span, not its neighbours', () => {
    let deep: JsonValue = { stringValue: 'x' }
    for (let depth = 0; depth < 100; depth++) deep = { arrayValue: { values: [deep] } }
    const bad = { traceId, spanId, name: 'bad', attributes: [{ key: 'deep', value: deep }] }
    const spans = decode(encoding, bodyOf(encoding, requestOf([{ name: 'first' }, bad, { name: 'last' }])))
    expect(spans[1]).toBeInstanceOf(SpanError)
    expect([spans[0], spans[2]]).toMatchObject([{ name: 'first' }, { name: 'last' }])
  })

  test('names like __proto__ are names', () => {
    const [span] = decode(
      encoding,
      bodyOf(
        encoding,
        requestOf([
          { attributes: [{ key: '__proto__', value: { kvlistValue: { values: [{ key: '__proto__', value: { stringValue: 'x' } }] } } }] },
        ]),
      ),
    ) as [OtlpSpan]
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect([...span.attributes.keys()]).toEqual(['__proto__'])
    expect(JSON.stringify(span.attributes.get('__proto__'))).toBe('{"__proto__":"x"}')
  })

  test('a text of more than 4 Mi characters is cut, and says so', () => {
    const [span] = decode(
      encoding,
      bodyOf(encoding, requestOf([{ attributes: jsonAttributes({ short: 'a'.repeat(1_048_576), long: 'b'.repeat(4_194_400) }) }])),
    ) as [OtlpSpan]
    expect(span.attributes.get('short')).toHaveLength(1_048_576)
    expect(span.attributes.get('long')).toMatch(/^b{4194304}… \[96 characters cut\]$/)
  })

  test('any bytes give spans or one clear refusal, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectSpansOrRefusal(encoding, bytes)),
      { numRuns: 2_000 },
    )
  })

  test('a request cut off or changed anywhere gives spans or one clear refusal', () => {
    const body = bodyOf(encoding, whole)
    for (let end = 0; end < body.byteLength; end++) expectSpansOrRefusal(encoding, body.subarray(0, end))
    fc.assert(
      fc.property(fc.nat(body.byteLength - 1), fc.nat(255), fc.nat(body.byteLength - 1), fc.nat(255), (at, byte, at2, byte2) => {
        const changed = Buffer.from(body)
        changed[at] = byte
        changed[at2] = byte2
        expectSpansOrRefusal(encoding, changed)
      }),
      { numRuns: 3_000 },
    )
  })
})

test('both encodings give the same spans for any request', () => {
  const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.string({ unit: 'grapheme' }).map((stringValue) => ({ stringValue })),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int) => ({ intValue: int.toString() })),
      // JSON does not know a negative zero.
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => ({ doubleValue: double + 0 })),
      fc.boolean().map((boolValue) => ({ boolValue })),
      fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
      fc.array(fc.record({ key: fc.string(), value: tie('value') }), { maxLength: 3 }).map((values) => ({ kvlistValue: { values } })),
    ),
  })).value
  const attribute: fc.Arbitrary<JsonAttribute> = fc.record({ key: fc.string({ unit: 'grapheme' }), value })
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string(), attributes: fc.array(attribute, { maxLength: 6 }) }), { maxLength: 4 }),
      (spans) => {
        const request = requestOf(spans.map((span) => ({ traceId, spanId, ...span })))
        expect(decode('protobuf', encodeProtobuf(request))).toEqual(decode('json', Buffer.from(JSON.stringify(request))))
      },
    ),
    { numRuns: 500 },
  )
})

test('what describes a group may stand behind its spans', () => {
  const request = encodeProtobuf({
    resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'early' }] }] }, { scopeSpans: [{ spans: [{ name: 'second' }] }] }],
  })
  // A resource appended as a further field of the last group: one more `resourceSpans` would be another group.
  const resource = encodeProtobuf({
    resourceSpans: [{ resource: { attributes: jsonAttributes({ 'service.name': 'late' }) }, scopeSpans: [] }],
  }).subarray(2)
  const first = request.subarray(0, (request[1] as number) + 2)
  const joined = Buffer.concat([
    Buffer.from([first[0] as number, first.byteLength - 2 + resource.byteLength]),
    first.subarray(2),
    resource,
    request.subarray(first.byteLength),
  ])
  const spans = decode('protobuf', joined) as OtlpSpan[]
  expect(spans.map(({ name, origin }) => [name, origin.resource.get('service.name')])).toEqual([
    ['early', 'late'],
    ['second', undefined],
  ])
})

test('invalid UTF-8 in protobuf becomes the replacement character', () => {
  const body = encodeProtobuf(requestOf([{ name: 'aXb' }]))
  body[body.indexOf('aXb') + 1] = 0xff
  expect(decode('protobuf', body)).toMatchObject([{ name: 'a\ufffdb' }])
})

test.each([
  ['text instead of a list', '{"resourceSpans":"x"}'],
  ['a list instead of an object', '[]'],
  ['no JSON', '{'],
])('%s is refused as JSON', (_, text) => {
  expect(() => decode('json', Buffer.from(text))).toThrow(/not a valid OTLP trace request in json/)
})

test('a span with something that is not hexadecimal as its id costs only itself', () => {
  const spans = decode(
    'json',
    Buffer.from(JSON.stringify(requestOf([{ traceId: 'S/kvNXezTaajzpKdDg5HNg==' }, { traceId: traceId.toUpperCase() }]))),
  )
  expect(spans).toMatchObject([{ message: 'traceId is not hexadecimal' }, { traceId }])
})

test('the response says nothing on full success, and why in both encodings otherwise', () => {
  const partial = { rejectedSpans: 300, errorMessage: '300 spans rejected: ü.' }
  expect(encodeResponse('json', { rejectedSpans: 0, errorMessage: '' }).toString()).toBe('{}')
  expect(encodeResponse('protobuf', { rejectedSpans: 0, errorMessage: '' })).toHaveLength(0)
  expect(JSON.parse(encodeResponse('json', partial).toString())).toEqual({
    partialSuccess: { rejectedSpans: '300', errorMessage: partial.errorMessage },
  })
  // field 1: a message of 28 bytes with field 1 = 300 and field 2 = the text
  expect(encodeResponse('protobuf', partial)).toEqual(
    Buffer.concat([Buffer.from([0x0a, 28, 0x08, 0xac, 0x02, 0x12, 23]), Buffer.from(partial.errorMessage)]),
  )
})

function expectSpansOrRefusal(encoding: Encoding, body: Uint8Array): void {
  try {
    for (const span of decode(encoding, body)) expect(span instanceof SpanError || typeof span.traceId === 'string').toBe(true)
  } catch (error) {
    expect((error as Error).message).toMatch(/^The body is not a valid OTLP trace request in (protobuf|json): ./)
  }
}
