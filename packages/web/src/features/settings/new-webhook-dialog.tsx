import type { Queue } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { SecretValue } from './secret-value.tsx'

const everyQueue = 'every'

/** Registers an address, and shows the secret that its calls are signed with this once. */
export function NewWebhookDialog({ queues, onClose, onCreated }: { queues: readonly Queue[]; onClose: () => void; onCreated: () => void }) {
  const client = useClient()
  const [url, setUrl] = useState('')
  const [queue, setQueue] = useState(everyQueue)
  const create = useMutation({
    mutationFn: () => client.webhooks.create({ url: url.trim(), queueId: queue === everyQueue ? null : queue }),
    onSuccess: onCreated,
  })
  const webhook = create.data
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      persistent={webhook !== undefined}
      title={webhook === undefined ? 'New webhook' : 'Copy the signing secret now'}
      description={
        webhook === undefined
          ? 'The address is called with each item that is done, with all judgments on it.'
          : 'It cannot be shown again. Your application checks the signature of each call with it.'
      }
      actions={
        webhook === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form="new-webhook" busy={create.isPending}>
              Add the webhook
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        )
      }
    >
      {webhook === undefined ? (
        <form
          id="new-webhook"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <TextField
            label="Address"
            type="url"
            required
            maxLength={2_000}
            placeholder="https://example.com/done"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            error={create.error?.message}
          />
          <Select
            label="Items of"
            value={queue}
            onChange={setQueue}
            options={[{ value: everyQueue, label: 'Every queue' }, ...queues.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </form>
      ) : (
        <dl>
          <SecretValue term="Signing secret" value={webhook.secret} />
        </dl>
      )}
    </Dialog>
  )
}
