import type { ReactNode } from 'react'

export type EmptyStateProps = {
  title: string
  /** Its title is the page's only heading. */
  isWholePage?: boolean
  /** What will be here, and how it comes to be. */
  children: ReactNode
  action?: ReactNode
  /** A miniature of what will be there. */
  picture?: ReactNode
}

/** An empty page that teaches: one picture, two sentences, one action. */
export function EmptyState({ title, isWholePage = false, children, action, picture }: EmptyStateProps) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col items-center gap-3 px-4 py-16 text-center">
      {picture !== undefined && (
        <div aria-hidden="true" className="mb-2 text-ink-faint">
          {picture}
        </div>
      )}
      {isWholePage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <div className="max-w-full text-balance text-ink-soft">{children}</div>
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  )
}
