import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

export type SecretBox = { seal(text: string): string; open(sealed: string): string }

/**
 * Seals what the platform must be able to send but nobody may read, such as keys of services elsewhere: AES-256-GCM under a key made from the
 * installation's secret. With PLAUDIT_SECRET set, a copy of the database alone gives nothing away.
 */
export function secretBox(secret: string): SecretBox {
  const key = createHash('sha256').update(`sealed values ${secret}`).digest()
  return {
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    /** @throws Error when it was sealed under another secret, or changed. */
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}
