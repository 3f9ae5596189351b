import { OpenAPIHono } from '@hono/zod-openapi'
import { uuidv7 } from 'uuidv7'
import { accountRoutes } from '../accounts/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import { datasetRoutes } from '../datasets/routes.ts'
import { feedbackRoutes } from '../feedback/routes.ts'
import { guidelineRoutes } from '../guidelines/routes.ts'
import { ingestRoutes } from '../ingest/routes.ts'
import { insightRoutes } from '../insights/routes.ts'
import { keyRoutes } from '../keys/routes.ts'
import { memberRoutes } from '../members/routes.ts'
import { opsRoutes } from '../ops/routes.ts'
import { webApp } from '../ops/web-app.ts'
import { projectRoutes } from '../projects/routes.ts'
import { qualityRoutes } from '../quality/routes.ts'
import { adjudicationRoutes } from '../queues/adjudication-routes.ts'
import { deskRoutes } from '../queues/desk-routes.ts'
import { peopleRoutes } from '../queues/people-routes.ts'
import { resultRoutes } from '../queues/result-routes.ts'
import { queueRoutes } from '../queues/routes.ts'
import { rewardRoutes } from '../rewards/routes.ts'
import { runRoutes } from '../rewards/run-routes.ts'
import { rubricRoutes } from '../rubrics/routes.ts'
import { sessionRoutes } from '../sessions/routes.ts'
import { traceRoutes } from '../traces/routes.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { browserHeaders, feedbackFromAnyPage } from './browser-headers.ts'
import type { ServerContext, ServerEnv } from './context.ts'
import { answerError, answerNotFound, refuseInvalid } from './error.ts'
import { requestLog } from './request-log.ts'

/** The whole HTTP application over a context. */
export function createApp(context: ServerContext): OpenAPIHono<ServerEnv> {
  const app = new OpenAPIHono<ServerEnv>({ defaultHook: refuseInvalid })
  app.onError(answerError)
  app.notFound(answerNotFound)
  app.use(async (c, next) => {
    const requestId = uuidv7()
    c.set('server', context)
    c.set('requestId', requestId)
    c.set('log', context.log.child({ requestId }))
    await next()
    // `c.header` would make a stream of an answer that is a text, and send it in pieces.
    c.res.headers.set('x-request-id', requestId)
  })
  app.use(requestLog)
  app.use(browserHeaders({ isHttps: context.access.publicUrl.startsWith('https:') }))
  app.on(['POST', 'OPTIONS'], '/api/v1/feedback', feedbackFromAnyPage)
  app.route('/', opsRoutes(context, app))
  // A worker answers only about itself.
  if (context.config.role === 'worker') return app
  mountFeatures(app, context)
  // Last, because it answers on every path.
  app.route('/', webApp())
  return app
}

/** The API. A feature is one line here. */
function mountFeatures(app: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  app.route('/', accountRoutes(context))
  app.route('/', projectRoutes(context))
  app.route('/', memberRoutes(context))
  app.route('/', keyRoutes(context))
  app.route('/', auditRoutes(context))
  app.route('/', ingestRoutes(context))
  app.route('/', traceRoutes(context))
  app.route('/', sessionRoutes(context))
  app.route('/', feedbackRoutes(context))
  app.route('/', insightRoutes(context))
  app.route('/', qualityRoutes(context))
  app.route('/', rewardRoutes(context))
  app.route('/', runRoutes(context))
  app.route('/', datasetRoutes(context))
  app.route('/', rubricRoutes(context))
  app.route('/', guidelineRoutes(context))
  app.route('/', queueRoutes(context))
  app.route('/', deskRoutes(context))
  app.route('/', adjudicationRoutes(context))
  app.route('/', peopleRoutes(context))
  app.route('/', resultRoutes(context))
  app.route('/', webhookRoutes(context))
}
