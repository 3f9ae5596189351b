import type { Queue } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { toast } from '../../ui/toast.tsx'
import { FillForm, type FilterViews } from './fill-form.tsx'
import { fillOf, fillProblem, newFillDraft } from './queue-draft.ts'
import { filledSentence, useFillQueue } from './use-queues.ts'

/** Adds items of the stored traffic to a queue. */
export function FillDialog({ queue, views, onClose }: { queue: Queue; views: FilterViews; onClose: () => void }) {
  const [fill, setFill] = useState(newFillDraft)
  const filling = useFillQueue()
  const request = fillOf(fill, queue.itemKind)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={`Add items to “${queue.name}”`}
      description="From your traffic, as a sample that you can reason about. What is in the queue already is not added again."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={filling.isPending}
            disabled={request === null || fillProblem(fill) !== null}
            onClick={() =>
              request !== null &&
              filling.mutate(
                { queueId: queue.id, fill: request },
                {
                  onSuccess: (filled) => {
                    toast(`${filledSentence(filled)}.`)
                    onClose()
                  },
                },
              )
            }
          >
            Add them
          </Button>
        </>
      }
    >
      <FillForm canRule={false} fill={fill} onChange={setFill} itemKind={queue.itemKind} views={views} />
      {filling.isError && <ErrorState title="No item was added." error={filling.error} />}
    </Dialog>
  )
}
