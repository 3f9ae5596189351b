import type { ConsensusItem } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { formatDecimal, formatShare, formatSigned } from '../../ui/format-number.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { JudgedMarks } from './judged-marks.tsx'
import { valueText } from './vote-value.ts'

/** One item: the consensus with how sure it is, and every vote with its reason. */
export function JudgedItem({ item, nameOf }: { item: ConsensusItem; nameOf: (author: string) => string }) {
  const { kind, marks, posterior, preview, votes } = item
  return (
    <article className="grid gap-x-8 gap-y-3 border-t border-line py-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-read font-semibold">{marks === null ? valueText(kind, item.value) : marksHeading(marks)}</span>
          <span className="text-note text-ink-faint">{certainty(item)}</span>
        </p>
        {marks !== null && marks.length > 0 && <JudgedMarks marks={marks} n={item.n} />}
        {posterior.length > 1 && (
          <ul aria-label="Posterior" className="mt-1.5 flex max-w-sm flex-col gap-0.5">
            {posterior.slice(0, 4).map(({ value, probability }) => (
              <li key={value} className="grid grid-cols-[7rem_1fr_3rem] items-center gap-2 text-note">
                <span className="truncate">{valueText(kind === 'labels' ? 'label' : kind, value)}</span>
                <span aria-hidden="true" className="h-1.5 rounded-full bg-hover">
                  <span className="block h-full rounded-full bg-accent" style={{ width: `${100 * probability}%` }} />
                </span>
                <span className="text-right text-ink-faint">{formatShare(probability)}</span>
              </li>
            ))}
          </ul>
        )}
        {preview !== '' && <p className="prose-measure mt-2 line-clamp-3 text-ink-soft">{preview}</p>}
        <ItemLink item={item} />
      </div>
      <ul aria-label={`${item.n} votes`} className="min-w-0">
        {votes.map((vote) => (
          <li key={vote.feedbackId} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1.5 last:border-b-0">
            <span className="min-w-28 text-ink-soft">{nameOf(vote.author)}</span>
            <span className={isApart(item, vote.value) ? 'font-semibold' : ''}>{valueText(kind, vote.value)}</span>
            {isApart(item, vote.value) && <span className="text-note text-bad">{apart(item, vote.value)}</span>}
            <span className="ml-auto text-note text-ink-faint">
              <TimeAgo time={vote.time} />
            </span>
            {vote.rationale !== '' && <p className="w-full text-ink-soft">“{vote.rationale}”</p>}
          </li>
        ))}
      </ul>
    </article>
  )
}

/** Whether a vote is not what the reviewers say together; of numbers, whether it lies a point or more from the level. */
function isApart({ kind, value, score, method }: ConsensusItem, vote: string): boolean {
  // Hardly anybody marks exactly what the majority does.
  if (kind === 'marks') return false
  return method === 'normal' && score !== null ? Math.abs(Number(vote) - score) >= 1 : vote !== value
}

function apart({ score, method }: ConsensusItem, vote: string): string {
  return method === 'normal' && score !== null ? `${formatSigned(Number(vote) - score, 1)} from the level` : 'not the consensus'
}

function marksHeading({ length }: readonly unknown[]): string {
  return length === 0 ? 'Nothing marked' : `${length} ${length === 1 ? 'stretch' : 'stretches'} marked`
}

function certainty({ probability, score, sd, n, method }: ConsensusItem): string {
  const by = `${n} votes, ${method}`
  if (method === 'decision') return `decided by a lead · ${n} votes`
  if (score !== null && sd !== null) return `level ${formatDecimal(score)} ± ${formatDecimal(1.96 * sd)} · ${by}`
  return probability === null ? by : `${formatShare(probability)} sure · ${by}`
}

function ItemLink({ item: { target } }: { item: ConsensusItem }) {
  const { slug } = useProject()
  if (target.kind === 'session')
    return (
      <Link to="/p/$project/sessions/$sessionId" params={{ project: slug, sessionId: target.sessionId }} className="link">
        Open the session
      </Link>
    )
  const place = target.kind === 'comparison' ? target.outputs[0] : target
  if (place === undefined) return null
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project: slug, traceId: place.traceId }}
      search={'spanId' in place ? { span: place.spanId } : {}}
      className="link mt-1 inline-block"
    >
      Open the {target.kind}
    </Link>
  )
}
