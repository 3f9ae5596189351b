import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useProject } from '../app/client.tsx'
import { useSession } from '../app/session.ts'
import { NoJudgments } from '../features/quality/no-judgments.tsx'
import { QualityFilters } from '../features/quality/quality-filters.tsx'
import { selectionOf } from '../features/quality/quality-search.ts'
import { ReportFrame } from '../features/quality/report-frame.tsx'
import { ReviewerCard } from '../features/quality/reviewer-card.tsx'
import { ReviewerComparison, reviewerAnchor } from '../features/quality/reviewer-comparison.tsx'
import { SourceNote } from '../features/quality/source-note.tsx'
import { useReport } from '../features/quality/use-report.ts'
import { useMemberNames } from '../app/members.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** Leads see every reviewer; everybody else sees themself. */
export function ReviewersPage() {
  const { role } = useProject()
  return <Page>{role === 'owner' || role === 'lead' ? <AllReviewers /> : <OwnFigures />}</Page>
}

function AllReviewers() {
  const search = useSearch({ from: '/p/$project/reviewers' })
  const navigate = useNavigate({ from: '/p/$project/reviewers' })
  const query = selectionOf(search)
  const report = useReport('reviewers', query, (client, signal) => client.quality.reviewers(query, { signal }))
  const nameOf = useMemberNames()
  return (
    <>
      <PageHeader
        title="Reviewers"
        description="How far each reviewer’s judgments can be relied on, beside the others who saw the same items. Only leads see this page; a reviewer sees their own figures."
        actions={
          <QualityFilters
            search={search}
            isCut={false}
            onChange={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
          />
        }
      />
      <ReportFrame query={report} what="the reviewers">
        {(found) =>
          found.reviewers.length === 0 ? (
            <NoJudgments title="No reviewer has judged anything yet" picture={Users}>
              Once two reviewers judge the same items, their severity, habits and drift appear here, each with its interval.
            </NoJudgments>
          ) : (
            <>
              <ReviewerComparison report={found} nameOf={nameOf} />
              {found.reviewers.map((one) => (
                <ReviewerCard key={one.reviewerId} id={reviewerAnchor(one.reviewerId)} one={one} name={nameOf(one.reviewerId)} />
              ))}
              <SourceNote source={found.source} />
            </>
          )
        }
      </ReportFrame>
    </>
  )
}

function OwnFigures() {
  const { person } = useSession()
  const { slug } = useProject()
  const report = useReport('me', {}, (client, signal) => client.quality.me({}, { signal }))
  return (
    <>
      <PageHeader
        title="My figures"
        description="Your judgments beside those of others on the same items. Only you and the leads see them."
      />
      <ReportFrame query={report} what="your figures">
        {({ me, source }) =>
          me === null ? (
            <EmptyState
              title="You have not judged anything yet"
              action={
                <Link to="/p/$project/review" params={{ project: slug }} className={buttonClass('primary')}>
                  See your queues
                </Link>
              }
            >
              Your agreement with others, and how it goes over time, appear here.
            </EmptyState>
          ) : (
            <>
              <ReviewerCard one={me} name={person?.name ?? 'You'} />
              <SourceNote source={source} />
            </>
          )
        }
      </ReportFrame>
    </>
  )
}
