import type { SpanId, TraceId } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'

/** A scored output, with what the model said of it and a key that is equal for equal inputs. */
export type ScoredSpan = {
  traceId: TraceId
  spanId: SpanId
  reward: number
  std: number | null
  novelty: number | null
  inputKey: string
}

/** Scored outputs that are looked at: the newest. */
const MOST_SCORED = 5_000

/** Reads of a model's scores. */
export function selectionStore(events: EventStore) {
  /** The newest outputs that a model scored, since a time. */
  async function scored(projectId: string, author: string, fromMs: number): Promise<ScoredSpan[]> {
    type Row = { trace_id: TraceId; span_id: SpanId; score: number; std: string; novelty: string; input_key: string }
    const rows = await events.query<Row>(
      `SELECT f.trace_id AS trace_id, f.span_id AS span_id, f.score AS score, f.metadata['std'] AS std, f.metadata['novelty'] AS novelty,
         s.input_key AS input_key
       FROM (
         SELECT trace_id, span_id, score, metadata, time FROM feedback FINAL
         WHERE project_id = {projectId:String} AND criterion = 'reward' AND author_kind = 'model' AND author_id = {author:String}
           AND isNotNull(score) AND time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
         ORDER BY time DESC, trace_id, span_id LIMIT {limit:UInt32}
       ) AS f
       INNER JOIN (
         SELECT trace_id, span_id, toString(cityHash64(any(input))) AS input_key FROM spans
         WHERE project_id = {projectId:String} GROUP BY trace_id, span_id
       ) AS s ON s.trace_id = f.trace_id AND s.span_id = f.span_id
       ORDER BY f.trace_id, f.span_id`,
      { projectId, author, fromMs, limit: MOST_SCORED },
    )
    return rows.map(({ trace_id, span_id, score, std, novelty, input_key }) => ({
      traceId: trace_id,
      spanId: span_id,
      reward: score,
      std: std === '' ? null : Number(std),
      novelty: novelty === '' ? null : Number(novelty),
      inputKey: input_key,
    }))
  }

  return { scored }
}
