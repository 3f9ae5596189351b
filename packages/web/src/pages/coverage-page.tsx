import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { PieChart } from 'lucide-react'
import { useState } from 'react'
import { useProject } from '../app/client.tsx'
import { CoverageStrata } from '../features/quality/coverage-strata.tsx'
import { PopulationEstimates } from '../features/quality/population-estimates.tsx'
import { QualityFilters } from '../features/quality/quality-filters.tsx'
import { selectionOf } from '../features/quality/quality-search.ts'
import { ReportFrame } from '../features/quality/report-frame.tsx'
import { SourceNote } from '../features/quality/source-note.tsx'
import { TargetForm } from '../features/quality/target-form.tsx'
import { useReport } from '../features/quality/use-report.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** Whether what was judged looks like the traffic, and the scores once it does. */
export function CoveragePage() {
  const search = useSearch({ from: '/p/$project/coverage' })
  const navigate = useNavigate({ from: '/p/$project/coverage' })
  const { slug } = useProject()
  const [target, setTarget] = useState<string>()
  const by = search.by === undefined || search.by === 'queue' || search.by === 'guideline' ? 'promptVersion' : search.by
  const query = { ...selectionOf(search), by, ...(target === undefined ? {} : { target }) }
  const report = useReport('coverage', query, (client, signal) => client.quality.coverage(query, { signal }))
  return (
    <Page>
      <PageHeader
        title="Coverage"
        description="Whether what reviewers judged looks like the traffic it stands for."
        actions={
          <QualityFilters
            search={{ ...search, by }}
            bySpanOnly
            onChange={(next) => {
              setTarget(undefined)
              void navigate({ search: next, replace: true, resetScroll: false })
            }}
          />
        }
      />
      <ReportFrame query={report} what="the coverage">
        {(found) =>
          found.traffic === 0 && Object.keys(selectionOf(search)).length === 0 ? (
            <EmptyState
              title="There is no traffic yet"
              picture={<PieChart className="size-10" strokeWidth={1.25} />}
              action={
                <Link to="/p/$project" params={{ project: slug }} className={buttonClass('primary')}>
                  Send the first trace
                </Link>
              }
            >
              What reviewers judged is laid beside all that came in, part by part, and scores are weighed to what your users get.
            </EmptyState>
          ) : (
            <>
              <CoverageStrata report={found} />
              {found.estimates.length > 0 && <PopulationEstimates report={found} />}
              {found.estimates.length > 0 && <TargetForm key={by} report={found} onChange={setTarget} />}
              <SourceNote source={found.source} />
            </>
          )
        }
      </ReportFrame>
    </Page>
  )
}
