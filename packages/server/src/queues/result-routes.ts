import { z } from '@hono/zod-openapi'
import { itemStateSchema, queueResultPageSchema, queueResultQuerySchema, uuidSchema } from '@plaudit/protocol'
import { jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { resultService } from './result-service.ts'

const tags = ['Queues']
const params = z.object({ queueId: uuidSchema })

const page = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/results',
  tags,
  summary: 'Items with all judgments on them',
  request: { params, query: queueResultQuerySchema },
  responses: { 200: jsonContent(queueResultPageSchema, 'One page, with who judged and on which criteria.') },
})
const file = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/results.csv',
  tags,
  summary: 'The same as a table',
  description: 'A row for each item, a column for each reviewer and criterion, and the decision.',
  request: { params, query: z.object({ state: itemStateSchema.optional() }) },
  responses: { 200: { description: 'CSV.', content: { 'text/csv': { schema: z.string() } } } },
})

/** Routes of what was judged. */
export function resultRoutes(context: ServerContext) {
  const service = resultService(context)
  return newRoutes()
    .openapi(page, async (c) => c.json(await service.results(c.var.projectId, c.req.valid('param').queueId, c.req.valid('query')), 200))
    .openapi(file, async (c) => {
      const { queueId } = c.req.valid('param')
      const lines = await service.resultFile(c.var.projectId, queueId, c.req.valid('query').state)
      return c.body(ReadableStream.from(bytes(lines)), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="queue-${queueId}.csv"`,
      })
    })
}

async function* bytes(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) yield encoder.encode(line)
}
