import type { Guideline, GuidelineInput, Queue, Rubric } from '@plaudit/protocol'
import type { PlauditClient } from '@plaudit/sdk'
import { findQueue } from '../client/find-queue.ts'
import { legalReview } from './legal-review.ts'
import { moderationReview } from './moderation-review.ts'
import { outputsOf, type Sample, type SampleOutput, type SampleReview } from './sample-review.ts'
import { supportPairReview, supportReview } from './support-review.ts'

/** In the order in which they are made: lists of queues begin with the newest. */
export const sampleReviews: readonly SampleReview[] = [supportPairReview, legalReview, moderationReview, supportReview]

/** The sample project's queues, with rubrics and guidelines, filled from records that were sent before. What is there already is not made again. */
export async function createQueues(client: PlauditClient, sample: Sample): Promise<void> {
  const outputs = outputsOf(sample.cases)
  for (const review of sampleReviews) {
    const queue = (await findQueue(client, review.name)) ?? (await createQueue(client, review, outputs))
    const { refused } = await client.queues.fill(queue.id, review.fill(sample))
    if (refused[0] !== undefined) throw new Error(`the queue "${review.name}" was refused an item: ${refused[0].message}`)
  }
}

async function createQueue(client: PlauditClient, review: SampleReview, outputs: readonly SampleOutput[]): Promise<Queue> {
  const { name, settings } = review
  const rubric = await ensureRubric(client, review)
  const guideline = await ensureGuideline(client, review.guideline(outputs))
  return client.queues.create({ name, ...settings, rubricId: rubric.id, guidelineId: guideline.id })
}

/** The project is new: what it has of either is on one page. */
async function ensureRubric(client: PlauditClient, { name, criteria }: SampleReview): Promise<Rubric> {
  const { items } = await client.rubrics.list({ limit: 200 })
  return items.find((rubric) => rubric.name === name) ?? client.rubrics.create({ name, criteria })
}

/** Two queues may share a guideline. */
async function ensureGuideline(client: PlauditClient, guideline: GuidelineInput): Promise<Guideline> {
  const { items } = await client.guidelines.list({ limit: 200 })
  return items.find(({ name }) => name === guideline.name) ?? client.guidelines.create(guideline)
}
