import type { SpanRef, Target } from '@plaudit/protocol'

/** What an item is, as one text: `trace:span` of a span, `trace:` of a trace, and so on; the outputs of a comparison divided by a bar. */
export const itemKey = `multiIf(target_kind = 'session', concat('session ', session_id), target_kind = 'comparison', arrayStringConcat(outputs, '|'),
  target_kind = 'document', concat(judgment.trace_id, ':', judgment.span_id, '#', toString(document_index)), concat(judgment.trace_id, ':', judgment.span_id))`

/** A judgment's value as one text: a number, a word, or JSON. */
export const valueText = `multiIf(kind IN ('thumbs', 'label', 'comparison'), toString(label), kind = 'rating', toString(score), value)`

/** An item by its key (see `itemKey`) as the target that it is. */
export function targetOfItem(item: string): Target {
  if (item.startsWith('session ')) return { kind: 'session', sessionId: item.slice('session '.length) }
  if (item.includes('|')) return { kind: 'comparison', outputs: item.split('|').map(refOf) }
  const [place = '', index] = item.split('#')
  const { traceId, spanId } = refOf(place)
  if (index !== undefined) return { kind: 'document', traceId, spanId, index: Number(index) }
  return spanId === '' ? { kind: 'trace', traceId } : { kind: 'span', traceId, spanId }
}

/** Where an item is filed: a comparison under its first output, a session under no trace. */
export function placeOfItem(item: string): { traceId: string; spanId: string; sessionId: string } {
  const target = targetOfItem(item)
  if (target.kind === 'session') return { traceId: '', spanId: '', sessionId: target.sessionId }
  const ref = target.kind === 'comparison' ? target.outputs[0] : target
  return { traceId: ref?.traceId ?? '', spanId: ref !== undefined && 'spanId' in ref ? ref.spanId : '', sessionId: '' }
}

function refOf(text: string): SpanRef {
  const [traceId = '', spanId = ''] = text.split(':')
  return { traceId: traceId as SpanRef['traceId'], spanId: spanId as SpanRef['spanId'] }
}
