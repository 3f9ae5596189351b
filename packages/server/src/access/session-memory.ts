import type { Person } from '@plaudit/protocol'

const FRESH_MS = 5_000
const MOST = 10_000

/**
 * Who is behind a session cookie, remembered for five seconds: a reviewer's screen asks several times a second, and each time two rows would be
 * read and a signature checked. What ends a session in this process calls `forget` and holds at once; what another process ends holds within
 * five seconds. That somebody is not signed in is never remembered.
 */
export function sessionMemory(read: (headers: Headers) => Promise<Person | null>, clock: () => Date) {
  let remembered = new Map<string, { person: Promise<Person | null>; readMs: number }>()

  async function personOf(headers: Headers): Promise<Person | null> {
    const cookie = headers.get('cookie')
    if (cookie === null) return null
    const now = clock().getTime()
    const held = remembered.get(cookie)
    if (held !== undefined && now - held.readMs <= FRESH_MS && now >= held.readMs) return held.person
    const person = read(headers)
    // A reading that began before something was forgotten stays in the map that was dropped.
    const map = remembered
    if (map.size >= MOST) map.clear()
    map.set(cookie, { person, readMs: now })
    const drop = () => void map.delete(cookie)
    person.then((found) => (found === null ? drop() : undefined), drop)
    return person
  }

  return {
    personOf,
    forget() {
      remembered = new Map()
    },
  }
}
