import { z } from '@hono/zod-openapi'
import {
  challengeInputSchema,
  claimedSchema,
  claimInputSchema,
  deskSchema,
  draftInputSchema,
  myQueueSchema,
  similarItemsSchema,
  skipInputSchema,
  submitInputSchema,
  submittedSchema,
  timeSchema,
  uuidSchema,
  workSchema,
} from '@plaudit/protocol'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { deskService } from './desk-service.ts'
import { asReviewer } from './policy.ts'
import { similarService } from './similar-service.ts'

const tags = ['Review']
const params = z.object({ queueId: uuidSchema })
const judge = () => secured('review:judge', { maxBodyBytes: 4 * 1_048_576 })

const desk = guarded(secured('review:judge'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/desk',
  tags,
  summary: 'What a reviewer needs to begin',
  request: { params },
  responses: { 200: jsonContent(deskSchema, 'Rubric, guideline, own progress, and why there is no work if there is none.') },
})
const mine = guarded(secured('review:judge'), {
  method: 'get',
  path: '/api/v1/desk',
  tags,
  summary: 'The queues that you can work in',
  responses: { 200: jsonContent(z.object({ items: z.array(myQueueSchema) }), 'Each with what is left for you and what you have done.') },
})
const claim = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/claim',
  tags,
  summary: 'Take the next item',
  description:
    'Answers with an item that you hold already and do not name in `holding`, else with a new one under a lease. Nobody gets an item twice.',
  request: { params, body: jsonBody(claimInputSchema) },
  responses: { 200: jsonContent(claimedSchema, 'The item, or why there is none.') },
})
const extend = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/extend',
  tags,
  summary: 'Ask for more time on an item',
  request: { params, body: jsonBody(z.object({ leaseId: uuidSchema })) },
  responses: { 200: jsonContent(z.object({ expiresAt: timeSchema }), 'Until when the item is yours.') },
})
const draft = guarded(judge(), {
  method: 'put',
  path: '/api/v1/queues/{queueId}/draft',
  tags,
  summary: 'Keep what is filled in so far',
  request: { params, body: jsonBody(draftInputSchema) },
  responses: { 200: jsonContent(z.object({ savedAt: timeSchema }), 'Saved.') },
})
const submit = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/submit',
  tags,
  summary: 'Submit a judgment',
  description:
    'Answered once the judgment is on disk; it is feedback within a second. Repeat it with the same `submissionId` when the answer got lost. With ' +
    '`holding` the answer brings the next item, too.',
  request: { params, body: jsonBody(submitInputSchema) },
  responses: { 200: jsonContent(submittedSchema, 'Taken.') },
})
const skip = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/skip',
  tags,
  summary: 'Pass on an item, with the reason',
  request: { params, body: jsonBody(skipInputSchema) },
  responses: { 204: { description: 'Passed on; a skip never makes an item done.' } },
})
const reopen = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/reopen',
  tags,
  summary: 'Open the judgment that you submitted last',
  request: { params },
  responses: { 200: jsonContent(workSchema, 'The item with your answers as a draft.') },
})
const similar = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/similar',
  tags,
  summary: 'How similar items were decided',
  description:
    'For an item that you have judged: finished items of the queue that share rare words with it, without names. It is noted that you have looked: ' +
    'a change of your judgment from then on has `afterReveal` in its `presentation`.',
  request: { params, body: jsonBody(z.object({ leaseId: uuidSchema })) },
  responses: { 200: jsonContent(similarItemsSchema, 'At most ten, the most similar first.') },
})
const bookmark = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/bookmark',
  tags,
  summary: 'Mark an item for yourself',
  request: { params, body: jsonBody(z.object({ leaseId: uuidSchema, bookmarked: z.boolean() })) },
  responses: { 204: { description: 'Noted.' } },
})

const challenge = guarded(judge(), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/challenge',
  tags,
  summary: 'Report a problem with an item, or challenge its known answer',
  request: { params, body: jsonBody(challengeInputSchema) },
  responses: { 204: { description: 'A lead will look at it.' } },
})

/** Routes of reviewers at work. */
export function deskRoutes(context: ServerContext) {
  const service = deskService(context)
  const similarity = similarService(context)
  return newRoutes()
    .openapi(mine, async (c) => c.json({ items: await service.myQueues(asReviewer(c.var.principal)) }, 200))
    .openapi(desk, async (c) => c.json(await service.openDesk(asReviewer(c.var.principal), c.req.valid('param').queueId), 200))
    .openapi(claim, async (c) => {
      const { holding } = c.req.valid('json')
      return c.json(await service.claim(asReviewer(c.var.principal), c.req.valid('param').queueId, holding), 200)
    })
    .openapi(extend, async (c) =>
      c.json(await service.extend(asReviewer(c.var.principal), c.req.valid('param').queueId, c.req.valid('json').leaseId), 200),
    )
    .openapi(draft, async (c) => c.json(await service.saveDraft(asReviewer(c.var.principal), c.req.valid('json')), 200))
    .openapi(submit, async (c) =>
      c.json(await service.submit(asReviewer(c.var.principal), c.req.valid('param').queueId, c.req.valid('json')), 200),
    )
    .openapi(skip, async (c) => {
      await service.skip(asReviewer(c.var.principal), c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(reopen, async (c) => c.json(await service.reopen(asReviewer(c.var.principal), c.req.valid('param').queueId), 200))
    .openapi(similar, async (c) =>
      c.json(await similarity.similarTo(asReviewer(c.var.principal), c.req.valid('param').queueId, c.req.valid('json').leaseId), 200),
    )
    .openapi(bookmark, async (c) => {
      const { leaseId, bookmarked } = c.req.valid('json')
      await service.bookmark(asReviewer(c.var.principal), leaseId, bookmarked)
      return c.body(null, 204)
    })
    .openapi(challenge, async (c) => {
      const { leaseId, note } = c.req.valid('json')
      await service.challenge(asReviewer(c.var.principal), leaseId, note)
      return c.body(null, 204)
    })
}
