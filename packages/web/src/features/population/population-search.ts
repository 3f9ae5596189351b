import type { Population, PopulationQuery } from '@plaudit/sdk'

/** Whose estimates a page shows, as its address says it; as sampled where it says nothing. */
export type PopulationSearch = { population?: Exclude<Population, 'sample'>; strata?: string; target?: string }

const strataPattern = /^(promptVersion|model|environment|release|metadata:.{1,100})$/s
const MOST = 10_000

/** Reads an address; what is unknown in it is left out. */
export function parsePopulationSearch({ population, strata, target }: Record<string, unknown>): PopulationSearch {
  return {
    ...(population === 'production' || population === 'target' ? { population } : {}),
    ...(typeof strata === 'string' && strataPattern.test(strata) ? { strata } : {}),
    ...(typeof target === 'string' && target !== '' && target.length <= MOST ? { target } : {}),
  }
}

/** What the API cuts traffic by where it is not told. */
const DEFAULT_STRATA = 'promptVersion'

/**
 * The strata that a switch shows: those that the API weighs by where the address names none; before a population is chosen, the metadata, as what the
 * application says of its traffic tells it apart best.
 */
export function shownStrata({ population, strata }: PopulationSearch, firstKey: string | undefined): string {
  return strata ?? (population !== undefined || firstKey === undefined ? DEFAULT_STRATA : `metadata:${firstKey}`)
}

/** The traffic that a page is about. */
export type TrafficFilter = { promptName?: string; environment?: string }

export function trafficFilter({ promptName, environment }: Maybe<TrafficFilter>): TrafficFilter {
  return { ...(promptName === undefined ? {} : { promptName }), ...(environment === undefined ? {} : { environment }) }
}

type Maybe<T> = { [Key in keyof T]?: T[Key] | undefined }

/** The part of an address that says the population, for links that keep it. */
export function populationOf({ population, strata, target }: Maybe<PopulationSearch>): PopulationSearch {
  return {
    ...(population === undefined ? {} : { population }),
    ...(strata === undefined ? {} : { strata }),
    ...(target === undefined ? {} : { target }),
  }
}

/** What is asked of the API: nothing for what was judged as it is, and a target only where it is meant. */
export function populationQuery({ population, strata, target }: PopulationSearch): PopulationQuery {
  if (population === undefined) return {}
  return {
    population,
    ...(strata === undefined ? {} : { strata }),
    ...(population === 'target' && target !== undefined ? { target } : {}),
  }
}
