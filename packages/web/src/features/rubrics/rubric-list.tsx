import type { Rubric } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { criterionTypes } from './criterion-type.ts'
import { useRubricList } from './use-rubrics.ts'

/** The rubrics of the project, each with what it asks. */
export function RubricList() {
  const { slug } = useProject()
  return (
    <PagedList
      list={useRubricList()}
      name="the rubrics"
      empty={
        <EmptyState
          title="A rubric is what reviewers are asked"
          picture={<ListChecks className="size-10" strokeWidth={1.25} />}
          action={
            <Link to="/p/$project/rubrics/new" params={{ project: slug }} className={buttonClass('primary')}>
              Write the first rubric
            </Link>
          }
        >
          A list of criteria, each with a type: a scale with described points, labels, marks in the text, a correction, a comparison. A
          change makes a new version; what was judged under the old one stays as it was.
        </EmptyState>
      }
    >
      {(rubrics) => (
        <ul aria-label="Rubrics" className="border-t border-line">
          {rubrics.map((rubric) => (
            <li key={rubric.id}>
              <RubricRow rubric={rubric} project={slug} />
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}

function RubricRow({ rubric, project }: { rubric: Rubric; project: string }) {
  return (
    <Link
      to="/p/$project/rubrics/$rubricId"
      params={{ project, rubricId: rubric.id }}
      className="block border-b border-line px-2 py-3 hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{rubric.name}</span>
        <span className="text-note text-ink-faint">
          version {rubric.version} · <TimeAgo time={rubric.createdAt} inSentence />
        </span>
        {rubric.archived && <Badge>Archived</Badge>}
      </span>
      <span className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-ink-soft">
        {rubric.criteria.map(({ key, title, type }) => (
          <span key={key}>
            {title} <span className="text-note text-ink-faint">{criterionTypes[type].label.toLowerCase()}</span>
          </span>
        ))}
      </span>
    </Link>
  )
}
