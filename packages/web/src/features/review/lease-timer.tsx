import { Timer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { formatLeft, leaseLeft } from './lease-clock.ts'

export type LeaseTimerProps = { expiresAt: string; offset: number; isExpired: boolean; shortcut: string; onExtend: () => void }

const WARN_MS = 120_000

/** How long the item is still one's own, by the server's clock; a press asks for more time. */
export function LeaseTimer({ expiresAt, offset, isExpired, shortcut, onExtend }: LeaseTimerProps) {
  const [now, setNow] = useState(() => Date.now())
  const left = leaseLeft(expiresAt, now, offset)
  const isNear = left < WARN_MS
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), isNear ? 1_000 : 15_000)
    return () => clearInterval(tick)
  }, [isNear])
  const isOver = isExpired || left <= 0
  return (
    <button
      type="button"
      onClick={onExtend}
      className={cx(
        'flex h-8 shrink-0 items-center gap-1 rounded-md px-1.5 text-note hover:bg-hover pointer-coarse:h-10',
        isNear ? 'font-medium text-bad' : 'text-ink-faint',
      )}
    >
      <Timer className="size-3.5" aria-hidden="true" />
      <span className="sr-only">Time left for this item: </span>
      {isOver ? 'Over' : formatLeft(left)}
      <span className="sr-only">. Ask for more time</span>
      {isNear && !isOver && <Kbd keys={shortcut} />}
    </button>
  )
}
