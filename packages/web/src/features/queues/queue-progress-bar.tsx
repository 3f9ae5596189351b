import type { QueueProgress } from '@plaudit/sdk'
import { formatWhole } from '../../ui/format-number.ts'

/** How far a queue is, as one bar: done, in somebody's hands, waiting for a lead, and open. */
export function QueueProgressBar({ progress, isLegendShown = false }: { progress: QueueProgress; isLegendShown?: boolean }) {
  const { items, done, leased, needsLead, open } = progress
  const waiting = Math.max(0, open - leased - needsLead)
  const parts = [
    { name: 'done', n: done, className: 'bg-accent' },
    { name: 'in hand', n: leased, className: 'bg-accent/45' },
    { name: 'need a lead', n: needsLead, className: 'bg-bad' },
    { name: 'open', n: waiting, className: 'bg-line' },
  ].filter(({ n }) => n > 0)
  const said = items === 0 ? 'no items yet' : parts.map(({ name, n }) => `${formatWhole(n)} ${name}`).join(', ')
  return (
    <div className="min-w-0">
      <span className="sr-only">{said}</span>
      <div aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full bg-hover">
        {parts.map(({ name, n, className }) => (
          <span key={name} className={className} style={{ flexGrow: n, flexBasis: 0, minWidth: 2 }} />
        ))}
      </div>
      {isLegendShown && (
        <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-note text-ink-soft" aria-hidden="true">
          {parts.map(({ name, n, className }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span className={`size-2 rounded-full ${className}`} />
              {formatWhole(n)} {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
