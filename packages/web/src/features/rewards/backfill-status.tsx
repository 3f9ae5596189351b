import type { RewardModel } from '@plaudit/sdk'
import { Button } from '../../ui/button.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useModelChange } from './use-reward-models.ts'

/** How far the scoring of stored outputs has come. */
export function BackfillStatus({ model, canWrite }: { model: RewardModel; canWrite: boolean }) {
  const change = useModelChange()
  const { backfill } = model
  if (backfill === null) return null
  if (backfill.state !== 'running')
    return (
      <p className="mt-2 text-note text-ink-faint">
        {backfill.state === 'done' ? 'Scored' : 'Stopped after'} {formatWhole(backfill.scored)} of {formatWhole(backfill.passed)} stored
        outputs, <TimeAgo time={backfill.updatedAt} />
      </p>
    )
  return (
    <div className="mt-3 flex max-w-md items-end gap-4">
      <div className="flex-1">
        <ProgressBar
          label="Scoring stored outputs"
          value={backfill.spans === 0 ? null : backfill.passed / backfill.spans}
          note={`${formatWhole(backfill.passed)} of ${formatWhole(backfill.spans)}`}
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
