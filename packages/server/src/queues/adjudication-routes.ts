import { z } from '@hono/zod-openapi'
import {
  adjudicationSchema,
  challengeSchema,
  decisionInputSchema,
  disagreementPageSchema,
  disagreementQuerySchema,
  goldInputSchema,
  sendBackInputSchema,
  staleJudgmentSchema,
  uuidSchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { adjudicationService } from './adjudication-service.ts'

const tags = ['Adjudication']
const params = z.object({ queueId: uuidSchema })
const itemParams = params.extend({ itemId: uuidSchema })

const disagreements = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/disagreements',
  tags,
  summary: 'Items whose judgments differ, the farthest apart first',
  request: { params, query: disagreementQuerySchema },
  responses: { 200: jsonContent(disagreementPageSchema, 'One page.') },
})
const open = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/items/{itemId}/adjudication',
  tags,
  summary: 'An item with all its judgments',
  request: { params: itemParams },
  responses: { 200: jsonContent(adjudicationSchema, 'The item, its judgments, the decision and the known answers.') },
})
const decide = guarded(secured('review:write'), {
  method: 'put',
  path: '/api/v1/queues/{queueId}/items/{itemId}/decision',
  tags,
  summary: 'Decide on an item',
  description: 'The decision is feedback of its own; the judgments stay as they are.',
  request: { params: itemParams, body: jsonBody(decisionInputSchema) },
  responses: { 200: jsonContent(adjudicationSchema, 'The item.') },
})
const sendBack = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/items/{itemId}/send-back',
  tags,
  summary: 'Give a judgment back to its author with a note',
  request: { params: itemParams, body: jsonBody(sendBackInputSchema) },
  responses: { 204: { description: 'It is in the author’s hands for a week.' } },
})
const acceptLate = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/items/{itemId}/judgments/{judgmentId}/accept',
  tags,
  summary: 'Count a judgment that came late',
  request: { params: itemParams.extend({ judgmentId: uuidSchema }) },
  responses: { 200: jsonContent(adjudicationSchema, 'The item; the judgment is feedback now.') },
})
const setGold = guarded(secured('review:write'), {
  method: 'put',
  path: '/api/v1/queues/{queueId}/items/{itemId}/gold',
  tags,
  summary: 'Set, correct or remove the known answers of an item',
  request: { params: itemParams, body: jsonBody(goldInputSchema) },
  responses: { 200: jsonContent(adjudicationSchema, 'The item; earlier judgments on it are scored anew.') },
})
const challenges = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/challenges',
  tags,
  summary: 'What reviewers reported',
  request: { params },
  responses: { 200: jsonContent(z.object({ items: z.array(challengeSchema) }), 'Open reports.') },
})
const dismiss = guarded(secured('review:write'), {
  method: 'delete',
  path: '/api/v1/queues/{queueId}/challenges/{judgmentId}',
  tags,
  summary: 'Close a report',
  request: { params: params.extend({ judgmentId: uuidSchema }) },
  responses: { 204: { description: 'Closed.' } },
})
const stale = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/stale',
  tags,
  summary: 'Judgments that a guideline change touches',
  request: { params },
  responses: { 200: jsonContent(z.object({ items: z.array(staleJudgmentSchema) }), 'At most 2,000, oldest first.') },
})

/** Routes of leads who settle what reviewers left open. */
export function adjudicationRoutes(context: ServerContext) {
  const service = adjudicationService(context)
  return newRoutes()
    .openapi(disagreements, async (c) =>
      c.json(await service.disagreements(c.var.projectId, c.req.valid('param').queueId, c.req.valid('query')), 200),
    )
    .openapi(open, async (c) => {
      const { queueId, itemId } = c.req.valid('param')
      return c.json(await service.open(c.var.projectId, queueId, itemId), 200)
    })
    .openapi(decide, async (c) => {
      const { projectId, principal } = c.var
      const { queueId, itemId } = c.req.valid('param')
      return c.json(await service.decide(projectId, queueId, itemId, principalId(principal), c.req.valid('json')), 200)
    })
    .openapi(sendBack, async (c) => {
      const { queueId, itemId } = c.req.valid('param')
      const { judgmentId, note } = c.req.valid('json')
      await service.sendBack(c.var.projectId, queueId, itemId, judgmentId, note)
      return c.body(null, 204)
    })
    .openapi(acceptLate, async (c) => {
      const { queueId, itemId, judgmentId } = c.req.valid('param')
      return c.json(await service.acceptLate(c.var.projectId, queueId, itemId, judgmentId), 200)
    })
    .openapi(setGold, async (c) => {
      const { queueId, itemId } = c.req.valid('param')
      return c.json(await service.setGold(c.var.projectId, queueId, itemId, c.req.valid('json').answers), 200)
    })
    .openapi(challenges, async (c) => c.json({ items: await service.challenges(c.var.projectId, c.req.valid('param').queueId) }, 200))
    .openapi(dismiss, async (c) => {
      const { queueId, judgmentId } = c.req.valid('param')
      await service.dismissChallenge(c.var.projectId, queueId, judgmentId)
      return c.body(null, 204)
    })
    .openapi(stale, async (c) => c.json({ items: await service.stale(c.var.projectId, c.req.valid('param').queueId) }, 200))
}
