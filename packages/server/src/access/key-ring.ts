import type { KeyRow } from './store.ts'
import { type Credential, hashSecretKey } from './key.ts'

const FRESH_MS = 5_000
const MISS_MS = 500
const USED_EVERY_MS = 60_000

export type KeyMatch = { keyId: string; projectId: string; scope: 'secret' | 'public' }
export type KeyRing = {
  match(credential: Credential): Promise<KeyMatch | null>
  /** Forgets what is cached; whoever creates or revokes a key calls it before answering. */
  reset(): void
}
type Ring = { bySecretHash: Map<string, KeyRow>; byPublicKey: Map<string, KeyRow>; readMs: number }

/**
 * All live keys, in memory, so that a request costs one hash. What this process creates or revokes holds at once; what another process
 * does holds within five seconds.
 */
export function keyRing(options: {
  liveKeys: () => Promise<KeyRow[]>
  markUsed: (keyId: string, time: Date) => Promise<void>
  clock: () => Date
}): KeyRing {
  let ring: Promise<Ring> | null = null
  const usedMs = new Map<string, number>()

  async function read(): Promise<Ring> {
    const readMs = options.clock().getTime()
    const rows = await options.liveKeys()
    return {
      bySecretHash: new Map(rows.map((row) => [row.secretHash, row])),
      byPublicKey: new Map(rows.map((row) => [row.publicKey, row])),
      readMs,
    }
  }

  async function current(maxAgeMs: number): Promise<Ring> {
    const before = ring
    const held = before === null ? null : await before
    if (held !== null && options.clock().getTime() - held.readMs <= maxAgeMs) return held
    // Several requests that find the ring stale share one reading.
    if (ring === null || ring === before) {
      const reading = read()
      ring = reading
      reading.catch(() => {
        if (ring === reading) ring = null
      })
    }
    return ring
  }

  function find({ bySecretHash, byPublicKey }: Ring, { publicKey, key }: Credential): KeyMatch | null {
    const bySecret = bySecretHash.get(hashSecretKey(key))
    if (bySecret !== undefined) {
      if (publicKey !== null && publicKey !== bySecret.publicKey) return null
      return { keyId: bySecret.id, projectId: bySecret.projectId, scope: 'secret' }
    }
    const byPublic = publicKey === null || key === '' ? byPublicKey.get(publicKey ?? key) : undefined
    return byPublic === undefined ? null : { keyId: byPublic.id, projectId: byPublic.projectId, scope: 'public' }
  }

  function noteUse(keyId: string): void {
    const now = options.clock()
    if (now.getTime() - (usedMs.get(keyId) ?? 0) < USED_EVERY_MS) return
    usedMs.set(keyId, now.getTime())
    // Only a note for people: a failure must not fail the request, and the next use writes it again.
    options.markUsed(keyId, now).catch(() => usedMs.delete(keyId))
  }

  return {
    async match(credential) {
      const match = find(await current(FRESH_MS), credential) ?? find(await current(MISS_MS), credential)
      if (match !== null) noteUse(match.keyId)
      return match
    },
    reset() {
      ring = null
    },
  }
}
