import { type Feedback, feedbackScore, type Target } from '@plaudit/protocol'
import { createHash } from 'node:crypto'
import type { RowWriter } from './row-writer.ts'

/**
 * What makes a judgment supersede another: the same target, criterion, author and identifier. 128 bits in hexadecimal. An anonymous author's
 * judgments carry their own id as identifier (see `recordFeedback`), so each stands for itself.
 */
export function feedbackIdentity({
  target,
  criterion,
  author,
  identifier,
}: Pick<Feedback, 'target' | 'criterion' | 'author' | 'identifier'>): string {
  const parts = JSON.stringify([targetKey(target), criterion, author.kind, author.id, identifier])
  return createHash('sha256').update(parts).digest('hex').slice(0, 32)
}

function targetKey(target: Target): string {
  switch (target.kind) {
    case 'span':
      return `span:${target.traceId}:${target.spanId}`
    case 'trace':
      return `trace:${target.traceId}`
    case 'session':
      return `session:${target.sessionId}`
    case 'document':
      return `document:${target.traceId}:${target.spanId}:${target.index}`
    case 'comparison':
      return `comparison:${target.outputs.map(outputKey).join('|')}`
  }
}

function outputKey({ traceId, spanId }: { traceId: string; spanId: string }): string {
  return `${traceId}:${spanId}`
}

/** The trace and span under which feedback is filed: a comparison's under its first output, a session's under none. */
function placeOf(target: Target): { traceId: string; spanId: string } {
  switch (target.kind) {
    case 'span':
    case 'document':
      return { traceId: target.traceId, spanId: target.spanId }
    case 'trace':
      return { traceId: target.traceId, spanId: '' }
    case 'session':
      return { traceId: '', spanId: '' }
    case 'comparison':
      return target.outputs[0] ?? { traceId: '', spanId: '' }
  }
}

/** The columns of `feedback` in the order in which `writeFeedback` writes them. */
export const feedbackRowColumns = `project_id, trace_id, span_id, identity, feedback_id, session_id, target_kind, document_index, outputs,
  criterion, kind, value, score, label, author_kind, author_id, author_role, identifier, rationale, time, received_at, metadata, presentation,
  version, is_deleted`

/** A judgment as a row of `feedback`; with `deleted`, the row that removes it. */
export function writeFeedback(row: RowWriter, projectId: string, feedback: Feedback, version: bigint, deleted: boolean): void {
  const { target, value, author } = feedback
  const place = placeOf(target)
  row.text(projectId)
  row.text(place.traceId)
  row.text(place.spanId)
  row.text(feedbackIdentity(feedback))
  row.text(feedback.id)
  row.text(target.kind === 'session' ? target.sessionId : '')
  row.text(target.kind)
  row.nullableUint32(target.kind === 'document' ? target.index : null)
  row.texts(target.kind === 'comparison' ? target.outputs.map(outputKey) : [])
  row.text(feedback.criterion)
  row.text(feedback.kind)
  row.text(JSON.stringify(value))
  row.nullableFloat64(feedbackScore(feedback.kind, value))
  row.text(labelOf(feedback))
  row.text(author.kind)
  row.text(author.id)
  row.text(author.role ?? '')
  row.text(feedback.identifier)
  row.text(feedback.rationale)
  row.time(feedback.time)
  row.time(feedback.receivedAt)
  row.map(feedback.metadata)
  row.text(JSON.stringify(feedback.presentation))
  row.uint64(version)
  row.uint8(deleted ? 1 : 0)
}

/** The one word that tables group by, where the kind has one. */
function labelOf({ kind, value }: Feedback): string {
  if (kind === 'label' || kind === 'thumbs') return String(value)
  return kind === 'comparison' ? (value as { outcome: string }).outcome : ''
}

/** A row of `feedback` as `SELECT ${feedbackColumns}` returns it. */
export type FeedbackRow = {
  feedback_id: string
  trace_id: string
  span_id: string
  session_id: string
  target_kind: Target['kind']
  document_index: number | null
  outputs: string[]
  criterion: string
  kind: Feedback['kind']
  value: string
  author_kind: Feedback['author']['kind']
  author_id: string
  author_role: NonNullable<Feedback['author']['role']> | ''
  identifier: string
  rationale: string
  time_ms: string
  received_ms: string
  metadata: Record<string, string>
  presentation: string
}

export const feedbackColumns = `feedback_id, trace_id, span_id, session_id, target_kind, document_index, outputs, criterion, kind, value, author_kind,
  author_id, author_role, identifier, rationale, toUnixTimestamp64Milli(time) AS time_ms, toUnixTimestamp64Milli(received_at) AS received_ms,
  metadata, presentation`

export function decodeFeedback(row: FeedbackRow): Feedback {
  return {
    id: row.feedback_id,
    target: targetOf(row),
    criterion: row.criterion,
    kind: row.kind,
    value: JSON.parse(row.value) as unknown,
    author: { kind: row.author_kind, id: row.author_id, role: row.author_role === '' ? null : row.author_role },
    identifier: row.identifier,
    rationale: row.rationale,
    time: new Date(Number(row.time_ms)).toISOString(),
    receivedAt: new Date(Number(row.received_ms)).toISOString(),
    metadata: row.metadata,
    presentation: JSON.parse(row.presentation) as Feedback['presentation'],
  }
}

function targetOf(row: FeedbackRow): Target {
  const target = { kind: row.target_kind, traceId: row.trace_id, spanId: row.span_id, sessionId: row.session_id, index: row.document_index }
  const outputs = row.outputs.map((key) => ({ traceId: key.slice(0, 32), spanId: key.slice(33) }))
  const { kind, traceId, spanId, sessionId, index } = target
  const byKind = {
    span: { kind, traceId, spanId },
    trace: { kind, traceId },
    session: { kind, sessionId },
    document: { kind, traceId, spanId, index },
    comparison: { kind, outputs },
  }
  return byKind[kind] as Target
}
