/** What people together say about one item on one criterion; with an empty item, where the rows of the criterion come from. */
export type ConsensusRow = {
  criterion: string
  kind: string
  /** The item as quality reports name it. */
  item: string
  traceId: string
  spanId: string
  sessionId: string
  /** The value as text: a number, a word, or JSON. */
  value: string
  /** As a number, where the kind has one, with its posterior standard deviation. */
  score: number | null
  sd: number | null
  /** Posterior probability of the value. */
  probability: number | null
  posterior: readonly { value: string; probability: number }[]
  votes: number
  /** Of the newest vote. */
  time: string
  /** How far the votes are apart: 0 alike to 1. */
  spread: number
  method: string
  source: object
  isDeleted: boolean
}

/** A consensus as one line of JSON for the table `consensus`. */
export function encodeConsensus(projectId: string, row: ConsensusRow, version: string): string {
  return JSON.stringify({
    project_id: projectId,
    criterion: row.criterion,
    kind: row.kind,
    item: row.item,
    trace_id: row.traceId,
    span_id: row.spanId,
    session_id: row.sessionId,
    value: row.value,
    score: row.score,
    sd: row.sd,
    probability: row.probability,
    posterior: JSON.stringify(row.posterior),
    votes: row.votes,
    time: row.time,
    spread: row.spread,
    method: row.method,
    source: JSON.stringify(row.source),
    version,
    is_deleted: row.isDeleted ? 1 : 0,
  })
}
