import { ApiError } from '@plaudit/protocol'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that another web site made a browser send with its cookie. Browsers name the site in `Origin` (and in
 * `Sec-Fetch-Site`); it must be this server, as its public address says or as the request was addressed.
 */
export function checkOrigin(request: Request, publicUrl: string): void {
  if (safe.has(request.method)) return
  const origin = request.headers.get('origin')
  if (origin !== null) {
    // Most come exactly from there, which is seen without taking addresses apart.
    if (origin === publicUrl) return
    const own = [new URL(publicUrl).host, request.headers.get('host') ?? new URL(request.url).host]
    if (URL.canParse(origin) && own.includes(new URL(origin).host)) return
  } else if (request.headers.get('sec-fetch-site') === 'same-origin') return
  throw new ApiError(
    'forbidden',
    `Requests with a session cookie must come from this server's own pages, not from ${origin ?? 'an unknown origin'}.`,
  )
}

/** The same for a request that makes a session: a program, which names no site at all, may do that. */
export function checkSignInOrigin(request: Request, publicUrl: string): void {
  if (request.headers.get('origin') !== null || request.headers.get('sec-fetch-site') !== null) checkOrigin(request, publicUrl)
}
