import { sessionPageSchema, sessionQuerySchema, sessionSchema } from '@plaudit/protocol'
import { z } from '@hono/zod-openapi'
import { jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { sessionService } from './service.ts'

const tags = ['Sessions']

const list = guarded(secured('trace:read'), {
  method: 'get',
  path: '/api/v1/sessions',
  tags,
  summary: 'List sessions, newest first',
  request: { query: sessionQuerySchema },
  responses: { 200: jsonContent(sessionPageSchema, 'One page.') },
})

const get = guarded(secured('trace:read'), {
  method: 'get',
  path: '/api/v1/sessions/{sessionId}',
  tags,
  summary: 'Get a session with its traces and feedback',
  request: { params: z.object({ sessionId: z.string().min(1).max(200) }) },
  responses: { 200: jsonContent(sessionSchema, 'Traces by start, each in short; feedback on the session itself.') },
})

/** Routes of sessions. */
export function sessionRoutes(context: ServerContext) {
  const service = sessionService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json(await service.listSessions(c.var.projectId, c.req.valid('query')), 200))
    .openapi(get, async (c) => c.json(await service.getSession(c.var.projectId, c.req.valid('param').sessionId), 200))
}
