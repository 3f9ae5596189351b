import type { TrafficFilter } from '@plaudit/sdk'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { expectedDraw, type PlanDraft, planOf, planProblem, type StratumDraft } from './sampling-plan.ts'

export type PlanEditorProps = {
  /** What the plan draws from. */
  filter: TrafficFilter
  plan: PlanDraft
  onChange: (plan: PlanDraft) => void
  renderStratumFilter: (filter: TrafficFilter, onChange: (filter: TrafficFilter) => void) => ReactNode
}

const suggestions: { name: string; filter: TrafficFilter; rate: string }[] = [
  { name: 'Bad feedback', filter: { feedback: 'negative' }, rate: '100' },
  { name: 'Reviewers disagree', filter: { feedback: 'disagreement' }, rate: '50' },
  { name: 'Reward model unsure', filter: { feedback: 'uncertain' }, rate: '20' },
  { name: 'Errors', filter: { status: 'error' }, rate: '50' },
  { name: 'No feedback yet', filter: { feedback: 'none' }, rate: '5' },
]

/** A sampling plan: a uniform slice of everything, strata with rates of their own, and how many traces that draws. */
export function PlanEditor({ filter, plan, onChange, renderStratumFilter }: PlanEditorProps) {
  const setStratum = (id: string, change: Partial<StratumDraft>) =>
    onChange({ ...plan, strata: plan.strata.map((stratum) => (stratum.id === id ? { ...stratum, ...change } : stratum)) })
  const add = (stratum: Omit<StratumDraft, 'id'>) =>
    onChange({ ...plan, strata: [...plan.strata, { ...stratum, id: crypto.randomUUID() }] })
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-4">
        <TextField
          label="Uniform slice, %"
          className="w-64"
          inputMode="decimal"
          value={plan.uniform}
          hint="Of everything: it keeps the sample representative."
          onChange={(event) => onChange({ ...plan, uniform: event.target.value })}
        />
        <TextField
          label="Seed"
          className="w-48"
          inputMode="numeric"
          value={plan.seed}
          hint="The same draws the same."
          onChange={(event) => onChange({ ...plan, seed: event.target.value })}
        />
      </div>
      <fieldset className="min-w-0">
        <legend className="font-medium">Strata, looked at more closely</legend>
        <ol>
          {plan.strata.map((stratum, index) => (
            <li key={stratum.id} className="flex flex-wrap items-end gap-2 border-b border-line py-2.5">
              <TextField
                label={`Name of stratum ${index + 1}`}
                labelHidden
                placeholder="Name"
                className="min-w-32 flex-1"
                value={stratum.name}
                maxLength={100}
                onChange={(event) => setStratum(stratum.id, { name: event.target.value })}
              />
              {renderStratumFilter(stratum.filter, (next) => setStratum(stratum.id, { filter: next }))}
              <TextField
                label={`Rate of ${stratum.name} in per cent`}
                labelHidden
                placeholder="%"
                className="w-16"
                inputMode="decimal"
                value={stratum.rate}
                onChange={(event) => setStratum(stratum.id, { rate: event.target.value })}
              />
              <span className="self-center text-ink-faint">%</span>
              <IconButton
                size="small"
                label={`Remove the stratum ${stratum.name}`}
                className="self-center"
                onClick={() => onChange({ ...plan, strata: plan.strata.filter(({ id }) => id !== stratum.id) })}
              >
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-2 pt-2">
          {suggestions
            .filter(({ name }) => !plan.strata.some((stratum) => stratum.name === name))
            .map((suggestion) => (
              <Button
                key={suggestion.name}
                size="small"
                icon={<Plus className="size-3.5" aria-hidden="true" />}
                onClick={() => add(suggestion)}
              >
                {suggestion.name}
              </Button>
            ))}
          <Button
            size="small"
            variant="quiet"
            icon={<Plus className="size-3.5" aria-hidden="true" />}
            onClick={() => add({ name: `Stratum ${plan.strata.length + 1}`, filter: {}, rate: '20' })}
          >
            Another stratum
          </Button>
        </div>
      </fieldset>
      <ExpectedDraw filter={filter} plan={plan} />
    </div>
  )
}

/** How many traces each part of the plan draws on average from what is stored now. */
function ExpectedDraw({ filter, plan }: { filter: TrafficFilter; plan: PlanDraft }) {
  const problem = planProblem(plan)
  const counts = useTraceCounts([filter, ...plan.strata.map((stratum) => ({ ...filter, ...stratum.filter }))])
  if (problem !== null)
    return (
      <p role="alert" className="text-note text-bad">
        {problem}
      </p>
    )
  const failed = counts.find(({ error }) => error !== null)?.error
  if (failed != null)
    return (
      <p role="alert" className="text-note text-bad">
        {failed.message}
      </p>
    )
  const [total, ...each] = counts.map(({ data }) => data?.traces)
  const { strata, expected } = expectedDraw(
    planOf(plan),
    total ?? 0,
    each.map((count) => count ?? 0),
  )
  const isKnown = total !== undefined && each.every((count) => count !== undefined)
  const shown = (text: string) => (isKnown ? text : '…')
  return (
    <section aria-label="Expected draw" aria-live="polite">
      <TableFrame label="Table of the expected draw">
        <Table>
          <thead>
            <tr>
              <HeaderCell>Part</HeaderCell>
              <HeaderCell numeric>Traces stored</HeaderCell>
              <HeaderCell numeric>Probability</HeaderCell>
              <HeaderCell numeric>Expected</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {strata.map((stratum, index) => (
              <Row key={index}>
                <Cell>{stratum.name}</Cell>
                <Cell numeric>{shown(formatWhole(stratum.traces))}</Cell>
                <Cell numeric>{formatShare(stratum.probability)}</Cell>
                <Cell numeric>{shown(formatWhole(Math.round(stratum.expected)))}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      <p className="pt-2 text-ink-soft">
        {isKnown ? `About ${formatWhole(Math.round(expected))} of ${formatWhole(total)} traces are drawn.` : 'Counting what is stored.'}{' '}
        {plan.strata.length > 1 && 'A trace that several strata match belongs to the first. '}
        Each item keeps its probability, so that estimates can be weighted back to all traffic.
      </p>
    </section>
  )
}

function useTraceCounts(filters: readonly TrafficFilter[]) {
  const client = useClient()
  const { id } = useProject()
  return useQueries({
    queries: filters.map((filter) => ({
      queryKey: ['trace-count', id, filter],
      queryFn: ({ signal }: { signal: AbortSignal }) => client.traces.count(filter, { signal }),
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    })),
  })
}
