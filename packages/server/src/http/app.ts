import { OpenAPIHono } from '@hono/zod-openapi'
import { uuidv7 } from 'uuidv7'
import { accountRoutes } from '../accounts/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import { feedbackRoutes } from '../feedback/routes.ts'
import { keyRoutes } from '../keys/routes.ts'
import { memberRoutes } from '../members/routes.ts'
import { projectRoutes } from '../projects/routes.ts'
import { rewardRoutes } from '../rewards/routes.ts'
import type { ServerContext, ServerEnv } from './context.ts'
import { answerError, answerNotFound, refuseInvalid } from './error.ts'

/** The whole HTTP application over a context. A feature is one line here. */
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
    c.header('x-request-id', requestId)
  })
  app.route('/', accountRoutes(context))
  app.route('/', projectRoutes(context))
  app.route('/', memberRoutes(context))
  app.route('/', keyRoutes(context))
  app.route('/', auditRoutes(context))
  app.route('/', feedbackRoutes(context))
  app.route('/', rewardRoutes(context))
  return app
}
