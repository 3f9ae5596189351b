import type { Queue } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useProject } from '../../app/client.tsx'
import { useMemberNames } from '../../app/members.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare, formatSigned, formatWhole } from '../../ui/format-number.ts'
import { useAgreementReport, useReviewerReport } from './use-lead-figures.ts'
import { useQueueList, useWorkload } from './use-queues.ts'

/** What a lead looks at first: what is waiting, whether people agree, and who needs a word. */
export function LeadFigures() {
  const { slug } = useProject()
  const queues = useQueueList().data?.pages.flatMap(({ items }) => items) ?? []
  if (queues.length === 0) return null
  return (
    <section aria-label="Review at a glance" className="grid gap-x-12 gap-y-7 pb-9 md:grid-cols-2 lg:grid-cols-3">
      <Waiting queues={queues} />
      <Agreement slug={slug} />
      <Calibration slug={slug} />
    </section>
  )
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5 border-t border-line pt-3">
      <h2 className="text-body text-ink-faint">{title}</h2>
      {children}
    </div>
  )
}

/** What open queues still ask of people, counted. */
function Waiting({ queues }: { queues: readonly Queue[] }) {
  const { slug } = useProject()
  const open = queues.filter(({ state }) => state === 'open')
  const missing = open.reduce((sum, { progress }) => sum + progress.judgmentsNeeded - progress.judgments, 0)
  const stuck = open.filter(({ progress }) => progress.needsLead > 0)
  return (
    <Block title="Waiting">
      <p>
        <span className="text-title font-semibold">{formatWhole(missing)}</span> {missing === 1 ? 'judgment' : 'judgments'} in{' '}
        {open.length === 1 ? '1 open queue' : `${formatWhole(open.length)} open queues`}
      </p>
      {open
        .filter(({ progress }) => progress.judgmentsNeeded > progress.judgments)
        .slice(0, 5)
        .map((queue) => (
          <Forecast key={queue.id} queue={queue} />
        ))}
      {stuck.map(({ id, name, progress }) => (
        <Link key={id} to="/p/$project/queues/$queueId" params={{ project: slug, queueId: id }} search={{ tab: 'items' }} className="link">
          {progress.needsLead === 1 ? '1 item' : `${formatWhole(progress.needsLead)} items`} of {name} need a lead
        </Link>
      ))}
    </Block>
  )
}

/** When a queue will be done at its pace; nothing while that cannot be said. */
function Forecast({ queue }: { queue: Queue }) {
  const { data } = useWorkload(queue.id)
  if (data === undefined || data.daysLeft.estimate === null) return null
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
      {queue.name}, days left
      <Estimate {...data.daysLeft} format={(value) => formatDecimal(value, 1)} unit="days" />
    </p>
  )
}

/** Whether two people who see the same say the same, beyond chance. */
function Agreement({ slug }: { slug: string }) {
  const { report, isError } = useAgreementReport()
  const weakest = report?.criteria.find(({ criterion }) => criterion === report.weakest) ?? report?.criteria[0]
  return (
    <Block title="Agreement">
      {isError ? (
        <p className="text-ink-faint">It could not be computed just now.</p>
      ) : report === undefined ? (
        <p className="text-ink-faint">Computing …</p>
      ) : weakest === undefined ? (
        <p className="text-ink-soft">Nobody has judged yet.</p>
      ) : (
        <>
          <p className="text-ink-soft">{report.sentence}</p>
          <p className="flex flex-wrap items-center gap-x-2">
            <span>{weakest.criterion}, alpha</span>
            <Estimate {...weakest.alpha} domain={[0, 1]} />
          </p>
        </>
      )}
      <Link to="/p/$project/agreement" params={{ project: slug }} className="link self-start">
        By criterion
      </Link>
    </Block>
  )
}

/** Whether people drift, and whose judgments stand out beyond chance. */
function Calibration({ slug }: { slug: string }) {
  const { report, isError } = useReviewerReport()
  const nameOf = useMemberNames()
  const flagged = report?.reviewers.filter(({ flags }) => flags.length > 0) ?? []
  return (
    <Block title="Who needs a word">
      {isError ? (
        <p className="text-ink-faint">It could not be computed just now.</p>
      ) : report === undefined ? (
        <p className="text-ink-faint">Computing …</p>
      ) : (
        <>
          {flagged.length === 0 ? (
            <p className="text-ink-soft">
              {report.reviewers.length === 0 ? 'Nobody has judged yet.' : 'Nobody stands out from the others beyond chance.'}
            </p>
          ) : (
            <ul className="flex flex-col gap-1">
              {flagged.slice(0, 4).map(({ reviewerId, flags }) => (
                <li key={reviewerId}>
                  <span className="font-medium">{nameOf(reviewerId)}</span>:{' '}
                  <span className="text-ink-soft">{startLower(flags[0]?.sentence)}</span>
                </li>
              ))}
              {flagged.length > 4 && <li className="text-ink-faint">and {formatWhole(flagged.length - 4)} more</li>}
            </ul>
          )}
          {report.reviewers.length > 0 && (
            <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
              Agreement, change per week
              <Estimate {...report.all.drift} format={(value) => (value === 0 ? formatShare(0) : `${formatSigned(100 * value, 1)} %`)} />
            </p>
          )}
        </>
      )}
      <Link to="/p/$project/reviewers" params={{ project: slug }} className="link self-start">
        Every reviewer
      </Link>
    </Block>
  )
}

/** A sentence as it goes on after a colon. */
function startLower(sentence = ''): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
}
