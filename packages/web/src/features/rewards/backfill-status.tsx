import type { RewardModel } from '@plaudit/sdk'
import { Button } from '../../ui/button.tsx'
import { formatDuration, formatWhole } from '../../ui/format-number.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useModelChange } from './use-reward-models.ts'

/** How far the scoring of stored outputs has come, how fast it goes, and how long it will still take. */
export function BackfillStatus({ model, canWrite }: { model: RewardModel; canWrite: boolean }) {
  const change = useModelChange()
  const { backfill } = model
  if (backfill === null) return null
  if (backfill.state !== 'running')
    return (
      <p className="mt-2 text-note text-ink-faint">
        {backfill.state === 'done' ? 'Scored' : 'Stopped after'} {formatWhole(backfill.scored)} of {formatWhole(backfill.passed)} stored
        outputs, <TimeAgo inSentence time={backfill.updatedAt} />
      </p>
    )
  const { passed, spans } = backfill
  const elapsedMs = Date.parse(backfill.updatedAt) - Date.parse(backfill.startedAt)
  const rate = elapsedMs > 0 ? passed / (elapsedMs / 1_000) : 0
  const remaining = rate > 0 ? `, ${formatWhole(rate)}/s, ${formatDuration(((spans - passed) / rate) * 1_000)} left` : ''
  return (
    <div className="mt-3 flex max-w-xl items-end gap-4">
      <div className="flex-1">
        <ProgressBar
          label="Scoring stored outputs"
          value={spans === 0 ? null : passed / spans}
          note={`${formatWhole(passed)} of ${formatWhole(spans)}${remaining}`}
        />
      </div>
      {canWrite && (
        <Button size="small" onClick={() => change.mutate({ kind: 'stop', model })}>
          Stop
        </Button>
      )}
    </div>
  )
}
