import type { MyQueue } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useClient, useProject } from '../../app/client.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'

const kinds = { span: 'Outputs', trace: 'Traces', session: 'Conversations', comparison: 'Comparisons' } as const

/** One queue: what is left, what one has done, and one's own figures with their intervals. */
export function MyQueueRow({ queue, hasWork }: { queue: MyQueue; hasWork: boolean }) {
  const project = useProject()
  const client = useClient()
  const { queueId, name, instructions, itemKind, remaining, held, mine, closed, guidelineChanged } = queue
  const me = useQuery({
    queryKey: ['my-figures', project.id, queueId],
    queryFn: ({ signal }) => client.desk.me(queueId, { signal }),
    enabled: mine.judged > 0,
  })
  const left = remaining + held
  const person = me.data?.person
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-line py-4 md:grid-cols-[minmax(0,1fr)_16rem_5.5rem]">
      <div className="min-w-0">
        <h2 className="break-words">{name}</h2>
        <p className="text-note text-ink-faint">{kinds[itemKind]}</p>
        {instructions !== '' && (
          <p dir="auto" className="prose-measure mt-1 text-ink-soft">
            {instructions}
          </p>
        )}
        {guidelineChanged && hasWork && (
          <p className="mt-1 font-medium text-accent">
            {mine.judged > 0 ? 'The guideline has changed since you last worked here.' : 'Its guideline is to be read first.'}
          </p>
        )}
        {closed !== null && <p className="mt-1 text-ink-soft">{closed}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <ProgressBar
          label="Judged by you"
          value={mine.judged + left === 0 ? 0 : mine.judged / (mine.judged + left)}
          note={`${formatWhole(mine.judged)} of ${formatWhole(mine.judged + left)}`}
        />
        {person != null && (
          <dl className="flex flex-col gap-1 text-note">
            <Figure label="Agreement with others">
              <Estimate {...person.agreement} reason={agreementReason(person.agreement.n)} format={asShare} unit="answers compared" />
            </Figure>
            {person.gold.n > 0 && (
              <Figure label="Test items right">
                <Estimate {...person.gold} format={asShare} unit="test items" />
              </Figure>
            )}
            {person.medianActiveMs !== null && (
              <Figure label="Median time for one">
                {formatSeconds(person.medianActiveMs)} <span className="text-ink-faint">n = {formatWhole(person.judged)}</span>
              </Figure>
            )}
            {person.skipped > 0 && <Figure label="Skipped">{formatWhole(person.skipped)}</Figure>}
          </dl>
        )}
      </div>
      <div className="md:text-right">
        {hasWork ? (
          <Link to="/p/$project/review/$queueId" params={{ project: project.slug, queueId }} className={buttonClass('primary')}>
            {mine.judged > 0 || held > 0 ? 'Go on' : 'Begin'}
            <span className="sr-only"> with {name}</span>
          </Link>
        ) : (
          <span className="text-note text-ink-faint">{closed === null ? 'Nothing left for you' : ''}</span>
        )}
      </div>
    </li>
  )
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-3">
      <dt className="text-ink-faint">{label}</dt>
      <dd className="ml-auto text-right">{children}</dd>
    </div>
  )
}

function asShare(share: number): string {
  return `${Math.round(share * 100)} %`
}

function agreementReason(n: number): string {
  return n === 0 ? 'nobody else has judged the same items yet' : 'too few items to say'
}

function formatSeconds(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
