import { type Answers, type Criterion, type Feedback, feedbackKindOf, type Target } from '@plaudit/protocol'
import { gather } from '../db/gather.ts'
import { idempotentId } from '../feedback/idempotency.ts'
import { feedbackService } from '../feedback/service.ts'
import type { ServerContext } from '../http/context.ts'
import type { QueueContext } from './service.ts'
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
  /** Criteria that an earlier version of the judgment answered and this one does not. */
  dropped: readonly string[]
  presentation: Record<string, unknown>
  submittedAt: Date
}

/** Judgments that nobody waits for collect for so long before they go to the event store together. */
const COLLECT_MS = 200

/**
 * A judgment as feedback, one record for each criterion. The ids follow from the submission, so that publishing it twice writes it once; the
 * identity from the queue, so that a changed judgment supersedes the older one and judgments in two queues stand beside each other.
 */
export function feedbackOf(judgment: Published, receivedAt: Date): Feedback[] {
  return judgment.criteria.flatMap((criterion, index) => {
    const answer = judgment.answers[criterion.key]
    if (answer === undefined) return []
    return [
      {
        id: idempotentId(judgment.projectId, `${judgment.assignmentId} ${judgment.submissionId}`, index) as Feedback['id'],
        target: judgment.target,
        criterion: criterion.key,
        kind: feedbackKindOf[criterion.type],
        value: criterion.type === 'binary' ? (answer === true ? 1 : 0) : answer,
        author: { kind: 'human', id: judgment.personId, role: judgment.role },
        identifier: `queue:${judgment.queueId}`,
        rationale: judgment.rationales[criterion.key] ?? '',
        time: judgment.submittedAt.toISOString() as Feedback['time'],
        receivedAt: receivedAt.toISOString() as Feedback['receivedAt'],
        metadata: { queue: judgment.queueId, judgment: judgment.assignmentId },
        presentation: judgment.presentation,
      },
    ]
  })
}

export type OutboxContext = QueueContext & Pick<ServerContext, 'config' | 'background'>

/** The outbox: a judgment is in the transactional store first. What a crash left between the two stores is published by a worker's sweep. */
export function publisher(context: OutboxContext) {
  const { background, clock } = context
  const store = publishStore(context.db)
  const feedback = feedbackService(context)
  const later = gather(publishAll, { restMs: COLLECT_MS })
  const mark = gather(store.markPublished, { restMs: COLLECT_MS })
  /** A PostgreSQL server has a judgment on disk when it has taken it; PGlite leaves that to the operating system. */
  const isOnDisk = context.config.postgresUrl !== null

  /** Resolves once the judgment is on disk: if the transactional store does not see to that, in the event store. */
  async function publish(judgment: Published): Promise<void> {
    if (isOnDisk) background.run(later([judgment]), 'a judgment waits for the event store')
    else {
      await write(judgment)
      background.run(mark([judgment]), 'a judgment will be published once more')
    }
  }

  /** Resolves once the judgment's feedback is on disk; criteria of its earlier version that are not answered any more are withdrawn. */
  async function write(judgment: Published): Promise<void> {
    const { projectId, queueId, personId, target, dropped } = judgment
    const of = { author: personId, identifier: `queue:${queueId}`, criteria: dropped }
    // Both get their places in the order of versions here and now, before anything newer does.
    await Promise.all([
      feedback.recordOwn(projectId, feedbackOf(judgment, clock())),
      dropped.length === 0 ? null : feedback.withdrawFeedback(projectId, target, of),
    ])
  }

  /** One that is refused keeps no other from being published. @throws what the first refused one threw, after all were tried. */
  async function publishAll(judgments: readonly Published[]): Promise<void> {
    const outcomes = await Promise.allSettled(judgments.map(write))
    await store.markPublished(judgments.filter((_, index) => outcomes[index]?.status === 'fulfilled'))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** Publishes what is left over: one judgment, or all that were submitted before a time. */
  const catchUp = async (only: string | null = null, before: Date | null = null): Promise<void> =>
    publishAll(await store.unpublished(only, before))

  return { publish, catchUp }
}
