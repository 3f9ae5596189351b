import type { Population } from '@plaudit/sdk'
import { useProject } from '../../app/client.tsx'
import { sliceByLabel, trafficChoices, useSliceKeys } from '../../app/slice.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { keepTarget, keptTarget } from './kept-target.ts'
import { type PopulationSearch, shownStrata, type TrafficFilter } from './population-search.ts'
import { TargetForm } from './target-form.tsx'

export type PopulationSwitchProps = {
  search: PopulationSearch
  onChange: (search: PopulationSearch) => void
  /** The traffic that the page is about. */
  filter?: TrafficFilter
  /** The strata that the page is cut by anyway; without them they are chosen here. */
  strata?: string
  /** What the page's figures are, for a sentence. */
  what: string
}

/** Whose estimates the page shows: of what was judged, of production traffic, or of a target population. One for all of them; the address keeps it. */
export function PopulationSwitch({ search, onChange, filter = {}, strata: fixed, what }: PopulationSwitchProps) {
  const project = useProject()
  const keys = useSliceKeys()
  const population: Population = search.population ?? 'sample'
  const strata = fixed ?? shownStrata(search, keys.data?.[0]?.key)
  const choose = (next: Population, by: string, target = keptTarget(project.id, by)) => {
    if (next === 'sample') onChange({})
    else
      onChange({
        population: next,
        ...(fixed === undefined ? { strata: by } : {}),
        ...(next === 'target' && target !== undefined ? { target } : {}),
      })
  }
  const metadata = (keys.data ?? []).map(({ key }) => ({ value: `metadata:${key}`, label: `by ${key}` }))
  return (
    <section aria-label="Population" className="pb-5 print:hidden">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Population"
          value={population}
          onChange={(next) => choose(next, strata)}
          segments={[
            { value: 'sample', label: 'As sampled' },
            { value: 'production', label: 'Production traffic' },
            { value: 'target', label: 'Target population' },
          ]}
        />
        {fixed === undefined && population !== 'sample' && (
          <Select
            label="Strata"
            labelHidden
            className="w-48"
            value={strata}
            options={[
              ...trafficChoices.map(({ value }) => ({ value: value as string, label: `by ${sliceByLabel(value)}` })),
              ...metadata,
              ...(metadata.some(({ value }) => value === strata) || !strata.startsWith('metadata:')
                ? []
                : [{ value: strata, label: `by ${sliceByLabel(strata)}` }]),
            ]}
            onChange={(by) => choose(population, by)}
          />
        )}
      </div>
      <p className="mt-1 max-w-3xl text-note text-ink-faint">{sentences[population](what)}</p>
      {population === 'target' && (
        <TargetForm
          strata={strata}
          filter={filter}
          target={search.target}
          onChange={(target) => {
            keepTarget(project.id, strata, target)
            onChange({ population: 'target', ...(fixed === undefined ? { strata } : {}), ...(target === undefined ? {} : { target }) })
          }}
        />
      )}
    </section>
  )
}

const sentences: Record<Population, (what: string) => string> = {
  sample: (what) => `${what} of what happened to be judged. Kinds of traffic that are judged more often count for more.`,
  production: (what) =>
    `${what} of the traffic itself: by the probabilities of the queue’s plan where every judgment has one, else with the strata in the traffic’s proportions.`,
  target: (what) => `${what} of a population with the shares that you set.`,
}
