import type { Queue } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { FillForm, type FilterViews } from './fill-form.tsx'
import { fillOf, fillProblem, newFillDraft, newQueueDraft, queueInputOf, queueProblems } from './queue-draft.ts'
import { QueueSettingsForm } from './queue-settings-form.tsx'
import { filledSentence, useCreateQueue } from './use-queues.ts'

/** Makes a queue and fills it. What is chosen is kept on this machine until then. */
export function NewQueueForm({ views, onCreated }: { views: FilterViews; onCreated: (queue: Queue) => void }) {
  const [draft, setDraft, clearDraft] = useDraft('queue.new', { queue: newQueueDraft, fill: newFillDraft })
  const [isTried, setTried] = useState(false)
  const problems = queueProblems(draft.queue)
  const create = useCreateQueue((queue, filled) => {
    clearDraft()
    toast(`${queue.name} is open.`, filled === null ? {} : { description: `${filledSentence(filled)}.` })
    onCreated(queue)
  })
  const canCreate = Object.keys(problems).length === 0 && fillProblem(draft.fill) === null
  const submit = () => {
    setTried(true)
    if (canCreate) create.mutate({ input: queueInputOf(draft.queue, draft.fill), fill: fillOf(draft.fill, draft.queue.itemKind) })
  }
  return (
    // The search of the filters is a form of its own, so this cannot be one.
    <div>
      <QueueSettingsForm isNew draft={draft.queue} onChange={(queue) => setDraft({ ...draft, queue })} problems={isTried ? problems : {}} />
      <FillForm canRule fill={draft.fill} onChange={(fill) => setDraft({ ...draft, fill })} itemKind={draft.queue.itemKind} views={views} />
      {create.isError && <ErrorState title="The queue could not be made as it is. What you chose is kept." error={create.error} />}
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-paper px-4 py-3 sm:-mx-8 sm:px-8">
        <output className="text-ink-soft">
          {isTried && !canCreate ? 'Something is missing; see the notes above.' : 'Everything but the kind of items can be changed later.'}
        </output>
        <Button variant="primary" busy={create.isPending} onClick={submit}>
          {draft.fill.from === 'hand' ? 'Make the queue' : 'Make and fill the queue'}
        </Button>
      </div>
    </div>
  )
}
