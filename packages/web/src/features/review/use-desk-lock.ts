import { useEffect, useState } from 'react'

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
    let isOver = false
    const hold = (lock: Lock | null) => {
      if (isOver) return undefined
      setState(lock === null ? 'elsewhere' : 'held')
      return lock === null ? undefined : new Promise<void>((resolve) => (release = resolve))
    }
    // Stolen, or given up before it was had: the request is rejected.
    navigator.locks.request(`plaudit.desk.${name}`, steal > 0 ? { steal: true } : { ifAvailable: true }, hold).catch(() => {
      if (!isOver) setState('elsewhere')
    })
    return () => {
      isOver = true
      release()
    }
  }, [name, steal])
  return { state, takeOver: () => setSteal((count) => count + 1) }
}
