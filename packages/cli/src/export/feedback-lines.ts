import { csvLine, type Feedback, feedbackScore, type Page } from '@plaudit/protocol'

/** The columns of the CSV export, with how each is filled. Lists and maps are JSON. */
const columns: Record<string, (feedback: Feedback) => unknown> = {
  id: ({ id }) => id,
  time: ({ time }) => time,
  received_at: ({ receivedAt }) => receivedAt,
  criterion: ({ criterion }) => criterion,
  kind: ({ kind }) => kind,
  value: ({ value }) => JSON.stringify(value),
  score: ({ kind, value }) => feedbackScore(kind, value),
  author_kind: ({ author }) => author.kind,
  author_id: ({ author }) => author.id,
  author_role: ({ author }) => author.role,
  identifier: ({ identifier }) => identifier,
  target_kind: ({ target }) => target.kind,
  trace_id: ({ target }) => ('traceId' in target ? target.traceId : null),
  span_id: ({ target }) => ('spanId' in target ? target.spanId : null),
  session_id: ({ target }) => ('sessionId' in target ? target.sessionId : null),
  document_index: ({ target }) => ('index' in target ? target.index : null),
  outputs: ({ target }) => ('outputs' in target ? JSON.stringify(target.outputs) : null),
  rationale: ({ rationale }) => rationale,
  metadata: ({ metadata }) => JSON.stringify(metadata),
  presentation: ({ presentation }) => JSON.stringify(presentation),
}

/** Pages of feedback as the lines of a file, one page in memory at a time. */
export async function* feedbackLines(
  page: (cursor: string | undefined) => Promise<Page<Feedback>>,
  format: 'jsonl' | 'csv',
  onPage: (count: number) => void = () => {},
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(Object.keys(columns))
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await page(cursor)
    for (const feedback of items) {
      if (format === 'csv') yield csvLine(Object.values(columns).map((fill) => fill(feedback)))
      else yield `${JSON.stringify({ ...feedback, score: feedbackScore(feedback.kind, feedback.value) })}\n`
    }
    onPage(items.length)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}
