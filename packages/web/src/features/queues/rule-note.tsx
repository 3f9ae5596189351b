import type { Queue } from '@plaudit/sdk'
import { Button } from '../../ui/button.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { toast } from '../../ui/toast.tsx'
import { useChangeQueue } from './use-queues.ts'

/** The rule that fills a queue from new traffic, in words, and the way to stop it. */
export function RuleNote({ queue }: { queue: Queue }) {
  const change = useChangeQueue(queue.id)
  const { rule } = queue
  if (rule === null) return null
  const conditions = Object.entries(rule.filter).map(([name, value]) => `${name} ${String(value)}`)
  const shares = [
    `${formatShare(rule.plan.uniform)} of everything`,
    ...rule.plan.strata.map(({ name, rate }) => `${formatShare(rate)} of “${name}”`),
  ]
  const stop = () =>
    change.mutate(
      { rule: null },
      { onSuccess: () => toast('New traffic no longer comes in by itself.', { undo: () => change.mutate({ rule }) }) },
    )
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-l-2 border-accent pl-3">
      <p className="min-w-0 flex-1 basis-64">
        New traffic comes in by itself: {shares.join(', ')}
        {conditions.length === 0 ? '' : `, where ${conditions.join(' and ')}`}.
      </p>
      <Button size="small" busy={change.isPending} onClick={stop}>
        Stop the rule
      </Button>
    </div>
  )
}
