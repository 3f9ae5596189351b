import { z } from '@hono/zod-openapi'
import {
  uuidSchema,
  webhookChangeSchema,
  webhookCreatedSchema,
  webhookDeliveryPageSchema,
  webhookDeliveryQuerySchema,
  webhookInputSchema,
  webhookSchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { webhookService } from './service.ts'

const tags = ['Webhooks']
const params = z.object({ webhookId: uuidSchema })

const list = guarded(secured('webhook:read'), {
  method: 'get',
  path: '/api/v1/webhooks',
  tags,
  summary: 'List webhooks',
  responses: { 200: jsonContent(z.object({ items: z.array(webhookSchema) }), 'Without their secrets.') },
})
const create = guarded(secured('webhook:write'), {
  method: 'post',
  path: '/api/v1/webhooks',
  tags,
  summary: 'Register an address that is called with each item that is done',
  description:
    'Calls are signed after the Standard Webhooks specification (`webhook-id`, `webhook-timestamp`, `webhook-signature`) and tried eight times ' +
    'over a day until they are answered with 2xx. They come at least once: `webhook-id` tells a repeat.',
  request: { body: jsonBody(webhookInputSchema) },
  responses: { 201: jsonContent(webhookCreatedSchema, 'The webhook. The secret is shown this once.') },
})
const change = guarded(secured('webhook:write'), {
  method: 'patch',
  path: '/api/v1/webhooks/{webhookId}',
  tags,
  summary: 'Stop calling an address, or go on',
  request: { params, body: jsonBody(webhookChangeSchema) },
  responses: { 200: jsonContent(webhookSchema, 'The webhook. What waits meanwhile is called later.') },
})
const remove = guarded(secured('webhook:write'), {
  method: 'delete',
  path: '/api/v1/webhooks/{webhookId}',
  tags,
  summary: 'Remove a webhook with its log',
  request: { params },
  responses: { 204: { description: 'It is gone.' } },
})
const ping = guarded(secured('webhook:write'), {
  method: 'post',
  path: '/api/v1/webhooks/{webhookId}/ping',
  tags,
  summary: 'Call the address to try it',
  request: { params },
  responses: { 202: { description: 'See the log of calls.' } },
})
const deliveries = guarded(secured('webhook:read'), {
  method: 'get',
  path: '/api/v1/webhooks/{webhookId}/deliveries',
  tags,
  summary: 'The log of calls, newest first',
  request: { params, query: webhookDeliveryQuerySchema },
  responses: { 200: jsonContent(webhookDeliveryPageSchema, 'Kept for 30 days.') },
})
const retry = guarded(secured('webhook:write'), {
  method: 'post',
  path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry',
  tags,
  summary: 'Try a call again',
  request: { params: params.extend({ deliveryId: uuidSchema }) },
  responses: { 202: { description: 'It is tried at once.' } },
})

/** Routes of webhooks. */
export function webhookRoutes(context: ServerContext) {
  const service = webhookService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json({ items: await service.listWebhooks(c.var.projectId) }, 200))
    .openapi(create, async (c) =>
      c.json(await service.createWebhook(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 201),
    )
    .openapi(change, async (c) =>
      c.json(await service.setEnabled(c.var.projectId, c.req.valid('param').webhookId, c.req.valid('json').enabled), 200),
    )
    .openapi(remove, async (c) => {
      await service.removeWebhook(c.var.projectId, c.req.valid('param').webhookId, principalId(c.var.principal))
      return c.body(null, 204)
    })
    .openapi(ping, async (c) => {
      await service.ping(c.var.projectId, c.req.valid('param').webhookId)
      return c.body(null, 202)
    })
    .openapi(deliveries, async (c) =>
      c.json(await service.listDeliveries(c.var.projectId, c.req.valid('param').webhookId, c.req.valid('query')), 200),
    )
    .openapi(retry, async (c) => {
      const { webhookId, deliveryId } = c.req.valid('param')
      await service.retry(c.var.projectId, webhookId, deliveryId)
      return c.body(null, 202)
    })
}
