const FRESH_MS = 5_000
const MOST = 10_000

/**
 * Remembers for five seconds what was found under a key: a reviewer's screen asks several times a second who is there, and each time rows would
 * be read and a signature checked. Whatever in this process changes an answer calls `forget` and holds at once; what another process changes
 * holds within five seconds. That nothing was found is never remembered.
 */
export function shortMemory<T extends object | string>(clock: () => Date) {
  let remembered = new Map<string, { found: Promise<T | null>; readMs: number }>()

  return {
    async get(key: string, read: () => Promise<T | null>): Promise<T | null> {
      const now = clock().getTime()
      const held = remembered.get(key)
      if (held !== undefined && now - held.readMs <= FRESH_MS && now >= held.readMs) return held.found
      const found = read()
      // A reading that began before something was forgotten stays in the map that was dropped.
      const map = remembered
      if (map.size >= MOST) map.clear()
      map.set(key, { found, readMs: now })
      const drop = () => void map.delete(key)
      found.then((one) => (one === null ? drop() : undefined), drop)
      return found
    },
    forget() {
      remembered = new Map()
    },
  }
}
