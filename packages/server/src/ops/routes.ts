import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { jsonContent } from '../http/content.ts'
import type { ServerContext, ServerEnv } from '../http/context.ts'
import { guarded, newRoutes, open } from '../http/route.ts'
import { docsPage } from './docs-page.ts'
import { openApiDocument, type OpenApiDocument } from './openapi.ts'

const STORE_TIMEOUT_MS = 3_000
const tags = ['Operations']
const readinessSchema = z.object({ ready: z.boolean(), eventStore: z.boolean(), transactionalStore: z.boolean() }).meta({ id: 'Readiness' })

const healthz = guarded(open('tells that the process is alive'), {
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Whether the process is alive',
  responses: { 200: jsonContent(z.object({ alive: z.literal(true) }), 'It is.') },
})

const readyz = guarded(open('tells a load balancer where to send requests'), {
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Whether both stores answer',
  responses: { 200: jsonContent(readinessSchema, 'Both do.'), 503: jsonContent(readinessSchema, 'At least one does not.') },
})

const metrics = guarded(open('has no secrets and is read by a collector without an account'), {
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Measurements in the format of Prometheus',
  responses: { 200: { description: 'Counters, gauges and histograms.', content: { 'text/plain': { schema: z.string() } } } },
})

const openApi = guarded(open('documents the API'), {
  method: 'get',
  path: '/openapi.json',
  tags,
  summary: 'This description of the API, as OpenAPI 3.1',
  responses: { 200: jsonContent(z.record(z.string(), z.unknown()), 'The document.') },
})

const docs = guarded(open('documents the API'), {
  method: 'get',
  path: '/docs',
  tags,
  summary: 'This description of the API, as a page',
  responses: { 200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } } },
})

/** Routes for whoever runs the server. `app` is the whole application, which the documentation describes. */
export function opsRoutes({ events, db, metrics: measured, access }: ServerContext, app: OpenAPIHono<ServerEnv>) {
  let document: OpenApiDocument | null = null
  const describe = () => (document ??= openApiDocument(app, access.publicUrl))
  return newRoutes()
    .openapi(healthz, (c) => c.json({ alive: true as const }, 200))
    .openapi(readyz, async (c) => {
      const [eventStore, transactionalStore] = await Promise.all([inTime(events.ping()), inTime(sql`SELECT 1`.execute(db))])
      const ready = eventStore && transactionalStore
      return c.json({ ready, eventStore, transactionalStore }, ready ? 200 : 503)
    })
    .openapi(metrics, async (c) => c.text(await measured.registry.metrics(), 200, { 'content-type': measured.registry.contentType }))
    .openapi(openApi, (c) => c.json(describe() as unknown as Record<string, unknown>, 200))
    .openapi(docs, (c) => c.html(docsPage(describe()), 200))
}

/** Whether a store answers well within the time that somebody would wait. */
async function inTime(answer: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, STORE_TIMEOUT_MS, false).unref())
  return Promise.race([
    answer.then(
      (value) => value !== false,
      () => false,
    ),
    late,
  ])
}
