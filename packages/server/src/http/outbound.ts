import { ApiError } from '@plaudit/protocol'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

/** An answer larger than this is cut off. */
const MOST_BYTES = 16 * 1_048_576

/**
 * Sends JSON to an address that a person of a project gave, and reads JSON back. It may be on the own network, where models are usually served,
 * but not where clouds keep the keys of machines (link-local addresses); redirects are not followed, and the answer is bounded in time and size.
 * @throws ApiError `unprocessable` with a sentence that names the host, and nothing of the answer's content.
 */
export async function postJson(
  url: string,
  body: unknown,
  { bearer, timeoutMs, signal }: { bearer?: string | undefined; timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<unknown> {
  const { hostname, host } = new URL(url)
  const refuse = (problem: string, cause?: unknown) => new ApiError('unprocessable', `${host} ${problem}`, { cause })
  await refuseLinkLocal(hostname, refuse)
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
    if (response.status >= 300 && response.status < 400)
      throw refuse('answers with a redirect, which is not followed: give the address itself.')
    if (!response.ok) throw refuse(`answered with status ${response.status}.`)
    return JSON.parse(await boundedText(response, () => refuse('answered with more than 16 MiB.'))) as unknown
  } catch (cause) {
    if (cause instanceof ApiError) throw cause
    if (signal?.aborted === true) throw signal.reason
    if (timeout.aborted) throw refuse(`did not answer within ${timeoutMs / 1000} s.`, cause)
    throw cause instanceof SyntaxError ? refuse('answered with something that is not JSON.', cause) : refuse('cannot be reached.', cause)
  }
}

async function refuseLinkLocal(hostname: string, refuse: (problem: string, cause?: unknown) => ApiError): Promise<void> {
  const name = hostname.replace(/^\[|\]$/g, '')
  let addresses: string[]
  try {
    addresses = isIP(name) === 0 ? (await lookup(name, { all: true })).map(({ address }) => address) : [name]
  } catch (cause) {
    throw refuse('has no address: check its name.', cause)
  }
  if (addresses.some(isLinkLocal)) throw refuse('is a link-local address, which may not be asked.')
}

/** 169.254.0.0/16 and fe80::/10, also as IPv4 inside IPv6; and addresses that name no host. */
export function isLinkLocal(address: string): boolean {
  const plain = address.toLowerCase()
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain) ?? []
  const mapped = high !== undefined && low !== undefined ? parseInt(high, 16) : null
  const isMapped = mapped === 0xa9fe || mapped === 0
  return (
    /^(?:::ffff:)?169\.254\./.test(plain) ||
    /^fe[89ab][0-9a-f]:/.test(plain) ||
    plain === '::' ||
    /^(?:::ffff:)?0\./.test(plain) ||
    isMapped
  )
}

async function boundedText(response: Response, tooLarge: () => ApiError): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length
    if (bytes > MOST_BYTES) throw tooLarge()
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks).toString('utf8')
}
