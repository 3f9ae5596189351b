import type { ReactNode } from 'react'

/** A part of a long form: what it is about on the left, its fields on the right. */
export function SettingsSection({ title, description, children }: { title: string; description: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="grid gap-x-10 gap-y-3 border-t border-line py-6 first:border-t-0 first:pt-2 lg:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <div>
        <h2>{title}</h2>
        <p className="text-ink-soft">{description}</p>
      </div>
      <div className="flex max-w-2xl min-w-0 flex-col gap-4">{children}</div>
    </section>
  )
}
