import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** A compact table with hairlines. Wrap it in `TableFrame` where it may be wider than the page. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table {...rest} className={cx('w-full border-separate border-spacing-0 text-left', className)} />
}

/** Scrolls its table by itself; reachable by keyboard. */
export function TableFrame({ label, className, children }: { label: string; className?: string; children: React.ReactNode }) {
  return (
    // A region that scrolls must take the focus, or the keyboard cannot scroll it.
    <section aria-label={label} tabIndex={0} className={cx('scroll-hint relative overflow-auto', className)}>
      {children}
    </section>
  )
}

type CellProps = { numeric?: boolean }

/** A column's heading; it stays in view. Units belong here, not in the cells. */
export function HeaderCell({ numeric = false, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'sticky top-0 z-10 border-b border-line bg-paper px-3 py-2 text-note font-medium whitespace-nowrap text-ink-faint',
        numeric && 'text-right',
        className,
      )}
    />
  )
}

/** A cell; numbers are right-aligned. */
export function Cell({ numeric = false, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      {...rest}
      className={cx('border-b border-line px-3 py-2 align-top', numeric && 'text-right whitespace-nowrap tabular-nums', className)}
    />
  )
}

/** A row; `selected` is the one that the keyboard is on. */
export function Row({ selected = false, className, ...rest }: ComponentProps<'tr'> & { selected?: boolean }) {
  return (
    <tr
      {...rest}
      aria-selected={selected || undefined}
      className={cx('group', selected ? 'bg-accent-soft' : 'hover:bg-hover', className)}
    />
  )
}
