import type { Queue, TrafficFilter } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { PlanEditor } from './plan-editor.tsx'
import { type FillDraft, fillProblem } from './queue-draft.ts'
import { SettingsSection } from './settings-section.tsx'

/** How the page draws filters of traces: one for all traffic, and a small one for a stratum. */
export type FilterViews = {
  filter: (filter: TrafficFilter, onChange: (filter: TrafficFilter) => void) => ReactNode
  stratum: (filter: TrafficFilter, onChange: (filter: TrafficFilter) => void) => ReactNode
}

export type FillFormProps = {
  fill: FillDraft
  onChange: (fill: FillDraft) => void
  itemKind: Queue['itemKind']
  views: FilterViews
  /** On the page of a new queue. One that exists is filled once, in a dialog. */
  canRule: boolean
}

/** Where a queue's items come from. */
export function FillForm({ fill, onChange, itemKind, views, canRule }: FillFormProps) {
  const change = (part: Partial<FillDraft>) => onChange({ ...fill, ...part })
  const problem = fillProblem(fill)
  const fields = (
    <>
      {canRule && (
        <Segmented
          label="Where items come from"
          segments={[
            { value: 'once', label: 'Traffic so far' },
            { value: 'rule', label: 'So far and from now on' },
            { value: 'hand', label: 'By hand' },
          ]}
          value={fill.from}
          onChange={(from) => change({ from })}
        />
      )}
      {fill.from !== 'hand' && (
        <>
          {views.filter(fill.filter, (filter) => change({ filter }))}
          {itemKind === 'comparison' && (
            <Select
              label="Pair outputs for the same input"
              className="max-w-72"
              value={fill.compare}
              options={[
                { value: 'promptVersion', label: 'Across prompt versions' },
                { value: 'model', label: 'Across models' },
                { value: 'samples', label: 'Among samples of one call' },
              ]}
              onChange={(compare) => change({ compare })}
            />
          )}
          <Segmented
            label="How many"
            segments={[
              { value: 'sample', label: 'A sample' },
              { value: 'all', label: 'All that match' },
            ]}
            value={fill.isSampled ? 'sample' : 'all'}
            onChange={(how) => change({ isSampled: how === 'sample' })}
          />
          {fill.isSampled && (
            <PlanEditor filter={fill.filter} plan={fill.plan} onChange={(plan) => change({ plan })} renderStratumFilter={views.stratum} />
          )}
          <TextField
            label="Look at the newest"
            className="w-40"
            inputMode="numeric"
            value={fill.limit}
            hint="traces, at most"
            error={problem !== null && !fill.isSampled ? problem : undefined}
            onChange={(event) => change({ limit: event.target.value })}
          />
        </>
      )}
      {fill.from === 'hand' && (
        <p className="text-ink-soft">The queue begins empty. In the trace list, choose “Send to a queue”, or use the API.</p>
      )}
    </>
  )
  if (!canRule) return <div className="flex flex-col gap-4">{fields}</div>
  return (
    <SettingsSection
      title="Which items"
      description="From your traffic, as a sample that you can reason about; or put in one by one from the trace list."
    >
      {fields}
    </SettingsSection>
  )
}
