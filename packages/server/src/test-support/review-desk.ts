import { type QueueInput, queueInputSchema, type RubricInput, rubricInputSchema, submitInputSchema, type Work } from '@plaudit/protocol'
import { randomUUID } from 'node:crypto'
import type { Principal } from '../access/principal.ts'
import type { ServerContext } from '../http/context.ts'
import { deskService } from '../queues/desk-service.ts'
import { queueService } from '../queues/service.ts'
import { rubricService } from '../rubrics/service.ts'
import { sampleSpan, spanIdOf, textMessage, traceIdOf } from './sample-span.ts'

export const fiveStars: RubricInput['criteria'] = [
  { type: 'ordinal', key: 'helpful', title: 'Helpful', points: [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) })) },
]

/** Somebody who is signed in, without the cost of signing in. */
export function reviewerOf(projectId: string, id: string, role: 'reviewer' | 'lead' = 'reviewer'): Principal & { kind: 'person' } {
  return { kind: 'person', person: { id, name: id, email: `${id}@example.com`, mustChangePassword: false }, role, projectId }
}

/** A queue in a project, and people who work in it. */
export async function openReviewDesk(
  context: ServerContext,
  projectId: string,
  settings: Partial<QueueInput> = {},
  criteria: RubricInput['criteria'] = fiveStars,
) {
  const rubrics = rubricService(context)
  const queues = queueService(context)
  const desk = deskService(context)
  const rubric = await rubrics.createRubric(projectId, rubricInputSchema.parse({ name: 'Rubric', criteria }), 'lead')
  const input = queueInputSchema.parse({ name: 'Queue', itemKind: 'span', rubricId: rubric.id, shuffle: false, ...settings })
  const { id: queueId } = await queues.createQueue(projectId, input, 'lead')

  return {
    queueId,
    rubric,
    desk,
    queues,
    as: (id: string) => reviewerOf(projectId, id),
    /** Adds the generations of some traces, with their spans. */
    async addItems(numbers: readonly number[], gold?: Record<string, unknown>): Promise<void> {
      await context.events.appendSpans(
        projectId,
        numbers.map((n) => sampleSpan(n, 1, { output: [textMessage('assistant', `output of ${n}`)] })),
      )
      await queues.addItems(
        projectId,
        queueId,
        numbers.map((n) => ({ target: { kind: 'span', traceId: traceIdOf(n), spanId: spanIdOf(1) }, priority: 0, gold })),
      )
    },
    async claim(person: string, holding: string[] = []): Promise<Work | null> {
      return (await desk.claim(reviewerOf(projectId, person), queueId, holding)).work
    },
    submit(person: string, work: Work, answers: Record<string, unknown>, changes: object = {}) {
      const input = { leaseId: work.lease.id, submissionId: randomUUID(), answers, activeMs: 60_000, rubricVersion: work.rubricVersion }
      const judgment = submitInputSchema.parse({ guidelineVersion: work.guidelineVersion, ...input, ...changes })
      return desk.submit(reviewerOf(projectId, person), queueId, judgment)
    },
    /** Judges the next item; answers with it, or null when nothing is left. */
    async judge(person: string, answers: Record<string, unknown>): Promise<Work | null> {
      const work = await this.claim(person)
      if (work !== null) await this.submit(person, work, answers)
      return work
    },
  }
}
export type ReviewDesk = Awaited<ReturnType<typeof openReviewDesk>>
