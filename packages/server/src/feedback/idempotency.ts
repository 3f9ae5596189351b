import { createHash } from 'node:crypto'

/**
 * The id of the record at a place in a request with an idempotency key: the same key, place and project give the same id, so a retry writes
 * the same feedback. A UUID of version 8 whose bits are a hash.
 */
export function idempotentId(projectId: string, key: string, index: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([projectId, key, index]))
    .digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
