import { cx } from './cx.ts'

/** Holds the place of what is loading, in its size. It shows only after 150 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('late block rounded-sm bg-hover', className)} />
}

/** Rows of a list that is loading; says so to screen readers once. */
export function SkeletonRows({ rows = 8, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <output aria-label={label} className="flex flex-col">
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className="flex items-center gap-6 border-b border-line px-3 py-3">
          <Skeleton className="h-3 w-24" />
          <Skeleton className={cx('h-3', ['w-1/2', 'w-2/5', 'w-3/5'][index % 3])} />
          <Skeleton className="ml-auto h-3 w-12" />
        </span>
      ))}
    </output>
  )
}
