import type { FeedbackInput } from '@plaudit/protocol'
import type { PlauditClient } from '@plaudit/sdk'
import { encodeOtlp } from './encode-otlp.ts'
import type { OutgoingSpan } from './outgoing-span.ts'

/** Records that come from one place of a source. */
export interface Parcel {
  spans: readonly OutgoingSpan[]
  feedback: readonly FeedbackInput[]
  /** Where in the source, for what is refused. */
  line?: number
}
/** What the server would not take, and why. */
export interface Refusal {
  line: number
  reason: string
}
export interface UploadResult {
  spans: number
  feedback: number
  refused: Refusal[]
}

const SPANS_AT_ONCE = 500
const FEEDBACK_AT_ONCE = 1_000
const CHARACTERS_AT_ONCE = 4_000_000
const REQUESTS_AT_ONCE = 3

/**
 * Sends records in batches, a few at a time, and resolves when all are on the server's disk. At most a few batches are held, however long
 * the source is. Repeating it changes nothing where ids are the same.
 * @throws PlauditError when the server cannot be reached or refuses a whole batch; what was sent before stays.
 */
export async function upload(
  client: PlauditClient,
  parcels: Iterable<Parcel> | AsyncIterable<Parcel>,
  onProgress: (sent: UploadResult) => void = () => {},
): Promise<UploadResult> {
  const sent: UploadResult = { spans: 0, feedback: 0, refused: [] }
  const pending = new Set<Promise<void>>()
  let failure: { cause: unknown } | null = null
  for await (const batch of batches(parcels)) {
    const sending: Promise<void> = sendBatch(client, batch, sent)
      .then(() => onProgress(sent))
      .catch((cause: unknown) => {
        failure ??= { cause }
      })
      .finally(() => pending.delete(sending))
    pending.add(sending)
    if (pending.size >= REQUESTS_AT_ONCE) await Promise.race(pending)
    if (failure !== null) break
  }
  await Promise.all(pending)
  rethrow(failure)
  return sent
}

/** Apart, because the compiler does not see that a callback has set it. */
function rethrow(failure: { cause: unknown } | null): void {
  if (failure !== null) throw failure.cause
}

interface Batch {
  spans: OutgoingSpan[]
  feedback: { given: FeedbackInput; line: number }[]
  lines: [number, number]
}

async function* batches(parcels: Iterable<Parcel> | AsyncIterable<Parcel>): AsyncGenerator<Batch> {
  let batch: Batch | null = null
  let characters = 0
  for await (const { spans, feedback, line = 0 } of parcels) {
    batch ??= { spans: [], feedback: [], lines: [line, line] }
    batch.spans.push(...spans)
    batch.feedback.push(...feedback.map((given) => ({ given, line })))
    batch.lines[1] = line
    characters += JSON.stringify([spans, feedback]).length
    if (batch.spans.length < SPANS_AT_ONCE && batch.feedback.length < FEEDBACK_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue
    yield batch
    batch = null
    characters = 0
  }
  if (batch !== null) yield batch
}

async function sendBatch(client: PlauditClient, { spans, feedback, lines }: Batch, sent: UploadResult): Promise<void> {
  if (spans.length > 0) {
    const { partialSuccess } = await client.traces.send(encodeOtlp(spans))
    const rejected = Number(partialSuccess?.rejectedSpans ?? 0)
    sent.spans += spans.length - rejected
    if (rejected > 0)
      sent.refused.push({ line: lines[0], reason: `up to line ${lines[1]}: ${rejected} spans refused, ${partialSuccess?.errorMessage}` })
  }
  for (let from = 0; from < feedback.length; from += FEEDBACK_AT_ONCE) {
    const part = feedback.slice(from, from + FEEDBACK_AT_ONCE)
    const { items } = await client.feedback.giveMany(part.map(({ given }) => given))
    for (const [index, item] of items.entries()) {
      if ('error' in item) sent.refused.push({ line: part[index]?.line ?? 0, reason: item.error.message })
      else sent.feedback += 1
    }
  }
}
