import { ApiError } from '@plaudit/protocol'
import { Hono } from 'hono'
import { uuidv7 } from 'uuidv7'
import type { ServerEnv } from './context.ts'
import { answerError } from './error.ts'

/** What answers while the stores are being opened: come again. */
export function startingApp(): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  app.use((c) => {
    c.set('requestId', uuidv7())
    return Promise.resolve(answerError(new ApiError('overloaded', 'The server is starting. Send this again in a second.'), c))
  })
  return app
}
