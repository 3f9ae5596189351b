import type { FeedbackInput } from '@plaudit/protocol'
import { PlauditError, type PlauditClient } from '@plaudit/sdk'
import { type Parcel, type Refusal, upload, type UploadResult } from '../client/upload.ts'
import type { OpenedText } from '../table/open-text.ts'
import type { GoodRow, Importer } from './import-format.ts'
import { recordIds } from './record-id.ts'

const HOUR_MS = 3_600_000

export interface ImportOptions {
  /** Where to send; null only reads. */
  client: PlauditClient | null
  format: string
  importer: Importer
  nowMs: number
  /** Called for every row that cannot be read, as it is met. It may throw to end the import. */
  onBadRow: (refusal: Refusal) => void
  onProgress?: (sent: UploadResult) => void
  /** Called with the feedback of every row that is sent. */
  onFeedback?: (feedback: readonly FeedbackInput[]) => void
}

export interface ImportResult extends UploadResult {
  rows: number
  badRows: number
}

/**
 * Imports a source. Ids follow from content and rows without a time get that of their first import, so an import that was cut short is
 * finished by running it again, and a repeated one changes nothing.
 */
export async function runImport(source: OpenedText, options: ImportOptions): Promise<ImportResult> {
  const { client, format, importer, onBadRow, onProgress, onFeedback } = options
  const count = { rows: 0, badRows: 0 }
  let startMs: number | null = null

  async function* parcels(): AsyncGenerator<Parcel> {
    for await (const row of importer(source, recordIds(format))) {
      count.rows += 1
      if ('problem' in row) {
        count.badRows += 1
        onBadRow({ line: row.line, reason: row.problem })
        continue
      }
      onFeedback?.(row.feedback)
      const isFirst = startMs === null && row.spans.length > 0
      if (isFirst) startMs = await startOf(row, client, options.nowMs)
      // A millisecond apart, so that lists show rows in the file's order.
      const parcel = dated(row, (startMs ?? options.nowMs) + count.rows - 1)
      // Alone and first: it holds the time of this import for every later one.
      if (isFirst && client !== null) await upload(client, [parcel])
      yield parcel
    }
  }

  const sent = client === null ? await countOnly(parcels()) : await upload(client, parcels(), onProgress)
  return { ...sent, ...count }
}

/**
 * When the spans of rows without a time begin: with this hour, or, where the first row is on the server already, with the hour of that. A span's
 * hour is part of its identity.
 */
async function startOf({ spans }: GoodRow, client: PlauditClient | null, nowMs: number): Promise<number> {
  const hourOf = (ms: number) => Math.floor(ms / HOUR_MS) * HOUR_MS
  const [first] = spans
  if (first === undefined || client === null) return hourOf(nowMs)
  try {
    const trace = await client.traces.get(first.traceId)
    const known = trace.spans.find(({ spanId }) => spanId === first.spanId)
    return hourOf(known === undefined ? nowMs : Date.parse(known.startTime))
  } catch (error) {
    if (error instanceof PlauditError && error.code === 'not_found') return hourOf(nowMs)
    throw error
  }
}

function dated({ spans, feedback, line, timeMs }: GoodRow, fallbackMs: number): Parcel {
  const atMs = timeMs ?? fallbackMs
  return {
    line,
    spans: spans.map((span) => ({ ...span, startMs: span.startMs + atMs, endMs: span.endMs + atMs })),
    feedback: feedback.map((given): FeedbackInput =>
      given.time === undefined ? { ...given, time: new Date(atMs + 1).toISOString() } : given,
    ),
  }
}

async function countOnly(parcels: AsyncIterable<Parcel>): Promise<UploadResult> {
  const counted: UploadResult = { spans: 0, feedback: 0, refused: [] }
  for await (const { spans, feedback } of parcels) {
    counted.spans += spans.length
    counted.feedback += feedback.length
  }
  return counted
}
