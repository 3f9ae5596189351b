import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { ServerEnv } from './context.ts'

/** Measures every request by the pattern of its route, and logs it at level debug. */
export const requestLog: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const began = performance.now()
  await next()
  const durationMs = performance.now() - began
  const { method } = c.req
  const { status } = c.res
  // The handler that ran last is the one that answered.
  const route = routePath(c)
  c.var.server.metrics.requestSeconds.observe({ method, route, status }, durationMs / 1_000)
  c.var.log.debug({ method, route, status, durationMs }, 'answered')
}
