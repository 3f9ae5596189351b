import type { Queue, RewardModel, RewardSelectionInput } from '@plaudit/sdk'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'

type Rule = NonNullable<RewardSelectionInput['rule']>
const rules: readonly { value: Rule; label: string; hint: string }[] = [
  { value: 'disagreement', label: 'It is least sure', hint: 'models of resampled prompts differ most' },
  { value: 'coverage', label: 'It has seen least of', hint: 'words that were not in the training' },
  { value: 'uncertainty', label: 'Two outputs score alike', hint: 'for queues of comparisons' },
]

/** Fills a queue with what a model has most to learn from, beside a blind slice. */
export function SelectDialog({ model, onClose }: { model: RewardModel; onClose: () => void }) {
  const client = useClient()
  const project = useProject()
  const queues = useQuery({
    queryKey: ['queues-for-selection', project.id],
    queryFn: async ({ signal }) => (await client.queues.list({ limit: 200 }, { signal })).items.filter(takes),
  })
  const [queueId, setQueueId] = useState<string | null>(null)
  const [rule, setRule] = useState<Rule>('disagreement')
  const [limit, setLimit] = useState('50')
  const queue = queues.data?.find(({ id }) => id === queueId)
  const of = queue?.itemKind === 'comparison' ? 'comparison' : 'span'
  const select = useMutation({
    mutationFn: () => client.reward.select({ model: model.id, of, rule, limit: Number(limit), queueId: queueId ?? '' }),
    onSuccess: ({ added, items, candidates }) => {
      const blind = items.filter(({ reason }) => reason === 'uniform').length
      toast(`${added ?? 0} items added to ${queue?.name ?? 'the queue'}.`, {
        description: `Chosen from ${candidates.toLocaleString('en-US')}; ${blind} of ${items.length} blindly. Each keeps its inclusion probability.`,
      })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Let people judge what it has most to learn from"
      description="Three in ten are drawn blindly from everything else, so that estimates over all traffic stay possible. Whether the rest teaches faster than a blind choice is not shown."
      startsAt="button"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={select.isPending}
            disabled={queueId === null || !/^\d+$/.test(limit)}
            onClick={() => select.mutate()}
          >
            Add to the queue
          </Button>
        </>
      }
    >
      {queues.data?.length === 0 ? (
        <p className="text-ink-soft">There is no queue of spans or comparisons yet: make one first.</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Select
            label="Queue"
            options={(queues.data ?? []).map(({ id, name, itemKind }) => ({ value: id, label: name, hint: `of ${itemKind}s` }))}
            value={queueId}
            onChange={setQueueId}
          />
          <Select
            label="Where"
            options={rules.filter(({ value }) => of === 'comparison' || value !== 'uncertainty')}
            value={rule}
            onChange={setRule}
          />
          <TextField label="How many" inputMode="numeric" value={limit} onChange={(event) => setLimit(event.target.value)} />
          {select.error !== null && (
            <p role="alert" className="text-bad">
              {select.error.message}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

/** Open queues of what a model scores. */
function takes({ state, itemKind }: Queue): boolean {
  return state === 'open' && (itemKind === 'span' || itemKind === 'comparison')
}
