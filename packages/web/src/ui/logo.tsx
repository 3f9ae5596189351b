import { cx } from './cx.ts'

/** The mark: a loop that a judgment enters. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cx('shrink-0', className)}>
      <path d="M16 5a11 11 0 1 1-9.9 6.2" stroke="var(--color-accent)" strokeWidth="3" strokeLinecap="round" />
      <circle cx="7.4" cy="7.6" r="3.1" fill="var(--color-bad)" />
    </svg>
  )
}
