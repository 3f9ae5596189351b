import type { Hook } from '@hono/zod-openapi'
import { ApiError, describeIssues, errorStatus, type ErrorCode, type Problem } from '@plaudit/protocol'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { STATUS_CODES } from 'node:http'
import type { ServerEnv } from './context.ts'

/** Any thrown error as the answer to the request: problem details with a sentence and the request's id. */
export function answerError(error: Error, c: Context<ServerEnv>): Response {
  const { code, message, details } = translate(error)
  const status = errorStatus[code]
  if (status >= 500) c.var.log.error({ err: error }, 'request failed')
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    requestId: c.var.requestId,
    ...(details === undefined ? {} : { details }),
  }
  const retry = code === 'rate_limited' || code === 'overloaded' ? { 'retry-after': retryAfterSeconds(details) } : {}
  return c.body(JSON.stringify(problem), status as ContentfulStatusCode, { 'content-type': 'application/problem+json', ...retry })
}

/** Answer for a path or method that nothing serves. */
export function answerNotFound(c: Context<ServerEnv>): Response {
  return answerError(new ApiError('not_found', `There is no ${c.req.method} ${c.req.path}.`), c)
}

/** Turns what zod found wrong with a request into a sentence. Hono calls it after every validation. */
export const refuseInvalid: Hook<unknown, ServerEnv, string, void> = (result) => {
  if (result.success) return
  const place = result.target === 'json' ? '' : ` in the ${result.target === 'param' ? 'path' : result.target}`
  throw new ApiError('invalid_argument', `${describeIssues(result.error)}${place}`, {
    details: result.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  })
}

function translate(error: Error): { code: ErrorCode; message: string; details?: unknown } {
  if (error instanceof ApiError) return error
  if (error instanceof HTTPException) {
    if (error.status === 415)
      return { code: 'unsupported_media_type', message: 'The Content-Type is not one that this route takes; send application/json.' }
    const code = (Object.keys(errorStatus) as ErrorCode[]).find((one) => errorStatus[one] === error.status)
    if (code !== undefined && code !== 'internal') return { code, message: error.message.replace(/([^.])$/, '$1.') }
  }
  return { code: 'internal', message: 'Something went wrong on the server. Its log has the details under this request id.' }
}

function retryAfterSeconds(details: unknown): string {
  const seconds = (details as { retryAfterSeconds?: unknown } | undefined)?.retryAfterSeconds
  return typeof seconds === 'number' ? String(Math.max(1, Math.ceil(seconds))) : '1'
}
