import { Link } from '@tanstack/react-router'
import { BookOpenText } from 'lucide-react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useGuidelineList } from './use-guidelines.ts'

/** The guidelines of the project, each with how it begins. */
export function GuidelineList() {
  const { slug } = useProject()
  return (
    <PagedList
      list={useGuidelineList()}
      name="the guidelines"
      empty={
        <EmptyState
          title="A guideline is how reviewers decide"
          picture={<BookOpenText className="size-10" strokeWidth={1.25} />}
          action={
            <Link to="/p/$project/guidelines/new" params={{ project: slug }} className={buttonClass('primary')}>
              Write the first guideline
            </Link>
          }
        >
          A page of plain rules, with good and bad examples taken from your own traffic. Reviewers read a new version before they go on, and
          every judgment says which version it was made under.
        </EmptyState>
      }
    >
      {(guidelines) => (
        <ul aria-label="Guidelines" className="border-t border-line">
          {guidelines.map(({ id, name, version, createdAt, archived, body, examples }) => (
            <li key={id}>
              <Link
                to="/p/$project/guidelines/$guidelineId"
                params={{ project: slug, guidelineId: id }}
                className="block border-b border-line px-2 py-3 hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{name}</span>
                  <span className="text-note text-ink-faint">
                    version {version} · <TimeAgo time={createdAt} inSentence />
                    {examples.length > 0 && ` · ${examples.length === 1 ? '1 example' : `${examples.length} examples`}`}
                  </span>
                  {archived && <Badge>Archived</Badge>}
                </span>
                <span className="mt-0.5 line-clamp-2 max-w-3xl text-ink-soft">{body.replaceAll(/[#*_`>]+/gu, '').slice(0, 300)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}
