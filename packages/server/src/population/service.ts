import type { Population, PopulationQuery } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { type Shares, targetShares, trafficShares } from './shares.ts'
import { populationStore, type TrafficCell } from './store.ts'
import { OTHER, type Traffic } from './stratum.ts'

export type { TrafficCell } from './store.ts'

/** The population that estimates are asked for. */
export type Asked = { population: Population; strata: string; target: Shares }

const DEFAULT_STRATA = 'promptVersion'

/** @throws ApiError `invalid_argument` for shares that are none. */
export function askedPopulation({ population = 'sample', strata = DEFAULT_STRATA, target }: PopulationQuery): Asked {
  return { population, strata, target: target === undefined ? new Map() : targetShares(target) }
}

/** A population whose strata are counted: what every estimate of it is weighted by. */
export type CountedPopulation = {
  population: Exclude<Population, 'sample'>
  strata: string
  /** The stratum that a trace's own counts in. */
  stratumOf: (stratum: string) => string
  /** The population's strata as a criterion has them that was judged in these prompts and environments; of a part of the traffic alone, where one is named. */
  sharesOf: (prompts: ReadonlySet<string>, part?: string) => Shares
}
/** The traffic as a population, with the counts themselves. */
export type CountedTraffic = CountedPopulation & { cells: readonly TrafficCell[] }

/** A target says its shares itself, whatever the traffic; what it calls all others is every stratum that it does not name. */
export function targetPopulation({ strata, target }: Omit<Asked, 'population'>): CountedPopulation {
  return {
    population: 'target',
    strata,
    stratumOf: (stratum) => (target.has(stratum) || !target.has(OTHER) ? stratum : OTHER),
    sharesOf: () => target,
  }
}

/** Counts the traffic by stratum, so that what was judged can be brought into its proportions. */
export function populationService({ events }: { events: EventStore }) {
  const store = populationStore(events)

  /** @param of What traffic is, as SQL. */
  async function traffic(strata: string, of: Traffic): Promise<CountedTraffic> {
    const cells = await store.cells(of)
    const known = new Set(cells.map(({ stratum }) => stratum))
    return {
      population: 'production',
      strata,
      cells,
      stratumOf: (stratum) => (known.has(stratum) || !known.has(OTHER) ? stratum : OTHER),
      sharesOf: (prompts, part) => trafficShares(cells, prompts, part),
    }
  }

  /** The population that is asked for. */
  const counted = async (
    { population, ...asked }: Asked & Pick<CountedPopulation, 'population'>,
    of: Traffic,
  ): Promise<CountedPopulation> => (population === 'target' ? targetPopulation(asked) : traffic(asked.strata, of))

  return { traffic, counted }
}
