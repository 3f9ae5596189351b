import type { Webhook } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SectionHead } from '../../ui/section-head.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.tsx'
import { NewWebhookDialog } from './new-webhook-dialog.tsx'
import { useWebhooks } from './use-webhooks.ts'
import { WebhookRow } from './webhook-row.tsx'

/** Addresses that are told of each item that is done: added here, tried, looked after by their log, and removed. */
export function WebhookList() {
  const client = useClient()
  const { list, queues, refresh } = useWebhooks()
  const [isAdding, setIsAdding] = useState(false)
  const [doomed, setDoomed] = useState<Webhook | null>(null)
  const remove = useMutation({
    mutationFn: ({ id }: Webhook) => client.webhooks.remove(id),
    onSuccess: () => {
      setDoomed(null)
      toast('The webhook is removed.')
      return refresh()
    },
    onError: (error) => toast('The webhook is still there.', { description: error.message, tone: 'bad' }),
  })
  const webhooks = list.data?.items ?? []
  const add = (
    <Button icon={<WebhookIcon className="size-3.5" aria-hidden="true" />} onClick={() => setIsAdding(true)}>
      New webhook
    </Button>
  )
  return (
    <section aria-labelledby="webhooks-heading">
      <SectionHead id="webhooks-heading" title="Webhooks" action={webhooks.length > 0 && add}>
        An address of yours is called with each item of a queue that is done.
      </SectionHead>
      {list.isPending && <SkeletonRows rows={2} label="Loading the webhooks" />}
      {list.isError && <ErrorState title="The webhooks could not be loaded." error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <EmptyState title="No webhooks yet" action={add}>
          <p>
            A webhook takes judgments further as soon as an item has all of them: into a data set, a ticket, or a chat. Calls are signed,
            and tried again over a day until your address has taken them.
          </p>
        </EmptyState>
      )}
      {webhooks.length > 0 && (
        <ul aria-label="Webhooks" className="border-t border-line">
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              queueName={webhook.queueId === null ? null : (queues.find(({ id }) => id === webhook.queueId)?.name ?? 'one queue')}
              onChanged={() => void refresh()}
              onRemove={() => setDoomed(webhook)}
            />
          ))}
        </ul>
      )}
      {isAdding && <NewWebhookDialog queues={queues} onClose={() => setIsAdding(false)} onCreated={() => void refresh()} />}
      <Confirm
        open={doomed !== null}
        onOpenChange={(open) => !open && setDoomed(null)}
        title="Remove the webhook?"
        description={`${doomed?.url ?? ''} is not called any more. Calls that wait are dropped, and its log is deleted.`}
        action="Remove the webhook"
        busy={remove.isPending}
        onConfirm={() => doomed !== null && remove.mutate(doomed)}
      />
    </section>
  )
}
