import { errorOf, PlauditError } from './error.ts'

export type ClientOptions = {
  /** Where the server is. Default: the page's own origin in a browser. */
  baseUrl?: string
  /** Secret or public key of a project. Left out in a browser, the signed-in person's cookie counts. */
  key?: string
  /** Project that a signed-in person works in; a key belongs to its own. */
  project?: string
  /** Tries of a request that failed for a passing reason, the first one included; 3 by default. Only what is safe to repeat is repeated. */
  tries?: number
  /** Longest wait for an answer; 30 s by default. */
  timeoutMs?: number
  fetch?: typeof fetch
}

export type RequestOptions = {
  query?: Record<string, string | number | boolean | undefined>
  /** Sent as JSON; bytes as they are. */
  body?: unknown
  /** How the answer is read; `json` by default. */
  answer?: 'json' | 'text'
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** Whether a repeat does no harm. Default: for everything but POST. */
  repeatable?: boolean
}

export type Send = <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: RequestOptions) => Promise<T>

/** A function that sends requests as JSON and answers with the parsed result. @throws PlauditError for every failure. */
export function requester(options: ClientOptions): Send {
  const { key, project, tries = 3, timeoutMs = 30_000, fetch: send = fetch } = options
  const base = (options.baseUrl ?? '').replace(/\/+$/, '')

  return async <T>(
    method: string,
    path: string,
    { query = {}, body, answer = 'json', headers = {}, signal, repeatable = method !== 'POST' }: RequestOptions = {},
  ) => {
    const search = new URLSearchParams()
    if (project !== undefined && !path.includes('/projects')) search.set('project', project)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
    const url = `${base}${path}${search.size === 0 ? '' : `?${search}`}`
    const init: RequestInit = {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await once(url, init, answer, signal)) as T
      } catch (error) {
        const canRepeat = error instanceof PlauditError && error.isTransient && (repeatable || error.status === 429 || error.status === 503)
        if (!canRepeat || attempt >= tries) throw error
        await pause(error.retryAfterMs ?? 200 * 2 ** attempt, signal)
      }
    }
  }

  async function once(url: string, init: RequestInit, answer: 'json' | 'text', signal: AbortSignal | undefined): Promise<unknown> {
    const timeout = AbortSignal.timeout(timeoutMs)
    let response: Response
    try {
      response = await send(url, { ...init, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) })
    } catch (cause) {
      if (signal?.aborted === true) throw cause
      throw new PlauditError('The server cannot be reached. Check its address and that it runs.', { code: 'unreachable', cause })
    }
    if (!response.ok) throw await errorOf(response)
    if (response.status === 204) return undefined
    return answer === 'text' ? response.text() : response.json()
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason as Error)
      },
      { once: true },
    )
  })
}
