import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { PieChart } from 'lucide-react'
import { useProject } from '../app/client.tsx'
import { populationOf, trafficFilter } from '../features/population/population-search.ts'
import { PopulationSwitch } from '../features/population/population-switch.tsx'
import { CoverageStrata } from '../features/quality/coverage-strata.tsx'
import { PopulationEstimates } from '../features/quality/population-estimates.tsx'
import { QualityFilters } from '../features/quality/quality-filters.tsx'
import { selectionOf } from '../features/quality/quality-search.ts'
import { ReportFrame } from '../features/quality/report-frame.tsx'
import { SourceNote } from '../features/quality/source-note.tsx'
import { useReport } from '../features/quality/use-report.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** Whether what was judged looks like the traffic, and the scores once it does. */
export function CoveragePage() {
  const { population, strata: _strata, target, ...search } = useSearch({ from: '/p/$project/coverage' })
  const asked = populationOf({ population, target })
  const navigate = useNavigate({ from: '/p/$project/coverage' })
  const { slug } = useProject()
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
            onChange={({ by: cut, ...next }) =>
              void navigate({
                // Shares are of the strata that they were set for.
                search: { ...next, ...(cut === undefined ? {} : { by: cut }), ...(cut === by ? asked : {}) },
                replace: true,
                resetScroll: false,
              })
            }
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
              {found.estimates.length > 0 && (
                <PopulationEstimates
                  report={found}
                  population={population ?? 'sample'}
                  control={
                    <PopulationSwitch
                      what="The scores"
                      strata={by}
                      search={asked}
                      filter={trafficFilter(search)}
                      onChange={(next) => void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false })}
                    />
                  }
                />
              )}
              <SourceNote source={found.source} />
            </>
          )
        }
      </ReportFrame>
    </Page>
  )
}
