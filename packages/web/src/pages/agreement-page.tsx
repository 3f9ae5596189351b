import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { sliceByLabel } from '../app/slice.ts'
import { populationOf, populationQuery, type PopulationSearch, trafficFilter } from '../features/population/population-search.ts'
import { PopulationSwitch } from '../features/population/population-switch.tsx'
import { AgreementOverview } from '../features/quality/agreement-overview.tsx'
import { CriterionAgreementSection, idOf } from '../features/quality/criterion-agreement.tsx'
import { NoAgreement } from '../features/quality/no-agreement.tsx'
import { QualityFilters } from '../features/quality/quality-filters.tsx'
import { type QualitySearch, selectionOf } from '../features/quality/quality-search.ts'
import { ReportFrame } from '../features/quality/report-frame.tsx'
import { SourceNote } from '../features/quality/source-note.tsx'
import { useReport } from '../features/quality/use-report.ts'
import { useSliceName } from '../features/quality/use-queues.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** Whether reviewers agree, criterion by criterion. */
export function AgreementPage() {
  const { population, strata, target, ...search } = useSearch({ from: '/p/$project/agreement' })
  const asked = populationOf({ population, strata, target })
  const navigate = useNavigate({ from: '/p/$project/agreement' })
  const query = { ...selectionOf(search), ...(search.by === undefined ? {} : { by: search.by }), ...populationQuery(asked) }
  const report = useReport('agreement', query, (client, signal) => client.quality.agreement(query, { signal }))
  const nameOf = useSliceName(search.by)
  const go = (next: QualitySearch & PopulationSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <Page>
      <PageHeader
        title="Agreement"
        description="Whether two reviewers who see the same output say the same, beyond chance."
        actions={<QualityFilters search={search} onChange={(next) => go({ ...next, ...asked })} />}
      />
      <PopulationSwitch
        what="The agreement"
        search={asked}
        filter={trafficFilter(search)}
        onChange={(next) => go({ ...search, ...next })}
      />
      <ReportFrame query={report} what="the agreement">
        {(found) =>
          found.criteria.length === 0 ? (
            <NoAgreement />
          ) : (
            <>
              <AgreementOverview
                report={found}
                onOpen={(key) => document.getElementById(idOf(key))?.scrollIntoView({ block: 'start' })}
                action={
                  found.weakest !== null && (
                    <Judged search={search} criterion={found.weakest}>
                      Show them
                    </Judged>
                  )
                }
              />
              {found.criteria.map((one) => (
                <CriterionAgreementSection
                  key={`${one.criterion} ${one.kind}`}
                  one={one}
                  by={search.by === undefined ? null : sliceByLabel(search.by)}
                  nameOf={nameOf}
                  links={
                    <p className="mt-2">
                      <Judged search={search} criterion={one.criterion}>
                        Items, votes and consensus
                      </Judged>
                    </p>
                  }
                />
              ))}
              <SourceNote source={found.source} />
            </>
          )
        }
      </ReportFrame>
    </Page>
  )
}

function Judged({ search, criterion, children }: { search: QualitySearch; criterion: string; children: string }) {
  const { slug } = useProject()
  const { by: _by, ...selection } = search
  return (
    <Link to="/p/$project/judged" params={{ project: slug }} search={{ ...selection, criterion }} className="link">
      {children}
    </Link>
  )
}
