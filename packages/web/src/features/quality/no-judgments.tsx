import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import type { ReactNode } from 'react'
import { useProject } from '../../app/client.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

/** A page of Trust before anybody has judged: what it will say (`children`), and how judgments come to be. */
export function NoJudgments({
  title,
  picture: Picture = Compass,
  children,
}: {
  title: string
  picture?: typeof Compass
  children: ReactNode
}) {
  const { slug } = useProject()
  return (
    <EmptyState
      title={title}
      picture={<Picture className="size-10" strokeWidth={1.25} />}
      action={
        <Link to="/p/$project/queues/new" params={{ project: slug }} className={buttonClass('primary')}>
          Make a queue
        </Link>
      }
    >
      {children}
    </EmptyState>
  )
}
