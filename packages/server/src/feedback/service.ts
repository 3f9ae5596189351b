import {
  ApiError,
  type Author,
  describeIssues,
  type Feedback,
  type FeedbackBatchResult,
  feedbackInputSchema,
  type FeedbackQuery,
  type Page,
  type ParsedFeedback,
  type Target,
} from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { EventStore } from '../events/event-store.ts'
import { feedbackIdentity } from '../events/feedback-row.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { gather } from '../db/gather.ts'
import { idempotentId } from './idempotency.ts'
import { feedbackStore } from './store.ts'

const EARLIEST = Date.UTC(2010, 0, 1)
const DAY_MS = 86_400_000

export type RecordOptions = {
  /** Makes the write idempotent where a record has no id: the same key and place are the same feedback. */
  idempotencyKey?: string | undefined
  /** Decides who each judgment is by; throws `forbidden`. Left out, the author stands as sent. */
  authorFor?: (author: Author) => Author
}
export type FeedbackService = ReturnType<typeof feedbackService>

const positionSchema = z.tuple([z.int(), z.string()])

/** Feedback: checked one by one, written together, read newest first. */
export function feedbackService({ events, clock }: { events: EventStore; clock: () => Date }) {
  const store = feedbackStore(events)
  const identitiesOf = gather(store.identitiesOf)

  /**
   * Writes judgments and resolves once they are on disk and visible. The result has one entry per input, in order: its id, or what is wrong
   * with it. A bad record never keeps another from being written.
   */
  async function recordFeedback(
    projectId: string,
    inputs: readonly unknown[],
    options: RecordOptions = {},
  ): Promise<FeedbackBatchResult['items']> {
    const receivedAt = clock()
    const checked = inputs.map((input, index) => check(input, index))
    const clashes = await clashingIds(
      projectId,
      checked.flatMap((one) => ('given' in one && one.given ? [one.feedback] : [])),
    )
    const results = checked.map((one): FeedbackBatchResult['items'][number] => {
      if ('error' in one) return { error: { code: one.error.code, message: one.error.message } }
      if (!clashes.has(one.feedback)) return { id: one.feedback.id }
      return { error: { code: 'conflict', message: `id: ${one.feedback.id} belongs to feedback on another target, criterion or author.` } }
    })
    const accepted = checked.flatMap((one) => ('feedback' in one && !clashes.has(one.feedback) ? [one.feedback] : []))
    if (accepted.length > 0) await events.appendFeedback(projectId, accepted)
    return results

    function check(input: unknown, index: number): { feedback: Feedback; given: boolean } | { error: ApiError } {
      const parsed = feedbackInputSchema.safeParse(input)
      if (!parsed.success) return { error: new ApiError('invalid_argument', describeIssues(parsed.error)) }
      try {
        const record = parsed.data
        const author = options.authorFor === undefined ? record.author : options.authorFor(record.author)
        const fallback = options.idempotencyKey === undefined ? uuidv7() : idempotentId(projectId, options.idempotencyKey, index)
        return { feedback: complete({ ...record, author }, fallback, receivedAt), given: record.id !== undefined }
      } catch (error) {
        if (error instanceof ApiError) return { error }
        throw error
      }
    }
  }

  /** Those whose id is already taken by a judgment of another identity, in the store or earlier in the same request. */
  async function clashingIds(projectId: string, records: readonly Feedback[]): Promise<Set<Feedback>> {
    const clashes = new Set<Feedback>()
    if (records.length === 0) return clashes
    const known = records.filter(({ id }) => !events.claimFeedbackId(projectId, id))
    const written = known.length === 0 ? new Map<string, Set<string>>() : await identitiesOf(known.map(({ id }) => ({ projectId, id })))
    const suspects = known.filter((one) =>
      [...(written.get(`${projectId} ${one.id}`) ?? [])].some((known) => known !== feedbackIdentity(one)),
    )
    // What was superseded or deleted gives its id free.
    const standing = await store.byIds(
      projectId,
      suspects.map(({ id }) => id),
    )
    const taken = new Map(standing.map((one) => [one.id, feedbackIdentity(one)]))
    for (const record of records) {
      const identity = feedbackIdentity(record)
      if ((taken.get(record.id) ?? identity) === identity) taken.set(record.id, identity)
      else clashes.add(record)
    }
    return clashes
  }

  /**
   * Writes judgments that this server has made itself from what it had checked, under ids that follow from what they are and so belong to no
   * other. Resolves once they are on disk and visible.
   */
  const recordOwn = (projectId: string, own: readonly Feedback[]): Promise<void> => events.appendFeedback(projectId, own)

  /** One page of the judgments that match, newest first. */
  async function listFeedback(projectId: string, query: FeedbackQuery): Promise<Page<Feedback>> {
    const position = query.cursor === undefined ? null : decodeCursor(positionSchema, query.cursor)
    const after = position === null ? null : { timeMs: position[0], id: position[1] }
    const found = await store.list(projectId, query, after, query.limit + 1)
    const items = found.slice(0, query.limit)
    const last = items.at(-1)
    const nextCursor = found.length > items.length && last !== undefined ? encodeCursor([Date.parse(last.time), last.id]) : null
    return { items, nextCursor }
  }

  /** @throws ApiError `not_found` when there is none, or it was superseded or deleted. */
  async function getFeedback(projectId: string, id: string): Promise<Feedback> {
    const [feedback] = await store.byIds(projectId, [id])
    if (feedback === undefined)
      throw new ApiError('not_found', `There is no feedback ${id} in this project; a newer judgment may have superseded it.`)
    return feedback
  }

  /** Removes a judgment. @throws ApiError `not_found`. */
  async function deleteFeedback(projectId: string, id: string): Promise<void> {
    await events.deleteFeedback(projectId, [await getFeedback(projectId, id)])
  }

  /** Removes a person's judgments on some criteria of a target, whether they are there or not: what identifies them suffices. */
  async function withdrawFeedback(
    projectId: string,
    target: Target,
    of: { author: string; identifier: string; criteria: readonly string[] },
  ): Promise<void> {
    const now = clock().toISOString()
    const author = { kind: 'human', id: of.author, role: null } as const
    const rest = { value: '', kind: 'text', rationale: '', time: now, receivedAt: now, metadata: {}, presentation: {} } as const
    await events.deleteFeedback(
      projectId,
      of.criteria.map((criterion) => ({ id: uuidv7(), target, criterion, author, identifier: of.identifier, ...rest })),
    )
  }

  return { recordFeedback, recordOwn, listFeedback, getFeedback, deleteFeedback, withdrawFeedback }
}

/** The stored record of what was sent. @throws ApiError `invalid_argument` for a time that cannot be. */
function complete(record: ParsedFeedback, fallbackId: string, receivedAt: Date): Feedback {
  const id = record.id ?? fallbackId
  const time = record.time ?? receivedAt.toISOString()
  const timeMs = Date.parse(time)
  if (timeMs > receivedAt.getTime() + DAY_MS) throw new ApiError('invalid_argument', `time: ${time} is more than a day in the future.`)
  if (timeMs < EARLIEST) throw new ApiError('invalid_argument', `time: ${time} is before 2010; send milliseconds-exact ISO 8601 in UTC.`)
  return {
    id,
    target: record.target,
    criterion: record.criterion,
    kind: record.kind,
    value: record.value,
    author: { kind: record.author.kind, id: record.author.id ?? '', role: record.author.role ?? null },
    // Anonymous judgments have no author to supersede, so each stands for itself.
    identifier: record.identifier ?? (record.author.id === undefined ? id : ''),
    rationale: record.rationale ?? '',
    time,
    receivedAt: receivedAt.toISOString(),
    metadata: record.metadata ?? {},
    presentation: record.presentation ?? {},
  }
}
