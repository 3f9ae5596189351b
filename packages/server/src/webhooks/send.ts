import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isPublicAddress, literalHost, lookupPublic } from './public-address.ts'
import { signatureOf } from './signature.ts'

const TIMEOUT_MS = 10_000

export type Call = { url: string; secret: string; id: string; body: string; time: Date; allowPrivate: boolean }

/**
 * Calls an address once and answers with the status. Redirects are not followed: they could lead where the address itself may not.
 * @throws Error with a sentence when there is no answer within ten seconds, or the address is a private one.
 */
export function sendWebhook({ url, secret, id, body, time, allowPrivate }: Call): Promise<number> {
  const target = new URL(url)
  const literal = literalHost(target)
  if (!allowPrivate && literal !== null && !isPublicAddress(literal)) return Promise.reject(new Error(`${literal} is not a public address`))
  const seconds = Math.floor(time.getTime() / 1_000)
  return new Promise((resolve, reject) => {
    const call = (target.protocol === 'https:' ? secure : plain)(target, {
      method: 'POST',
      agent: false,
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'plaudit',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(secret, id, seconds, body),
      },
    })
    call.on('response', (response) => {
      // What it says is not kept; only that it was taken.
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    call.on('error', (error) => reject(error.name === 'TimeoutError' ? new Error('there was no answer within ten seconds') : error))
    call.end(body)
  })
}
