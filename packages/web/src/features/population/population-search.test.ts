import { expect, it } from 'vitest'
import { parsePopulationSearch, populationQuery, shownStrata, trafficFilter } from './population-search.ts'

it('reads what an address says of the population, and leaves out what is none', () => {
  const search = { population: 'target', strata: 'metadata:topic', target: 'refund:1', window: '7d' }
  expect(parsePopulationSearch(search)).toEqual({ population: 'target', strata: 'metadata:topic', target: 'refund:1' })
  expect(parsePopulationSearch({ population: 'sample', strata: 'queue', target: 3 })).toEqual({})
})

it('asks for a target only where it is meant, and for nothing as sampled', () => {
  expect(populationQuery({ strata: 'model', target: 'a:1' })).toEqual({})
  expect(populationQuery({ population: 'production', strata: 'model', target: 'a:1' })).toEqual({
    population: 'production',
    strata: 'model',
  })
  expect(populationQuery({ population: 'target', target: 'a:1' })).toEqual({ population: 'target', target: 'a:1' })
})

it('shows the strata that the API weighs by', () => {
  expect(shownStrata({ population: 'production', strata: 'model' }, 'topic')).toBe('model')
  expect(shownStrata({ population: 'production' }, 'topic')).toBe('promptVersion')
  expect(shownStrata({}, 'topic')).toBe('metadata:topic')
  expect(shownStrata({}, undefined)).toBe('promptVersion')
})

it('leaves out of the traffic what is not said', () => {
  expect(trafficFilter({ promptName: undefined, environment: 'live' })).toEqual({ environment: 'live' })
})
