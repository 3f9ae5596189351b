import type { RewardRun } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { formatDuration } from '../../ui/format-number.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { isGoingOn, useCancelRun } from './use-reward-models.ts'
import { vectorCost } from './vector-note.tsx'

/** Ended runs that are still listed: what went well is seen at the model. */
const MOST_ENDED = 3

/** Trainings and judgments that go on, and those that ended without a model. */
export function RunList({ runs, canWrite }: { runs: readonly RewardRun[]; canWrite: boolean }) {
  const going = runs.filter(isGoingOn)
  const ended = runs.filter(({ state }) => state === 'failed').slice(0, MOST_ENDED)
  if (going.length + ended.length === 0) return null
  return (
    <section aria-label="Runs" className="mb-6 flex flex-col gap-4 border-t border-line pt-4">
      {going.map((run) => (
        <GoingRun key={run.id} run={run} canWrite={canWrite} />
      ))}
      {ended.map((run) => (
        <p key={run.id} className="border-l-2 border-bad pl-3 text-ink-soft">
          <span className="font-medium text-ink">
            {run.kind === 'train' ? `Training ${run.name}` : `Judging ${run.name}`} failed <TimeAgo inSentence time={run.updatedAt} />.
          </span>{' '}
          {run.error}
          {run.vectors !== null && ` Vectors that are kept: ${vectorCost(run.vectors)}.`}
        </p>
      ))}
    </section>
  )
}

function GoingRun({ run, canWrite }: { run: RewardRun; canWrite: boolean }) {
  const cancel = useCancelRun()
  const { share, activity } = run.progress
  const elapsedMs = run.startedAt === null ? 0 : Date.parse(run.updatedAt) - Date.parse(run.startedAt)
  const left = share > 0.05 && elapsedMs > 0 ? `, ${formatDuration((elapsedMs / share) * (1 - share))} left` : ''
  return (
    <div className="flex max-w-2xl items-end gap-4">
      <div className="flex-1">
        <ProgressBar
          label={run.kind === 'train' ? `Training ${run.name}` : `Judging ${run.name}`}
          value={run.state === 'queued' ? null : share}
          note={
            run.state === 'queued'
              ? 'waiting'
              : `${activity}, ${Math.round(share * 100)} %${left}${run.vectors === null ? '' : ` · vectors: ${vectorCost(run.vectors)}`}`
          }
        />
      </div>
      {canWrite && (
        <Button size="small" busy={cancel.isPending} onClick={() => cancel.mutate(run.id)}>
          Cancel
        </Button>
      )}
    </div>
  )
}

/** The model that a training made, once it is done. */
export function RunResult({ run }: { run: RewardRun }) {
  const { slug } = useProject()
  if (run.state !== 'done' || run.modelId === null) return null
  return (
    <Link to="/p/$project/rewards/$modelId" params={{ project: slug, modelId: run.modelId }} className="link">
      See the report card of {run.name}
    </Link>
  )
}
