import { expect, it } from 'vitest'
import { expectedDraw, planOf, planProblem, rateOf } from './sampling-plan.ts'

const draft = {
  uniform: '5',
  strata: [
    { id: 'a', name: 'Low ratings', filter: { feedback: 'negative' }, rate: '50' },
    { id: 'b', name: 'Contracts', filter: { metadata: 'type:contract' }, rate: '0' },
  ],
  seed: '1',
}

it('counts what a plan draws on average, each stratum with its probability', () => {
  const { strata, expected } = expectedDraw(planOf(draft), 1_000, [100, 200])
  expect(strata.map(({ name, traces, probability }) => [name, traces, Number(probability.toFixed(4))])).toEqual([
    ['Low ratings', 100, 0.525],
    ['Contracts', 200, 0.05],
    ['Everything else', 700, 0.05],
  ])
  expect(expected).toBeCloseTo(52.5 + 10 + 35)
})

it('calls a plan without strata by what it draws from', () => {
  expect(expectedDraw(planOf({ ...draft, strata: [] }), 1_000, []).strata).toEqual([
    { name: 'All traces', traces: 1_000, probability: 0.05, expected: 50 },
  ])
})

it('never counts less than nothing where strata overlap', () => {
  expect(expectedDraw(planOf(draft), 100, [80, 80]).strata.at(-1)).toMatchObject({ traces: 0, expected: 0 })
})

it('says what is wrong with a plan', () => {
  expect(planProblem(draft)).toBeNull()
  expect(planProblem({ ...draft, uniform: '101' })).toMatch(/0 to 100/)
  expect(planProblem({ ...draft, uniform: '0', strata: [] })).toMatch(/nothing is ever drawn/)
  expect(planProblem({ ...draft, strata: [...draft.strata, { ...draft.strata[0]!, id: 'c' }] })).toMatch(/same name/)
  expect(rateOf('2,5')).toBe(0.025)
  expect(rateOf('')).toBeNull()
})
