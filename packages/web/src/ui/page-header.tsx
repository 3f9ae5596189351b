import type { ReactNode } from 'react'

export type PageHeaderProps = {
  /** The page's one h1, and its title in the browser. */
  title: string
  /** What the browser's title says; the heading when left out. */
  windowTitle?: string
  description?: ReactNode
  actions?: ReactNode
}

/** The head of a page: what it is, in a sentence what it is for, and what can be done here. */
export function PageHeader({ title, windowTitle = title, description, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <title>{`${windowTitle} · Plaudit`}</title>
      <div className="min-w-0">
        <h1 className="truncate">{title}</h1>
        {description !== undefined && <div className="mt-0.5 max-w-prose text-ink-soft">{description}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}

/** The page's frame: one measure of margins for all pages. `wide` is for tables that use the whole width. */
export function Page({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return <div className={`px-4 py-5 sm:px-8 sm:py-7 ${wide ? '' : 'mx-auto max-w-6xl'}`}>{children}</div>
}
