import type { Queue, TrafficFilter } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useCommands } from '../../ui/command.ts'
import { itemKinds } from './queue-words.ts'
import { filledSentence, useFillQueue, useQueueList } from './use-queues.ts'

/** Sends the newest traces that a list shows to a queue. */
export function SendToQueue({ filter }: { filter: TrafficFilter }) {
  const [isOpen, setOpen] = useState(false)
  useCommands([{ id: 'send-to-queue', label: 'Send these traces to a queue', group: 'Traces', run: () => setOpen(true) }])
  return (
    <>
      <Button icon={<Inbox className="size-3.5" aria-hidden="true" />} onClick={() => setOpen(true)}>
        Send to a queue
      </Button>
      {isOpen && <SendDialog filter={filter} onClose={() => setOpen(false)} />}
    </>
  )
}

function SendDialog({ filter, onClose }: { filter: TrafficFilter; onClose: () => void }) {
  const { slug } = useProject()
  const list = useQueueList()
  const [queueId, setQueueId] = useState<string | null>(null)
  const [limit, setLimit] = useState('50')
  const filling = useFillQueue()
  // Comparisons are paired across variants, which takes more than a list: the queue's own page does it.
  const queues = list.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ state, itemKind }) => state !== 'archived' && itemKind !== 'comparison')
  const count = /^\d{1,6}$/u.test(limit) && Number(limit) >= 1 && Number(limit) <= 100_000 ? Number(limit) : null
  const send = (queue: Queue, most: number) =>
    filling.mutate(
      { queueId: queue.id, fill: { filter, limit: most } },
      {
        onSuccess: (filled) => {
          toast(`${filledSentence(filled)} in ${queue.name}.`)
          onClose()
        },
      },
    )
  const chosen = queues?.find(({ id }) => id === queueId)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Send to a queue"
      description="The newest of the traces that your filters show. What is in the queue already is not added again."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={filling.isPending}
            disabled={chosen === undefined || count === null}
            onClick={() => chosen !== undefined && count !== null && send(chosen, count)}
          >
            Send
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {queues?.length === 0 ? (
          <p className="text-ink-soft">
            There is no queue for this yet.{' '}
            <Link to="/p/$project/queues/new" params={{ project: slug }} className="link">
              Make one
            </Link>
            ; it can take its items from the same filters.
          </p>
        ) : (
          <>
            <Select
              label="Queue"
              value={queueId}
              options={(queues ?? []).map(({ id, name, itemKind }) => ({ value: id, label: name, hint: itemKinds[itemKind].many }))}
              onChange={setQueueId}
            />
            <TextField
              label="At most"
              className="w-32"
              inputMode="numeric"
              value={limit}
              hint="traces, the newest first"
              error={count === null ? 'From 1 to 100000.' : undefined}
              onChange={(event) => setLimit(event.target.value)}
            />
          </>
        )}
        {filling.isError && <ErrorState title="Nothing was sent." error={filling.error} />}
      </div>
    </Dialog>
  )
}
