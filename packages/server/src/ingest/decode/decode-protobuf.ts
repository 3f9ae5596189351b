import {
  type Attributes,
  type AttributeValue,
  clipText,
  MAX_DEPTH,
  type OtlpEvent,
  type OtlpLink,
  type OtlpOrigin,
  type OtlpSpan,
  SpanError,
} from './otlp-span.ts'
import { ProtobufError, ProtobufReader } from './protobuf-reader.ts'

// A tag is `field << 3 | wire type`; the fields below are those of opentelemetry/proto/trace/v1/trace.proto and its imports.
const VARINT = 0
const FIXED64 = 1
const MESSAGE = 2
const tagOf = (field: number, type: number) => (field << 3) | type

const Request = { resourceSpans: tagOf(1, MESSAGE) }
const ResourceSpans = { resource: tagOf(1, MESSAGE), scopeSpans: tagOf(2, MESSAGE) }
const Resource = { attribute: tagOf(1, MESSAGE) }
const ScopeSpans = { scope: tagOf(1, MESSAGE), span: tagOf(2, MESSAGE) }
const Scope = { name: tagOf(1, MESSAGE), version: tagOf(2, MESSAGE) }
const Span = {
  traceId: tagOf(1, MESSAGE),
  spanId: tagOf(2, MESSAGE),
  parentSpanId: tagOf(4, MESSAGE),
  name: tagOf(5, MESSAGE),
  start: tagOf(7, FIXED64),
  end: tagOf(8, FIXED64),
  attribute: tagOf(9, MESSAGE),
  event: tagOf(11, MESSAGE),
  link: tagOf(13, MESSAGE),
  status: tagOf(15, MESSAGE),
}
const Event = { time: tagOf(1, FIXED64), name: tagOf(2, MESSAGE), attribute: tagOf(3, MESSAGE) }
const Link = { traceId: tagOf(1, MESSAGE), spanId: tagOf(2, MESSAGE) }
const Status = { message: tagOf(2, MESSAGE), code: tagOf(3, VARINT) }
const KeyValue = { key: tagOf(1, MESSAGE), value: tagOf(2, MESSAGE) }
const AnyValue = {
  string: tagOf(1, MESSAGE),
  bool: tagOf(2, VARINT),
  int: tagOf(3, VARINT),
  double: tagOf(4, FIXED64),
  array: tagOf(5, MESSAGE),
  record: tagOf(6, MESSAGE),
  bytes: tagOf(7, MESSAGE),
}
const List = { value: tagOf(1, MESSAGE) }

/**
 * The spans of an `ExportTraceServiceRequest`, one by one. A span that is broken inside comes as a SpanError in its place.
 * @throws ProtobufError when the envelope around the spans is broken, so that where spans begin is not known.
 */
export function* decodeProtobuf(bytes: Uint8Array): Generator<OtlpSpan | SpanError> {
  const reader = new ProtobufReader(bytes)
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag !== Request.resourceSpans) {
      reader.skip(tag)
      continue
    }
    const group = reader.range()
    yield* resourceSpans(reader, group)
    reader.goTo({ start: group.end, end: bytes.byteLength })
  }
}

type Range = ReturnType<ProtobufReader['range']>

/** What describes a group may stand behind its spans, so the places of the spans are noted first. */
function* resourceSpans(reader: ProtobufReader, range: Range): Generator<OtlpSpan | SpanError> {
  const groups: Range[] = []
  let resource: Attributes = new Map()
  reader.goTo(range)
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === ResourceSpans.scopeSpans) groups.push(reader.range())
    else if (tag === ResourceSpans.resource) resource = attributesOf(reader, Resource.attribute)
    else reader.skip(tag)
  }
  for (const group of groups) {
    const spans: Range[] = []
    const origin: OtlpOrigin = { resource, scopeName: '', scopeVersion: '' }
    reader.goTo(group)
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === ScopeSpans.span) spans.push(reader.range())
      else if (tag === ScopeSpans.scope) readScope(reader, origin)
      else reader.skip(tag)
    }
    for (const span of spans) {
      reader.goTo(span)
      yield spanOrError(reader, origin)
    }
  }
}

function readScope(reader: ProtobufReader, origin: OtlpOrigin): void {
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === Scope.name) origin.scopeName = reader.name()
    else if (tag === Scope.version) origin.scopeVersion = reader.name()
    else reader.skip(tag)
  }
  reader.leave(outer)
}

function spanOrError(reader: ProtobufReader, origin: OtlpOrigin): OtlpSpan | SpanError {
  try {
    return spanOf(reader, origin)
  } catch (error) {
    if (error instanceof SpanError) return error
    if (error instanceof ProtobufError) return new SpanError(`the span is not valid protobuf: ${error.message}`)
    throw error
  }
}

function spanOf(reader: ProtobufReader, origin: OtlpOrigin): OtlpSpan {
  const span: OtlpSpan = {
    origin,
    traceId: '',
    spanId: '',
    parentSpanId: '',
    name: '',
    startMs: 0,
    endMs: 0,
    attributes: new Map(),
    events: [],
    links: [],
    statusCode: 0,
    statusMessage: '',
  }
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    switch (tag) {
      case Span.attribute:
        readAttribute(reader, span.attributes)
        break
      case Span.traceId:
        span.traceId = reader.hex()
        break
      case Span.spanId:
        span.spanId = reader.hex()
        break
      case Span.parentSpanId:
        span.parentSpanId = reader.hex()
        break
      case Span.name:
        span.name = reader.name()
        break
      case Span.start:
        span.startMs = reader.nanosecondsAsMs()
        break
      case Span.end:
        span.endMs = reader.nanosecondsAsMs()
        break
      case Span.event:
        span.events.push(eventOf(reader))
        break
      case Span.link:
        span.links.push(linkOf(reader))
        break
      case Span.status:
        readStatus(reader, span)
        break
      default:
        reader.skip(tag)
    }
  }
  return span
}

function eventOf(reader: ProtobufReader): OtlpEvent {
  const event: OtlpEvent = { name: '', timeMs: 0, attributes: new Map() }
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === Event.attribute) readAttribute(reader, event.attributes)
    else if (tag === Event.name) event.name = reader.name()
    else if (tag === Event.time) event.timeMs = reader.nanosecondsAsMs()
    else reader.skip(tag)
  }
  reader.leave(outer)
  return event
}

function linkOf(reader: ProtobufReader): OtlpLink {
  const link: OtlpLink = { traceId: '', spanId: '' }
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === Link.traceId) link.traceId = reader.hex()
    else if (tag === Link.spanId) link.spanId = reader.hex()
    else reader.skip(tag)
  }
  reader.leave(outer)
  return link
}

function readStatus(reader: ProtobufReader, span: OtlpSpan): void {
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === Status.code) span.statusCode = reader.varint()
    else if (tag === Status.message) span.statusMessage = clipText(reader.text())
    else reader.skip(tag)
  }
  reader.leave(outer)
}

function attributesOf(reader: ProtobufReader, attributeTag: number): Attributes {
  const attributes: Attributes = new Map()
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === attributeTag) readAttribute(reader, attributes)
    else reader.skip(tag)
  }
  reader.leave(outer)
  return attributes
}

function readAttribute(reader: ProtobufReader, attributes: Attributes): void {
  let key = ''
  let value: AttributeValue = null
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === KeyValue.key) key = reader.name()
    else if (tag === KeyValue.value) value = valueOf(reader, 1)
    else reader.skip(tag)
  }
  reader.leave(outer)
  attributes.set(key, value)
}

function valueOf(reader: ProtobufReader, depth: number): AttributeValue {
  if (depth > MAX_DEPTH) throw new SpanError(`an attribute is nested more than ${MAX_DEPTH} deep`)
  let value: AttributeValue = null
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    switch (tag) {
      case AnyValue.string:
        value = clipText(reader.text())
        break
      case AnyValue.int:
        value = reader.int64()
        break
      case AnyValue.double:
        value = reader.double()
        break
      case AnyValue.bool:
        value = reader.varint() !== 0
        break
      case AnyValue.array:
        value = listOf(reader, depth)
        break
      case AnyValue.record:
        value = Object.fromEntries(recordOf(reader, depth))
        break
      case AnyValue.bytes:
        value = clipText(reader.base64())
        break
      default:
        reader.skip(tag)
    }
  }
  reader.leave(outer)
  return value
}

function listOf(reader: ProtobufReader, depth: number): AttributeValue[] {
  const values: AttributeValue[] = []
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === List.value) values.push(valueOf(reader, depth + 1))
    else reader.skip(tag)
  }
  reader.leave(outer)
  return values
}

function recordOf(reader: ProtobufReader, depth: number): [string, AttributeValue][] {
  const entries: [string, AttributeValue][] = []
  const outer = reader.enter()
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag !== List.value) {
      reader.skip(tag)
      continue
    }
    let key = ''
    let value: AttributeValue = null
    const inner = reader.enter()
    for (let field = reader.tag(); field !== 0; field = reader.tag()) {
      if (field === KeyValue.key) key = reader.name()
      else if (field === KeyValue.value) value = valueOf(reader, depth + 1)
      else reader.skip(field)
    }
    reader.leave(inner)
    entries.push([key, value])
  }
  reader.leave(outer)
  return entries
}
