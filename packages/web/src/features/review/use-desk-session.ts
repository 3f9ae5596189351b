import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { PlauditError } from '@plaudit/sdk'
import { useClient, useProject } from '../../app/client.tsx'
import { sessionLost } from '../../app/session-lost.ts'
import { useSession } from '../../app/session.ts'
import { toast } from '../../ui/toast.tsx'
import { DeskSession } from './desk-session.ts'
import type { Delivered } from './outbox.ts'

const BEAT_MS = 5_000
/** What counts as a sign of life. */
const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll', 'touchmove'] as const

/** The person whose work lies on this machine, in one project. */
export function useOwner(): string {
  const { person } = useSession()
  return `${useProject().id}.${person?.id ?? ''}`
}

/** A desk at a queue, open while the component is on screen, and its state. */
export function useDeskSession(queueId: string) {
  const client = useClient()
  const owner = useOwner()
  const [session] = useState(
    () =>
      new DeskSession(queueId, owner, client.desk, {
        delivered: tellDelivery,
        error: (error) => {
          if (error instanceof PlauditError && error.code === 'unauthenticated') sessionLost.set(true)
        },
        say: (text) => toast(text),
      }),
  )
  const state = useSyncExternalStore(session.subscribe, session.state)

  useEffect(() => {
    void session.open()
    const beat = setInterval(() => void session.beat(performance.now()), BEAT_MS)
    window.addEventListener('online', session.reconnect)
    window.addEventListener('pagehide', session.persist)
    return () => {
      clearInterval(beat)
      window.removeEventListener('online', session.reconnect)
      window.removeEventListener('pagehide', session.persist)
      session.close()
    }
  }, [session])

  const isSignedOut = sessionLost.use()
  const reconnect = useEffectEvent(() => session.reconnect())
  useEffect(() => {
    if (!isSignedOut) reconnect()
  }, [isSignedOut])

  const leaseId = state.held[state.at]?.lease.id
  useEffect(() => {
    if (leaseId === undefined) return
    const touch = () => session.touch(performance.now())
    const look = () => (document.visibilityState === 'hidden' ? session.rest(performance.now()) : touch())
    touch()
    for (const sign of signs) document.addEventListener(sign, touch, { capture: true, passive: true })
    document.addEventListener('visibilitychange', look)
    return () => {
      for (const sign of signs) document.removeEventListener(sign, touch, { capture: true })
      document.removeEventListener('visibilitychange', look)
    }
  }, [session, leaseId])
  return { session, state }
}

function tellDelivery({ result }: Delivered): void {
  if (result === null) return
  if (result.goldFeedback !== null) toast(result.goldFeedback)
  if (result.state === 'late')
    toast('Your judgment came late and is kept.', {
      description: 'The lease had run out, and the item has all its judgments already. A lead can still use yours.',
    })
}
