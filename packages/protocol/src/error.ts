import { z } from 'zod'

/** Every error code that crosses the wire, with its HTTP status. The table is closed: a new code is added here first. */
export const errorStatus = {
  invalid_argument: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  overloaded: 503,
} as const
export type ErrorCode = keyof typeof errorStatus
export const errorCodeSchema = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]).meta({ id: 'ErrorCode' })

/** The one error of the API. `message` is a sentence that says what to do. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, message: string, options: { details?: unknown; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details
  }

  get status(): number {
    return errorStatus[this.code]
  }
}

/** The body of every error answer: RFC 9457 problem details with our code and the request's id. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: errorCodeSchema,
    requestId: z.string(),
    details: z.unknown().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof problemSchema>

/** One sentence for a failed parse: the path and the first issue, with how many others there are. */
export function describeIssues(error: z.ZodError): string {
  const [first, ...others] = error.issues
  if (first === undefined) return 'The input is not valid.'
  const path = first.path.map(String).join('.')
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${path === '' ? 'The body' : path}: ${first.message}${more}`
}
