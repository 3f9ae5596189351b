import { type Feedback, type Message, messageText, type SpanId, type TraceId } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from '../events/feedback-row.ts'

/** Kinds of feedback that say of one output that it is better than another. */
const PAIR_KINDS = ['comparison', 'correction', 'ranking']

export type PairPosition = { traceId: string; spanId: string; identity: string }
/**
 * `opening` is what the user said first: conversations that begin alike belong together. `strata`: metadata with short values and the name of
 * the prompt, by which accuracy is told apart.
 */
export type SpanText = { input: string; opening: string; output: string; session: string; strata: Record<string, string> }

/** Which judgments: on one criterion, given in a time, by some authors or all but some, or recorded since a moment. */
export type PairFilter = {
  criterion?: string | undefined
  from?: string | undefined
  to?: string | undefined
  authors?: readonly string[] | undefined
  excludeAuthors?: readonly string[] | undefined
  receivedFrom?: string | undefined
}

const conditions = {
  criterion: 'criterion = {criterion:String}',
  from: 'time >= parseDateTime64BestEffort({from:String}, 3)',
  to: 'time < parseDateTime64BestEffort({to:String}, 3)',
  authors: 'author_id IN {authors:Array(String)}',
  excludeAuthors: 'author_id NOT IN {excludeAuthors:Array(String)}',
  receivedFrom: 'received_at >= parseDateTime64BestEffort({receivedFrom:String}, 3)',
} as const satisfies Record<keyof PairFilter, string>

/** Longer metadata is content. */
const MOST_CHARACTERS = 100

/** Reads of the feedback that makes preference pairs, and of the outputs that it is about. */
export function pairStore(events: EventStore) {
  /** People's standing judgments that make pairs, in the order of the table's key, after a position. */
  async function page(projectId: string, filter: PairFilter, after: PairPosition, limit: number) {
    const names = (Object.keys(conditions) as (keyof PairFilter)[]).filter((name) => filter[name] !== undefined && filter[name] !== '')
    const rows = await events.query<FeedbackRow & { identity: string }>(
      `SELECT ${feedbackColumns}, identity FROM feedback FINAL
       WHERE project_id = {projectId:String} AND kind IN {kinds:Array(String)} AND author_kind = 'human'
         ${names.map((name) => `AND ${conditions[name]}`).join(' ')}
         AND (trace_id, span_id, identity) > ({traceId:String}, {spanId:String}, {identity:String})
       ORDER BY trace_id, span_id, identity LIMIT {limit:UInt32}`,
      { projectId, kinds: PAIR_KINDS, limit, ...after, ...Object.fromEntries(names.map((name) => [name, filter[name]])) },
    )
    return rows.map((row): { feedback: Feedback; position: PairPosition } => ({
      feedback: decodeFeedback(row),
      position: { traceId: row.trace_id, spanId: row.span_id, identity: row.identity },
    }))
  }

  /** Input and output of spans as text, by `traceId:spanId`. Spans that have not arrived are left out. */
  async function texts(projectId: string, spans: readonly { traceId: TraceId; spanId: SpanId }[]): Promise<Map<string, SpanText>> {
    if (spans.length === 0) return new Map()
    const rows = await events.query<SpanTextRow>(
      `SELECT trace_id, span_id, input_text, output_text, input, session_id, prompt_name, metadata FROM spans
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

type SpanTextRow = {
  trace_id: string
  span_id: string
  input_text: string
  output_text: string
  input: string
  session_id: string
  prompt_name: string
  metadata: Record<string, string>
}

function spanTextOf(row: SpanTextRow): SpanText {
  const input = row.input_text || row.input
  const first = (JSON.parse(row.input || '[]') as Message[]).find(({ role }) => role === 'user')
  const metadata = Object.entries(row.metadata).filter(([, value]) => value !== '' && value.length <= MOST_CHARACTERS)
  const prompt: [string, string][] = row.prompt_name === '' ? [] : [['prompt', row.prompt_name]]
  return {
    input,
    opening: (first && messageText([first])) || input,
    output: row.output_text,
    session: row.session_id,
    strata: Object.fromEntries([...prompt, ...metadata]),
  }
}
