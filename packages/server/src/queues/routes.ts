import { z } from '@hono/zod-openapi'
import {
  fillInputSchema,
  filledSchema,
  judgmentSchema,
  pageQuery,
  queueChangeSchema,
  queueInputSchema,
  queueItemPageSchema,
  queueItemQuerySchema,
  queueItemSchema,
  queuePageSchema,
  queueSchema,
  uuidSchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { fillService } from './fill-service.ts'
import { queueService } from './service.ts'

const tags = ['Queues']
const params = z.object({ queueId: uuidSchema })
const itemParams = params.extend({ itemId: uuidSchema })

const list = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues',
  tags,
  summary: 'List queues, newest first',
  request: { query: z.object(pageQuery) },
  responses: { 200: jsonContent(queuePageSchema, 'One page, each queue with its progress.') },
})
const create = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/queues',
  tags,
  summary: 'Create a queue',
  request: { body: jsonBody(queueInputSchema) },
  responses: { 201: jsonContent(queueSchema, 'The queue, open and empty.') },
})
const get = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}',
  tags,
  summary: 'Get a queue',
  request: { params },
  responses: { 200: jsonContent(queueSchema, 'The queue with its progress.') },
})
const change = guarded(secured('review:write'), {
  method: 'patch',
  path: '/api/v1/queues/{queueId}',
  tags,
  summary: 'Change, pause or archive a queue',
  request: { params, body: jsonBody(queueChangeSchema) },
  responses: { 200: jsonContent(queueSchema, 'The queue.') },
})
const fill = guarded(secured('review:write', { maxBodyBytes: 8 * 1_048_576 }), {
  method: 'post',
  path: '/api/v1/queues/{queueId}/items',
  tags,
  summary: 'Fill a queue',
  description: 'With items by hand, or from traffic by a filter and a sampling plan. What is in the queue already is not added again.',
  request: { params, body: jsonBody(fillInputSchema) },
  responses: { 200: jsonContent(filledSchema, 'How many were added, were there, and were refused and why.') },
})
const items = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/items',
  tags,
  summary: 'List the items of a queue',
  request: { params, query: queueItemQuerySchema },
  responses: { 200: jsonContent(queueItemPageSchema, 'One page, in the order of their arrival.') },
})
const judgments = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/items/{itemId}/judgments',
  tags,
  summary: 'Judgments on an item',
  request: { params: itemParams },
  responses: { 200: jsonContent(z.object({ items: z.array(judgmentSchema) }), 'One for each reviewer.') },
})
const setState = guarded(secured('review:write'), {
  method: 'patch',
  path: '/api/v1/queues/{queueId}/items/{itemId}',
  tags,
  summary: 'Take an item out of a queue, or put it back',
  request: { params: itemParams, body: jsonBody(z.object({ state: z.enum(['open', 'removed']) })) },
  responses: { 200: jsonContent(queueItemSchema, 'The item.') },
})

/** Routes of queues for leads and programs. */
export function queueRoutes(context: ServerContext) {
  const service = queueService(context)
  const filling = fillService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json(await service.listQueues(c.var.projectId, c.req.valid('query')), 200))
    .openapi(create, async (c) =>
      c.json(await service.createQueue(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 201),
    )
    .openapi(get, async (c) => c.json(await service.getQueue(c.var.projectId, c.req.valid('param').queueId), 200))
    .openapi(change, async (c) =>
      c.json(await service.changeQueue(c.var.projectId, c.req.valid('param').queueId, c.req.valid('json')), 200),
    )
    .openapi(fill, async (c) => c.json(await filling.fill(c.var.projectId, c.req.valid('param').queueId, c.req.valid('json')), 200))
    .openapi(items, async (c) => c.json(await service.listItems(c.var.projectId, c.req.valid('param').queueId, c.req.valid('query')), 200))
    .openapi(judgments, async (c) => {
      const { queueId, itemId } = c.req.valid('param')
      return c.json({ items: await service.judgmentsOf(c.var.projectId, queueId, itemId) }, 200)
    })
    .openapi(setState, async (c) => {
      const { queueId, itemId } = c.req.valid('param')
      return c.json(await service.setItemState(c.var.projectId, queueId, itemId, c.req.valid('json').state), 200)
    })
}
