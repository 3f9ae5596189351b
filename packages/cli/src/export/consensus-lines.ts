import { type ConsensusItem, csvLine, type Page } from '@plaudit/protocol'

/** A consensus with the criterion that it is about. */
export type ConsensusRecord = ConsensusItem & { criterion: string }

/** The columns of the CSV export, with how each is filled. Lists are JSON. */
const columns: Record<string, (record: ConsensusRecord) => unknown> = {
  criterion: ({ criterion }) => criterion,
  kind: ({ kind }) => kind,
  value: ({ value }) => value,
  probability: ({ probability }) => probability,
  score: ({ score }) => score,
  sd: ({ sd }) => sd,
  votes: ({ n }) => n,
  spread: ({ spread }) => spread,
  method: ({ method }) => method,
  target_kind: ({ target }) => target.kind,
  trace_id: ({ target }) => ('traceId' in target ? target.traceId : null),
  span_id: ({ target }) => ('spanId' in target ? target.spanId : null),
  session_id: ({ target }) => ('sessionId' in target ? target.sessionId : null),
  outputs: ({ target }) => ('outputs' in target ? JSON.stringify(target.outputs) : null),
  posterior: ({ posterior }) => JSON.stringify(posterior),
  marks: ({ marks }) => (marks === null ? null : JSON.stringify(marks)),
  raw_votes: ({ votes }) => JSON.stringify(votes.map(({ author, value }) => ({ author, value }))),
}

/** The consensus on every item of some criteria as the lines of a file, one page in memory at a time. */
export async function* consensusLines(
  criteria: readonly string[],
  page: (criterion: string, cursor: string | undefined) => Promise<Page<ConsensusItem>>,
  format: 'jsonl' | 'csv',
  onPage: (count: number) => void = () => {},
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(Object.keys(columns))
  for (const criterion of criteria) {
    let cursor: string | undefined
    do {
      const { items, nextCursor } = await page(criterion, cursor)
      for (const item of items) {
        const record = { criterion, ...item }
        yield format === 'csv' ? csvLine(Object.values(columns).map((fill) => fill(record))) : `${JSON.stringify(record)}\n`
      }
      onPage(items.length)
      cursor = nextCursor ?? undefined
    } while (cursor !== undefined)
  }
}
