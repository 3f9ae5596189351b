import { useSyncExternalStore } from 'react'
import { formatAgo, formatDateTime, formatSince } from './format-time.ts'

const everyMs = 15_000
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, everyMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

export type TimeAgoProps = {
  time: string
  /** Whether it stands in a sentence: "5 min ago" in place of "5 min". */
  inSentence?: boolean
  className?: string
}

/** How long ago something was, kept current by one clock for all; the exact time is its title. */
export function TimeAgo({ time, inSentence = false, className }: TimeAgoProps) {
  const current = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={time} title={formatDateTime(time)} className={className}>
      {(inSentence ? formatSince : formatAgo)(time, Math.max(current, Date.parse(time)))}
    </time>
  )
}
