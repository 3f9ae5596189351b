import type { RowWriter } from './row-writer.ts'

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

/** The columns of `consensus` in the order in which `writeConsensus` writes them. */
export const consensusRowColumns = `project_id, criterion, kind, item, trace_id, span_id, session_id, value, score, sd, probability, posterior,
  votes, time, spread, method, source, version, is_deleted`

/** A consensus as a row of `consensus`. */
export function writeConsensus(row: RowWriter, projectId: string, consensus: ConsensusRow, version: bigint): void {
  row.text(projectId)
  row.text(consensus.criterion)
  row.text(consensus.kind)
  row.text(consensus.item)
  row.text(consensus.traceId)
  row.text(consensus.spanId)
  row.text(consensus.sessionId)
  row.text(consensus.value)
  row.nullableFloat64(consensus.score)
  row.nullableFloat64(consensus.sd)
  row.nullableFloat64(consensus.probability)
  row.text(JSON.stringify(consensus.posterior))
  row.uint32(consensus.votes)
  row.time(consensus.time)
  row.float64(consensus.spread)
  row.text(consensus.method)
  row.text(JSON.stringify(consensus.source))
  row.uint64(version)
  row.uint8(consensus.isDeleted ? 1 : 0)
}
