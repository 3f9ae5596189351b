import type { Queue } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { queueDraftOf, queueInputOf, queueProblems } from './queue-draft.ts'
import { QueueSettingsForm } from './queue-settings-form.tsx'
import { useChangeQueue } from './use-queues.ts'

/** The settings of a queue that exists. */
export function QueueSettings({ queue }: { queue: Queue }) {
  const [draft, setDraft] = useState(() => queueDraftOf(queue))
  const change = useChangeQueue(queue.id)
  const problems = queueProblems(draft)
  const save = () => {
    const { itemKind: _kind, ...settings } = queueInputOf(draft, null)
    change.mutate(settings, { onSuccess: () => toast('The settings are saved and hold from the next item on.') })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (Object.keys(problems).length === 0) save()
      }}
    >
      <QueueSettingsForm isNew={false} draft={draft} onChange={setDraft} problems={problems} />
      <div className="flex justify-end border-t border-line pt-4">
        <Button type="submit" variant="primary" busy={change.isPending} disabled={Object.keys(problems).length > 0}>
          Save the settings
        </Button>
      </div>
    </form>
  )
}
