import { useNavigate, useSearch } from '@tanstack/react-router'
import { BiasFindingRow } from '../features/quality/bias-finding.tsx'
import { MissingDimensions } from '../features/quality/missing-dimensions.tsx'
import { NoJudgments } from '../features/quality/no-judgments.tsx'
import { QualityFilters } from '../features/quality/quality-filters.tsx'
import { selectionOf } from '../features/quality/quality-search.ts'
import { ReportFrame } from '../features/quality/report-frame.tsx'
import { SourceNote } from '../features/quality/source-note.tsx'
import { useReport } from '../features/quality/use-report.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** Where the judgments lean, and what the rubric does not ask. */
export function BiasPage() {
  const search = useSearch({ from: '/p/$project/bias' })
  const navigate = useNavigate({ from: '/p/$project/bias' })
  const query = selectionOf(search)
  const bias = useReport('bias', query, (client, signal) => client.quality.bias(query, { signal }))
  const dimensions = useReport('dimensions', {}, (client, signal) => client.quality.dimensions({ signal }))
  return (
    <Page>
      <PageHeader
        title="Bias"
        description="Where judgments lean in one direction, whoever is right. Everything that was looked for is listed, found or not."
        actions={
          <QualityFilters
            search={search}
            isCut={false}
            onChange={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
          />
        }
      />
      <ReportFrame query={bias} what="the bias report">
        {(found) =>
          found.source.judgments === 0 ? (
            <NoJudgments title="Nobody has judged anything yet">
              Whether a side, the length of an output, a reviewer or the hour decides what people say is looked for here, each with its
              interval and what to do about it.
            </NoJudgments>
          ) : (
            <>
              <p className="max-w-3xl text-read">{found.sentence}</p>
              <p className="max-w-3xl pt-1 pb-4 text-note text-ink-faint">
                Of the judgments as they were given: these figures are about how people judge, not about traffic, so that there is no
                population to weigh them to. Scores and agreement have one, on Home, Agreement and Coverage.
              </p>
              {found.findings
                .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
                .map((finding) => (
                  <BiasFindingRow key={finding.kind} finding={finding} />
                ))}
              {found.unused.length > 0 && (
                <section aria-label="Asked, and not answered" className="border-t border-line py-5">
                  <h2>Asked, and not answered</h2>
                  <ul className="mt-1 flex flex-col gap-1">
                    {found.unused.map(({ rubric, criterion, values, judgments }) => (
                      <li key={`${rubric} ${criterion}`} className="max-w-3xl text-ink-soft">
                        <span className="font-medium text-ink">{criterion}</span> of {rubric}:{' '}
                        {judgments === 0
                          ? 'nobody has answered it yet.'
                          : `in ${judgments.toLocaleString('en-US')} judgments nobody chose ${values.join(', ')}.`}
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <SourceNote source={found.source} />
            </>
          )
        }
      </ReportFrame>
      <div className="mt-8">
        <ReportFrame query={dimensions} what="what people say">
          {(found) => found.comments > 0 && <MissingDimensions report={found} />}
        </ReportFrame>
      </div>
    </Page>
  )
}

const order = ['found', 'unsure', 'clear', 'unknown']
