import { z } from '@hono/zod-openapi'
import { auditPageSchema, auditQuerySchema, uuidSchema } from '@plaudit/protocol'
import { jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { auditService } from './service.ts'

const list = guarded(secured('audit:read'), {
  method: 'get',
  path: '/api/v1/projects/{projectId}/audit',
  tags: ['Projects'],
  summary: 'Who changed what in the project, newest first',
  request: { params: z.object({ projectId: uuidSchema }), query: auditQuerySchema },
  responses: { 200: jsonContent(auditPageSchema, 'One page.') },
})

/** Routes of the audit log. */
export function auditRoutes(context: ServerContext) {
  const audit = auditService(context)
  return newRoutes().openapi(list, async (c) => c.json(await audit.list(c.var.projectId, c.req.valid('query')), 200))
}
