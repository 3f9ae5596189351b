import { createHash, randomBytes } from 'node:crypto'

export type KeyPair = { publicKey: string; secretKey: string }

/** A new pair of keys with 192 random bits each. */
export function newKeyPair(): KeyPair {
  return {
    publicKey: `pk-plaudit-${randomBytes(24).toString('base64url')}`,
    secretKey: `sk-plaudit-${randomBytes(24).toString('base64url')}`,
  }
}

/** What is stored of a secret key. Keys are random, so a plain hash is as strong as the key and cheap enough for every request. */
export function hashSecretKey(secretKey: string): string {
  return createHash('sha256').update(secretKey).digest('hex')
}

/** The end of a secret key, by which people recognise it. */
export function secretHint(secretKey: string): string {
  return `…${secretKey.slice(-4)}`
}

/** What a program shows to be let in. `publicKey` is null where only one key was sent. */
export type Credential = { publicKey: string | null; key: string }

/** Reads `Authorization: Bearer KEY`, `Basic base64(PUBLIC:SECRET)` or a bare key, or `x-api-key: KEY`; null when there is none. */
export function credentialOf(headers: Headers): Credential | null {
  const header = headers.get('authorization')?.trim() ?? ''
  const bare = headers.get('x-api-key')?.trim() ?? ''
  if (header === '') return bare === '' ? null : { publicKey: null, key: bare }
  const [scheme = '', rest] = header.split(/\s+/, 2)
  if (rest === undefined) return { publicKey: null, key: scheme }
  if (/^basic$/i.test(scheme)) {
    const [publicKey = '', ...secret] = Buffer.from(rest, 'base64').toString('utf8').split(':')
    return { publicKey, key: secret.join(':') }
  }
  return { publicKey: null, key: rest }
}
