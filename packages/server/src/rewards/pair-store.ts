import { type Feedback, type Message, messageText, type SpanId, type TraceId } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from '../events/feedback-row.ts'

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

/** Reads of people's judgments of outputs, and of the outputs that they are about. */
export function pairStore(events: EventStore) {
  /** People's standing judgments of some kinds, in the order of the table's key, after a position. */
  async function page(projectId: string, kinds: readonly Feedback['kind'][], filter: PairFilter, after: PairPosition, limit: number) {
    const names = (Object.keys(conditions) as (keyof PairFilter)[]).filter((name) => filter[name] !== undefined && filter[name] !== '')
    const rows = await events.query<FeedbackRow & { identity: string }>(
      `SELECT ${feedbackColumns}, identity FROM feedback FINAL
       WHERE project_id = {projectId:String} AND kind IN {kinds:Array(String)} AND author_kind = 'human'
         ${names.map((name) => `AND ${conditions[name]}`).join(' ')}
         AND (trace_id, span_id, identity) > ({traceId:String}, {spanId:String}, {identity:String})
       ORDER BY trace_id, span_id, identity LIMIT {limit:UInt32}`,
      { projectId, kinds, limit, ...after, ...Object.fromEntries(names.map((name) => [name, filter[name]])) },
    )
    return rows.map((row): { feedback: Feedback; position: PairPosition } => ({
      feedback: decodeFeedback(row),
      position: { traceId: row.trace_id, spanId: row.span_id, identity: row.identity },
    }))
  }

  /**
   * Input and output of spans as text, by `traceId:spanId`; without a span's id those of its trace as a whole: of the root, or of the first
   * generation where the root has none. What has not arrived is left out.
   */
  async function texts(projectId: string, spans: readonly { traceId: TraceId; spanId: SpanId | '' }[]): Promise<Map<string, SpanText>> {
    const named = spans.filter(({ spanId }) => spanId !== '')
    const whole = spans.filter(({ spanId }) => spanId === '')
    const traceIdsOf = (some: typeof spans) => [...new Set(some.map(({ traceId }) => traceId))]
    const columns = 'trace_id, span_id, input_text, output_text, input, session_id, prompt_name, metadata'
    const [ofSpans, ofTraces] = await Promise.all([
      named.length === 0
        ? []
        : events.query<SpanTextRow>(
            `SELECT ${columns} FROM spans
             WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)} AND span_id IN {spanIds:Array(String)}
             ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id`,
            { projectId, traceIds: traceIdsOf(named), spanIds: [...new Set(named.map(({ spanId }) => spanId))] },
          ),
      whole.length === 0
        ? []
        : events.query<SpanTextRow>(
            `SELECT ${columns} FROM (
               SELECT ${columns}, parent_span_id, kind, start_time FROM spans
               WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
               ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id
             ) WHERE output_text != ''
             ORDER BY parent_span_id != '', kind != 'generation', start_time, span_id LIMIT 1 BY trace_id`,
            { projectId, traceIds: traceIdsOf(whole) },
          ),
    ])
    return new Map([
      ...ofSpans.map((row) => [`${row.trace_id}:${row.span_id}`, spanTextOf(row)] as const),
      ...ofTraces.map((row) => [`${row.trace_id}:`, spanTextOf(row)] as const),
    ])
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
