import type { ReactNode } from 'react'

export type SectionHeadProps = {
  title: string
  /** Of the heading, which names the section. */
  id: string
  action?: ReactNode
  /** What the section is for, in a sentence. */
  children: ReactNode
}

/** The head of a part of a page: its name, what it is for, and what can be done in it. */
export function SectionHead({ title, id, action, children }: SectionHeadProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-4 pb-3">
      <div>
        <h2 id={id}>{title}</h2>
        <p className="max-w-prose text-ink-soft">{children}</p>
      </div>
      {action}
    </div>
  )
}
