import type { WebhookDelivery } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { useClient } from '../../app/client.tsx'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatDateTime } from '../../ui/format-time.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWebhookLog } from './use-webhooks.ts'

const states: Record<WebhookDelivery['state'], { label: string; tone: BadgeTone }> = {
  waiting: { label: 'Waiting', tone: 'neutral' },
  delivered: { label: 'Delivered', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
}

/** The calls of a webhook, newest first: what the address answered, and each can be tried again. */
export function WebhookLog({ webhookId }: { webhookId: string }) {
  const client = useClient()
  const log = useWebhookLog(webhookId)
  const retry = useMutation({
    mutationFn: (deliveryId: string) => client.webhooks.retry(webhookId, deliveryId),
    onSuccess: () => log.refetch(),
    onError: (error) => toast('It was not tried again.', { description: error.message, tone: 'bad' }),
  })
  return (
    <PagedList
      list={log}
      name="the calls"
      rows={2}
      empty={<p className="text-ink-soft">It has not been called yet. Calls are kept here for 30 days.</p>}
    >
      {(calls) => (
        <ol aria-label="Calls, newest first">
          {calls.map((call) => (
            <li key={call.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1.5">
              <Badge tone={states[call.state].tone}>{states[call.state].label}</Badge>
              <span>{call.event === 'ping' ? 'Tried by hand' : 'An item is done'}</span>
              <span className="min-w-0 flex-[1_1_12rem] break-words text-ink-soft">{outcomeOf(call)}</span>
              <TimeAgo time={call.createdAt} className="text-note text-ink-faint" />
              <Button
                size="small"
                variant="quiet"
                busy={retry.isPending && retry.variables === call.id}
                aria-label={`Call again, ${formatDateTime(call.createdAt)}`}
                onClick={() => retry.mutate(call.id)}
              >
                Call again
              </Button>
            </li>
          ))}
        </ol>
      )}
    </PagedList>
  )
}

function outcomeOf({ status, problem, attempts, nextAt, state }: WebhookDelivery): string {
  const tries = attempts === 0 ? '' : attempts === 1 ? 'at the first try' : `after ${attempts} tries`
  const answer = problem ?? (status === null ? '' : `the address answered ${status}`)
  const next = state === 'waiting' && nextAt !== null && attempts > 0 ? `next try ${formatDateTime(nextAt)}` : ''
  return [[answer, answer === '' ? '' : tries].filter((part) => part !== '').join(' '), next].filter((part) => part !== '').join('; ')
}
