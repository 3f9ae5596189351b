import type { ReactNode } from 'react'

export type FigureRowProps = {
  term: ReactNode
  /** What the figure is of, in a few words behind its name. */
  says?: string
  children: ReactNode
}

/** A name and its figure on one line of a `dl`; figures keep to the right edge, also where they need a line of their own. */
export function FigureRow({ term, says, children }: FigureRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5">
      <dt className="text-ink-soft">
        {says === undefined ? (
          term
        ) : (
          <>
            <span className="text-ink">{term}</span> <span className="text-note text-ink-faint">{says}</span>
          </>
        )}
      </dt>
      <dd className="ml-auto min-w-0 text-right break-words">{children}</dd>
    </div>
  )
}
