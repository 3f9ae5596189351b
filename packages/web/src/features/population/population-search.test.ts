import { expect, it } from 'vitest'
import { parsePopulationSearch, populationQuery } from './population-search.ts'

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
