import { cx } from '../../ui/cx.ts'
import type { Link } from './loop.ts'

const healthWord = { works: 'Works', thin: 'Thin', idle: 'Nothing passes yet' } as const

/** The health of a link as a shape, a word for screen readers, and the figure behind it. */
export function LinkNote({ link, className }: { link: Link; className?: string }) {
  return (
    <p className={cx('inline-flex items-center gap-1.5 text-note text-ink-soft', className)}>
      <svg aria-hidden="true" viewBox="0 0 10 10" className="size-2.5 shrink-0">
        <circle
          cx="5"
          cy="5"
          r="4"
          fill="none"
          stroke={link.health === 'idle' ? 'var(--color-line-strong)' : 'var(--color-accent)'}
          strokeWidth="1.25"
        />
        {link.health === 'works' && <circle cx="5" cy="5" r="4.5" fill="var(--color-accent)" />}
        {link.health === 'thin' && <path d="M5 1a4 4 0 0 1 0 8z" fill="var(--color-accent)" />}
      </svg>
      <span>
        <span className="sr-only">{healthWord[link.health]}: </span>
        {link.note}
      </span>
    </p>
  )
}
