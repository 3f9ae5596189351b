import type { ErrorCode, Problem } from '@plaudit/protocol'

/**
 * What the server answered instead of a result: the same code and sentence as there. `code` is `unreachable` when no answer came at all,
 * and `unexpected` when something that is not Plaudit answered.
 */
export class PlauditError extends Error {
  override readonly name = 'PlauditError'
  readonly code: ErrorCode | 'unreachable' | 'unexpected'
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** Names the request in the server's log; empty when no answer came. */
  readonly requestId: string
  readonly details: unknown
  /** How long the server asks to wait before trying again. */
  readonly retryAfterMs: number | null

  constructor(
    message: string,
    options: {
      code: PlauditError['code']
      status?: number
      requestId?: string
      details?: unknown
      retryAfterMs?: number | null
      cause?: unknown
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.status = options.status ?? 0
    this.requestId = options.requestId ?? ''
    this.details = options.details
    this.retryAfterMs = options.retryAfterMs ?? null
  }

  /** Whether the same request can succeed later: the server was busy, unreachable or broken. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** The error that an answer carries, whatever sent it. */
export async function errorOf(response: Response): Promise<PlauditError> {
  const text = await response.text().catch(() => '')
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const common = { status: response.status, retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : null }
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.detail === 'string' && typeof problem.code === 'string')
      return new PlauditError(problem.detail, { ...common, code: problem.code, requestId: problem.requestId, details: problem.details })
  } catch {
    // Not one of ours: a proxy's page, say.
  }
  return new PlauditError(`The server answered ${response.status} without saying why.`, { ...common, code: 'unexpected' })
}
