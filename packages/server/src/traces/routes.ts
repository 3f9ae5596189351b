import {
  traceCountQuerySchema,
  traceCountSchema,
  traceFacetsSchema,
  traceIdSchema,
  tracePageSchema,
  traceQuerySchema,
  traceSchema,
} from '@plaudit/protocol'
import { z } from '@hono/zod-openapi'
import { jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { traceService } from './service.ts'

const tags = ['Traces']

const list = guarded(secured('trace:read'), {
  method: 'get',
  path: '/api/v1/traces',
  tags,
  summary: 'List traces, newest first',
  description:
    'Every condition must hold. `text`: ASCII words are found as whole words, other scripts and emoji as parts of the text, all of them in the ' +
    'input or output of one span. `metadata`: `key:value,key:value`; write a comma or colon that belongs to a key or value with a backslash ' +
    'before it. `feedback`: `any`, `none`, `negative`, a criterion, or a criterion with a score or label, as in `helpfulness<3` or `topic=refund`.',
  request: { query: traceQuerySchema },
  responses: { 200: jsonContent(tracePageSchema, 'One page.') },
})

const count = guarded(secured('trace:read'), {
  method: 'get',
  path: '/api/v1/traces/count',
  tags,
  summary: 'Count traces',
  description: 'With the conditions of the list.',
  request: { query: traceCountQuerySchema },
  responses: { 200: jsonContent(traceCountSchema, 'How many match.') },
})

const facets = guarded(secured('trace:read'), {
  method: 'get',
  path: '/api/v1/traces/facets',
  tags,
  summary: 'Values that the filters can offer',
  description: 'Of the newest 30 days of data, most frequent first, at most 100 of each.',
  responses: { 200: jsonContent(traceFacetsSchema, 'The values.') },
})

const get = guarded(secured('trace:read'), {
  method: 'get',
  path: '/api/v1/traces/{traceId}',
  tags,
  summary: 'Get a trace with its spans and feedback',
  request: { params: z.object({ traceId: traceIdSchema }) },
  responses: {
    200: jsonContent(traceSchema, 'Spans by start; feedback on the trace, its spans, their documents, and comparisons of them.'),
  },
})

/** Routes of traces. */
export function traceRoutes(context: ServerContext) {
  const service = traceService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json(await service.listTraces(c.var.projectId, c.req.valid('query')), 200))
    .openapi(count, async (c) => c.json({ traces: await service.countTraces(c.var.projectId, c.req.valid('query')) }, 200))
    .openapi(facets, async (c) => c.json(await service.facets(c.var.projectId), 200))
    .openapi(get, async (c) => c.json(await service.getTrace(c.var.projectId, c.req.valid('param').traceId), 200))
}
