import { useEffect, useState } from 'react'

/** A page that has just been left may still hold the lock for a moment. */
const TRIES = 4
const PAUSE_MS = 60

/**
 * Lets one window of this browser work at a desk at a time. Another one finds it taken and can take over, after which the first says so. Without
 * the Web Locks API (a page that is not served securely) every window works, and the server settles what both submit.
 */
export function useDeskLock(name: string): { state: 'waiting' | 'held' | 'elsewhere'; takeOver: () => void } {
  const [state, setState] = useState<'waiting' | 'held' | 'elsewhere'>('locks' in navigator ? 'waiting' : 'held')
  const [steal, setSteal] = useState(0)
  useEffect(() => {
    if (!('locks' in navigator)) return
    let release: () => void = () => undefined
    let again: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const ask = (tries: number) => {
      const hold = (lock: Lock | null) => {
        if (isOver) return undefined
        if (lock === null) {
          if (tries > 1) again = setTimeout(() => ask(tries - 1), PAUSE_MS)
          else setState('elsewhere')
          return undefined
        }
        setState('held')
        return new Promise<void>((resolve) => (release = resolve))
      }
      // Rejected when another window steals it.
      navigator.locks.request(`plaudit.desk.${name}`, steal > 0 ? { steal: true } : { ifAvailable: true }, hold).catch(() => {
        if (!isOver) setState('elsewhere')
      })
    }
    ask(TRIES)
    return () => {
      isOver = true
      clearTimeout(again)
      release()
    }
  }, [name, steal])
  return { state, takeOver: () => setSteal((count) => count + 1) }
}
