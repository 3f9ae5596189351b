import type { Webhook } from '@plaudit/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useClient } from '../../app/client.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.tsx'
import { webhookLogKey } from './use-webhooks.ts'
import { WebhookLog } from './webhook-log.tsx'

export type WebhookRowProps = {
  webhook: Webhook
  /** Null for every queue. */
  queueName: string | null
  onChanged: () => void
  onRemove: () => void
}

/** One webhook: whether it is called, a call to try it, and the log of its calls. */
export function WebhookRow({ webhook: { id, url, enabled, createdAt }, queueName, onChanged, onRemove }: WebhookRowProps) {
  const client = useClient()
  const queries = useQueryClient()
  const [showsLog, setShowsLog] = useState(false)
  const logId = useId()
  const setEnabled = useMutation({
    mutationFn: (next: boolean) => client.webhooks.setEnabled(id, next),
    onSuccess: onChanged,
    onError: (error) => toast('Nothing was changed.', { description: error.message, tone: 'bad' }),
  })
  const ping = useMutation({
    mutationFn: () => client.webhooks.ping(id),
    onSuccess: () => {
      setShowsLog(true)
      return queries.invalidateQueries({ queryKey: webhookLogKey(id) })
    },
    onError: (error) => toast('The address was not called.', { description: error.message, tone: 'bad' }),
  })
  return (
    <li className="border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_18rem]">
          <code className="break-all">{url}</code>
          <p className="text-note text-ink-faint">
            {queueName === null ? 'Every queue' : `Queue: ${queueName}`} · made <TimeAgo inSentence time={createdAt} />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Switch
            label={
              <>
                On<span className="sr-only">: {url}</span>
              </>
            }
            checked={enabled}
            disabled={setEnabled.isPending}
            onChange={(next) => setEnabled.mutate(next)}
          />
          <Button size="small" busy={ping.isPending} disabled={!enabled} aria-label={`Try a call to ${url}`} onClick={() => ping.mutate()}>
            Try a call
          </Button>
          <Button
            size="small"
            aria-label={`Log of calls to ${url}`}
            aria-expanded={showsLog}
            aria-controls={showsLog ? logId : undefined}
            onClick={() => setShowsLog(!showsLog)}
          >
            Log
          </Button>
          <IconButton size="small" label={`Remove the webhook to ${url}`} onClick={onRemove}>
            <Trash2 className="size-3.5" aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      {showsLog && (
        <div id={logId} className="mt-3 border-l-2 border-line pl-3">
          <WebhookLog webhookId={id} />
        </div>
      )}
    </li>
  )
}
