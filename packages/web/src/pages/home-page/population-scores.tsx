import { CriterionSection } from '../../features/overview/criterion-section.tsx'
import type { OverviewSearch } from '../../features/overview/overview-window.ts'
import { useOverview } from '../../features/overview/use-overview.ts'
import { populationQuery, type PopulationSearch, trafficFilter } from '../../features/population/population-search.ts'
import { PopulationSwitch } from '../../features/population/population-switch.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'

export type TraceFilter = { from: string; to: string; promptName?: string; promptVersion?: string; model?: string }

/** Every criterion's scores by variant, for the population that the switch above them says. */
export function PopulationScores({
  search,
  population,
  onChange,
  onOpen,
}: {
  search: OverviewSearch
  population: PopulationSearch
  onChange: (population: PopulationSearch) => void
  onOpen: (filter: TraceFilter) => void
}) {
  const scores = useOverview(search, populationQuery(population))
  const criteria = scores.data?.criteria.filter(({ kind }) => kind !== 'flag')
  if (criteria?.length === 0) return null
  return (
    <>
      <div className="border-t border-line pt-5">
        <PopulationSwitch
          what="The scores"
          search={population}
          filter={trafficFilter({ promptName: search.prompt, environment: search.environment })}
          onChange={onChange}
        />
      </div>
      {scores.isPending && <SkeletonRows rows={6} label="Loading the scores" />}
      {scores.isError && <ErrorState title="The scores could not be loaded." error={scores.error} onRetry={() => void scores.refetch()} />}
      {scores.data !== undefined && (
        <div className={scores.isPlaceholderData ? 'opacity-60 transition-opacity' : undefined}>
          {criteria?.map((criterion) => (
            <CriterionSection
              key={`${criterion.criterion} ${criterion.kind} ${criterion.authorKind}`}
              criterion={criterion}
              overview={scores.data}
              onOpen={({ promptName, promptVersion, model }, from, to) =>
                onOpen({
                  from,
                  to,
                  ...(promptName === '' ? {} : { promptName }),
                  ...(promptVersion === '' ? {} : { promptVersion }),
                  ...(model === '' ? {} : { model }),
                })
              }
            />
          ))}
        </div>
      )}
    </>
  )
}
