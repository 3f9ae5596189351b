import type { SpanRef, Target } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import type { SpanRow } from '../events/span-row.ts'
import { gather } from '../db/gather.ts'
import type { ShownSpan } from './content.ts'

/** A generation in short. */
export type Generation = { ref: SpanRef; model: string; promptVersion: string; inputKey: string }

/** Few columns: what else is known of a span costs the engine as much again. */
const shownColumns = 'trace_id, span_id, parent_span_id, kind, model, prompt_version, input, output, documents, metadata'
type ShownRow = Pick<
  SpanRow,
  'trace_id' | 'span_id' | 'parent_span_id' | 'kind' | 'model' | 'prompt_version' | 'input' | 'output' | 'documents' | 'metadata'
>

/** Look-ups cost the engine nearly the same however many spans they are for: a pause between them makes them fewer. */
const REST_MS = 15

/** Reads what a queue's items are about. */
export function contentStore(events: EventStore) {
  const select = async (projectId: string, where: string, params: Record<string, unknown>): Promise<ShownSpan[]> => {
    const rows = await events.query<ShownRow>(
      `SELECT ${shownColumns} FROM (
         SELECT ${shownColumns}, start_time, ingest_version FROM spans WHERE project_id = {projectId:String} AND ${where} ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id
       ) ORDER BY start_time, span_id`,
      { projectId, ...params },
    )
    return rows.map(decodeShown)
  }

  /** Everybody who claims at the same time shares one look-up. */
  const spansByRef = gather(
    async (keys: { projectId: string; ref: SpanRef }[]): Promise<ReadonlyMap<string, ShownSpan>> => {
      const found = new Map<string, ShownSpan>()
      for (const [projectId, ofProject] of Map.groupBy(keys, (key) => key.projectId)) {
        const params = {
          traceIds: [...new Set(ofProject.map(({ ref }) => ref.traceId))],
          spanIds: [...new Set(ofProject.map(({ ref }) => ref.spanId))],
        }
        const spans = await select(projectId, 'trace_id IN {traceIds:Array(String)} AND span_id IN {spanIds:Array(String)}', params)
        for (const span of spans) found.set(`${projectId} ${span.traceId} ${span.spanId}`, span)
      }
      return found
    },
    { restMs: REST_MS },
  )

  /** Spans by their references, in their order; those that have not arrived are missing. */
  async function spans(projectId: string, refs: readonly SpanRef[]): Promise<ShownSpan[]> {
    if (refs.length === 0) return []
    const found = await spansByRef(refs.map((ref) => ({ projectId, ref })))
    return refs.flatMap(({ traceId, spanId }) => found.get(`${projectId} ${traceId} ${spanId}`) ?? [])
  }

  /** All spans of a trace, by start. */
  const trace = (projectId: string, traceId: string): Promise<ShownSpan[]> => select(projectId, 'trace_id = {traceId:String}', { traceId })

  /** Generations of a session, by start, at most 500. */
  const session = async (projectId: string, sessionId: string): Promise<ShownSpan[]> =>
    (await select(projectId, "session_id = {sessionId:String} AND kind = 'generation'", { sessionId })).slice(0, 500)

  /** The spans that a target is about. */
  function about(projectId: string, target: Target): Promise<ShownSpan[]> {
    switch (target.kind) {
      case 'trace':
        return trace(projectId, target.traceId)
      case 'session':
        return session(projectId, target.sessionId)
      case 'comparison':
        return spans(projectId, target.outputs)
      default:
        return spans(projectId, [target])
    }
  }

  /** Where the generations of some traces are, what made them, and a key that is equal for equal inputs. */
  async function generations(projectId: string, traceIds: readonly string[]): Promise<Generation[]> {
    const rows = await events.query<{ trace_id: string; span_id: string; model: string; prompt_version: string; input_key: string }>(
      `SELECT trace_id, span_id, any(model) AS model, any(prompt_version) AS prompt_version, toString(cityHash64(any(input))) AS input_key FROM spans
       WHERE project_id = {projectId:String} AND kind = 'generation' AND trace_id IN {traceIds:Array(String)}
       GROUP BY trace_id, span_id ORDER BY min(start_time), trace_id, span_id`,
      { projectId, traceIds },
    )
    return rows.map((row) => ({
      ref: { traceId: row.trace_id, spanId: row.span_id } as SpanRef,
      model: row.model,
      promptVersion: row.prompt_version,
      inputKey: row.input_key,
    }))
  }

  return { spans, about, generations }
}

function decodeShown(row: ShownRow): ShownSpan {
  return {
    traceId: row.trace_id as ShownSpan['traceId'],
    spanId: row.span_id as ShownSpan['spanId'],
    parentSpanId: row.parent_span_id === '' ? null : (row.parent_span_id as ShownSpan['spanId']),
    kind: row.kind,
    model: row.model,
    promptVersion: row.prompt_version,
    input: JSON.parse(row.input) as ShownSpan['input'],
    output: JSON.parse(row.output) as ShownSpan['output'],
    documents: JSON.parse(row.documents) as ShownSpan['documents'],
    metadata: row.metadata,
  }
}
