import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { sliceByLabel } from '../../app/slice.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { TrafficFilter } from './population-search.ts'
import { targetText, targetWeights, weightOf } from './target-text.ts'

const MOST = 12
/** What the API calls every stratum that has no name of its own. */
const OTHERS = '(all others)'

export type TargetFormProps = {
  strata: string
  /** The traffic whose strata these are. */
  filter: TrafficFilter
  target: string | undefined
  onChange: (target: string | undefined) => void
}

/** The shares of a population that the figures are to be for; strata that are left out have none. */
export function TargetForm({ strata, filter, target, onChange }: TargetFormProps) {
  const project = useProject()
  const client = useClient()
  const query = { by: strata, ...filter }
  const traffic = useQuery({
    queryKey: ['quality', 'coverage', project.id, query, 'strata'],
    queryFn: async ({ signal }) => {
      const answer = await client.quality.coverage(query, { signal })
      return 'progress' in answer ? null : answer.strata.toSorted((a, b) => b.traffic - a.traffic).slice(0, MOST)
    },
    refetchInterval: ({ state }) => (state.data === null ? 1_000 : false),
    staleTime: 60_000,
  })
  return (
    <div className="mt-3 max-w-4xl border-l-2 border-line pl-4">
      <p className="max-w-3xl text-ink-soft">
        What would the figures be where the traffic has other proportions: another market, the next release? Give each{' '}
        {sliceByLabel(strata)} its weight; they need not add up to 100.
        {traffic.data?.some(({ name }) => name === OTHERS) === true &&
          ` What has no weight goes with ${OTHERS} if that has one; 0 leaves it out.`}
      </p>
      {traffic.isError ? (
        <ErrorState title="Could not load the strata." error={traffic.error} onRetry={() => void traffic.refetch()} />
      ) : traffic.data == null ? (
        <SkeletonRows rows={2} label="Loading the strata" />
      ) : (
        <Weights key={`${strata} ${target ?? ''}`} strata={traffic.data} target={target} onChange={onChange} />
      )}
    </div>
  )
}

function Weights({
  strata,
  target,
  onChange,
}: Pick<TargetFormProps, 'target' | 'onChange'> & { strata: readonly { name: string; trafficShare: number }[] }) {
  const [weights, setWeights] = useState<Record<string, string>>(() => targetWeights(target ?? ''))
  const total = Object.values(weights).reduce((sum, text) => sum + (weightOf(text) ?? 0), 0)
  const others = Object.keys(weights).filter((name) => !strata.some((one) => one.name === name))
  const names = [...strata, ...others.map((name) => ({ name, trafficShare: 0 }))]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!Object.values(weights).some(isWrong)) onChange(total > 0 ? targetText(weights) : undefined)
  }
  return (
    <form onSubmit={submit}>
      <div className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {names.map(({ name, trafficShare }) => (
          <TextField
            key={name}
            label={name.trim()}
            hint={`traffic ${formatShare(trafficShare)}`}
            inputMode="decimal"
            autoComplete="off"
            value={weights[name] ?? ''}
            error={isWrong(weights[name] ?? '') ? 'Give a number of at least 0.' : undefined}
            onChange={(event) => setWeights({ ...weights, [name]: event.target.value })}
          />
        ))}
      </div>
      <Button type="submit" className="mt-3" disabled={total === 0 && target === undefined}>
        {total > 0 || target === undefined ? 'Show this population' : 'Forget these shares'}
      </Button>
    </form>
  )
}

function isWrong(text: string): boolean {
  return text.trim() !== '' && weightOf(text) === null
}
