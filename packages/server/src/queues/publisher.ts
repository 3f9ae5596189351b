import { type Answers, type Criterion, feedbackKindOf, type FeedbackInput, type Target } from '@plaudit/protocol'
import type { Db } from '../db/schema.ts'
import type { FeedbackService } from '../feedback/service.ts'
import { idempotentId } from '../feedback/idempotency.ts'
import { publishStore } from './publish-store.ts'

/** A submitted judgment, with what its feedback is made of. */
export type Published = {
  assignmentId: string
  submissionId: string
  projectId: string
  queueId: string
  personId: string
  role: 'reviewer' | 'lead'
  target: Target
  criteria: readonly Criterion[]
  /** In the order of the target. */
  answers: Answers
  rationales: Record<string, string>
  presentation: Record<string, unknown>
  submittedAt: Date
}

/**
 * A judgment as feedback, one record for each criterion. The ids follow from the submission, so that publishing it twice writes it once; the
 * identity from the queue, so that a changed judgment supersedes the older one and judgments in two queues stand beside each other.
 */
export function feedbackOf(judgment: Published): FeedbackInput[] {
  return judgment.criteria.flatMap((criterion, index) => {
    const answer = judgment.answers[criterion.key]
    if (answer === undefined) return []
    const value: unknown = criterion.type === 'binary' ? (answer === true ? 1 : 0) : answer
    const rationale = judgment.rationales[criterion.key]
    return [
      {
        id: idempotentId(judgment.projectId, `${judgment.assignmentId} ${judgment.submissionId}`, index),
        target: judgment.target,
        criterion: criterion.key,
        kind: feedbackKindOf[criterion.type],
        value,
        author: { kind: 'human', id: judgment.personId, role: judgment.role },
        identifier: `queue:${judgment.queueId}`,
        ...(rationale === undefined ? {} : { rationale }),
        time: judgment.submittedAt.toISOString(),
        metadata: { queue: judgment.queueId, judgment: judgment.assignmentId },
        presentation: judgment.presentation,
      } as FeedbackInput,
    ]
  })
}

/**
 * The outbox: a judgment is in the transactional store first and acknowledged once its feedback is in the event store too. What a crash left
 * between the two is published at the next start.
 */
export function publisher({ db, feedback }: { db: Db; feedback: Pick<FeedbackService, 'recordFeedback' | 'withdrawFeedback'> }) {
  const store = publishStore(db)

  /** Resolves once the judgment's feedback is on disk; criteria of its earlier version that are not answered any more are withdrawn. */
  async function publish(judgment: Published, dropped: readonly string[] = []): Promise<void> {
    const results = await feedback.recordFeedback(judgment.projectId, feedbackOf(judgment), { ownIds: true })
    const refused = results.find((result) => 'error' in result)
    if (refused !== undefined && 'error' in refused) throw new Error(`a judgment's feedback was refused: ${refused.error.message}`)
    if (dropped.length > 0) {
      await feedback.withdrawFeedback(judgment.projectId, judgment.target, {
        author: judgment.personId,
        identifier: `queue:${judgment.queueId}`,
        criteria: dropped,
      })
    }
    await store.markPublished(judgment.assignmentId, judgment.submissionId)
  }

  /**
   * Publishes what is left over: one judgment, or all that were submitted before a time. Returns how many that were. One that is refused keeps no
   * other from being published.
   * @throws what the last refused one threw, after all were tried.
   */
  async function catchUp(only: string | null = null, before: Date | null = null): Promise<number> {
    const left = await store.unpublished(only, before)
    const failed: unknown[] = []
    for (const judgment of left) await publish(judgment).catch((error: unknown) => failed.push(error))
    if (failed.length > 0) throw failed.at(-1)
    return left.length
  }

  return { publish, catchUp }
}
