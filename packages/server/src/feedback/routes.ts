import {
  ApiError,
  describeIssues,
  type FeedbackBatchResult,
  feedbackBatchResultSchema,
  feedbackBatchSchema,
  feedbackCreatedSchema,
  feedbackInputSchema,
  feedbackPageSchema,
  feedbackQuerySchema,
  feedbackSchema,
  uuidSchema,
} from '@plaudit/protocol'
import { z } from '@hono/zod-openapi'
import type { ServerContext } from '../http/context.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { authorFor } from './policy.ts'
import { feedbackService } from './service.ts'

const tags = ['Feedback']
const idParam = z.object({ id: uuidSchema })
/** Checked record by record in the service, so that one bad item spoils no other; the documentation shows the real shapes. */
const writeBody = z
  .unknown()
  .openapi({ anyOf: [{ $ref: '#/components/schemas/FeedbackInput' }, { $ref: '#/components/schemas/FeedbackBatch' }] })
const idempotencyHeader = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() })

const create = guarded(secured('feedback:write', { maxBodyBytes: 16 * 1_048_576 }), {
  method: 'post',
  path: '/api/v1/feedback',
  tags,
  summary: 'Give feedback',
  description:
    'One judgment, or up to 1,000 as `{items}`. The answer comes after the write is on disk. A judgment with the same target, criterion, ' +
    'author and identifier supersedes the older one. Feedback may come before its trace.',
  request: { headers: idempotencyHeader, body: jsonBody(writeBody) },
  responses: {
    200: jsonContent(feedbackBatchResultSchema, 'For `{items}`: one result per item, in order; a bad item spoils no other.'),
    201: jsonContent(feedbackCreatedSchema, 'For one judgment: its id.'),
  },
})

const list = guarded(secured('feedback:read'), {
  method: 'get',
  path: '/api/v1/feedback',
  tags,
  summary: 'List feedback, newest first',
  request: { query: feedbackQuerySchema },
  responses: { 200: jsonContent(feedbackPageSchema, 'One page.') },
})

const get = guarded(secured('feedback:read'), {
  method: 'get',
  path: '/api/v1/feedback/{id}',
  tags,
  summary: 'Get one judgment',
  request: { params: idParam },
  responses: { 200: jsonContent(feedbackSchema, 'The judgment.') },
})

const remove = guarded(secured('feedback:delete'), {
  method: 'delete',
  path: '/api/v1/feedback/{id}',
  tags,
  summary: 'Delete one judgment',
  request: { params: idParam },
  responses: { 204: { description: 'It is gone.' } },
})

/** Routes of feedback. */
export function feedbackRoutes(context: ServerContext) {
  const service = feedbackService(context)
  const { recordsAccepted, recordsRejected } = context.metrics
  const count = (results: FeedbackBatchResult['items']) => {
    for (const result of results) {
      if ('error' in result) recordsRejected.inc({ kind: 'feedback', code: result.error.code })
      else recordsAccepted.inc({ kind: 'feedback' })
    }
  }
  const routes = newRoutes()
  // Clones, because a schema made before the documentation's library was loaded cannot be registered.
  routes.openAPIRegistry.register('FeedbackInput', feedbackInputSchema.clone())
  routes.openAPIRegistry.register('FeedbackBatch', feedbackBatchSchema.clone())
  return routes
    .openapi(create, async (c) => {
      const { projectId, principal } = c.var
      const body = c.req.valid('json')
      const options = { idempotencyKey: c.req.valid('header')['idempotency-key'], authorFor: authorFor.bind(null, principal) }
      if (typeof body === 'object' && body !== null && 'items' in body) {
        const batch = feedbackBatchSchema.safeParse(body)
        if (!batch.success) throw new ApiError('invalid_argument', describeIssues(batch.error))
        const items = await service.recordFeedback(projectId, batch.data.items, options)
        count(items)
        return c.json({ items }, 200)
      }
      const results = await service.recordFeedback(projectId, [body], options)
      count(results)
      const [result] = results
      if (result === undefined) throw new ApiError('internal', 'Nothing was written.')
      if ('error' in result) throw new ApiError(result.error.code, result.error.message)
      return c.json(result, 201)
    })
    .openapi(list, async (c) => c.json(await service.listFeedback(c.var.projectId, c.req.valid('query')), 200))
    .openapi(get, async (c) => c.json(await service.getFeedback(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(remove, async (c) => {
      await service.deleteFeedback(c.var.projectId, c.req.valid('param').id)
      return c.body(null, 204)
    })
}
