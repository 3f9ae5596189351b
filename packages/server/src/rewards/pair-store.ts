import { type Feedback, type Message, messageText, type SpanId, type TraceId } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from '../events/feedback-row.ts'

/** Kinds of feedback that say of one output that it is better than another. */
const PAIR_KINDS = ['comparison', 'correction', 'ranking']

export type PairPosition = { traceId: string; spanId: string; identity: string }
/** `opening` is what the user said first: conversations that begin alike belong together. */
export type SpanText = { input: string; opening: string; output: string }

/** Reads of the feedback that makes preference pairs, and of the outputs that it is about. */
export function pairStore(events: EventStore) {
  /** People's standing judgments that make pairs, in the order of the table's key, after a position; on one criterion or on all. */
  async function page(projectId: string, criterion: string | null, after: PairPosition, limit: number) {
    const rows = await events.query<FeedbackRow & { identity: string }>(
      `SELECT ${feedbackColumns}, identity FROM feedback FINAL
       WHERE project_id = {projectId:String} AND kind IN {kinds:Array(String)} AND author_kind = 'human'
         AND ({criterion:String} = '' OR criterion = {criterion:String})
         AND (trace_id, span_id, identity) > ({traceId:String}, {spanId:String}, {identity:String})
       ORDER BY trace_id, span_id, identity LIMIT {limit:UInt32}`,
      { projectId, kinds: PAIR_KINDS, criterion: criterion ?? '', limit, ...after },
    )
    return rows.map((row): { feedback: Feedback; position: PairPosition } => ({
      feedback: decodeFeedback(row),
      position: { traceId: row.trace_id, spanId: row.span_id, identity: row.identity },
    }))
  }

  /** Input and output of spans as text, by `traceId:spanId`. Spans that have not arrived are left out. */
  async function texts(projectId: string, spans: readonly { traceId: TraceId; spanId: SpanId }[]): Promise<Map<string, SpanText>> {
    if (spans.length === 0) return new Map()
    const rows = await events.query<{ trace_id: string; span_id: string; input_text: string; output_text: string; input: string }>(
      `SELECT trace_id, span_id, input_text, output_text, input FROM spans
       WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)} AND span_id IN {spanIds:Array(String)}
       ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id`,
      {
        projectId,
        traceIds: [...new Set(spans.map(({ traceId }) => traceId))],
        spanIds: [...new Set(spans.map(({ spanId }) => spanId))],
      },
    )
    return new Map(rows.map((row) => [`${row.trace_id}:${row.span_id}`, spanTextOf(row)]))
  }

  return { page, texts }
}

function spanTextOf(row: { input_text: string; output_text: string; input: string }): SpanText {
  const input = row.input_text || row.input
  const first = (JSON.parse(row.input || '[]') as Message[]).find(({ role }) => role === 'user')
  return { input, opening: (first && messageText([first])) || input, output: row.output_text }
}
