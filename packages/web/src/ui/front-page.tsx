import { type ReactNode, useEffect, useRef } from 'react'
import { Logo } from './logo.tsx'

/** A page outside any project: the mark, one question, one form. */
export function FrontPage({ title, lead, children, aside }: { title: string; lead: ReactNode; children: ReactNode; aside?: ReactNode }) {
  const main = useRef<HTMLElement>(null)
  useEffect(() => main.current?.querySelector('input')?.focus(), [])
  return (
    <main
      ref={main}
      id="main"
      className="mx-auto grid min-h-dvh max-w-5xl items-center gap-16 px-6 py-12 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]"
    >
      <title>{`${title} · Plaudit`}</title>
      <div className="w-full max-w-sm max-lg:mx-auto">
        <div className="mb-8 flex items-center gap-2.5">
          <Logo className="size-7" />
          <span className="text-read font-semibold tracking-tight">Plaudit</span>
        </div>
        <h1>{title}</h1>
        <div className="mt-1 mb-6 text-ink-soft">{lead}</div>
        {children}
      </div>
      {aside !== undefined && <div className="max-lg:hidden">{aside}</div>}
    </main>
  )
}
