import { describe, expect, test } from 'vitest'
import { sumByCluster } from '../inference/cluster-sums.ts'
import type { Estimate } from '../result.ts'
import { readReference } from '../test/reference.ts'
import { hajekMean } from './inverse-probability.ts'
import { postStratifiedMean } from './post-stratification.ts'
import { rake } from './raking.ts'

const { y, probability, item } = readReference<{ y: number[]; probability: number[]; item: number[] }>('sampling')
type WithError = [number, number]
const survey = readReference<{
  hajek: { clustered: WithError; alone: WithError }
  stratum: string[]
  model: string[]
  postStratified: WithError
  raked: number[]
}>('survey')
const shares = { a: 0.5, b: 0.3, c: 0.2 }

function expectLike(found: Estimate<{ se: number | null }>, [estimate, se]: WithError): void {
  expect(found).toMatchObject({ estimate: expect.closeTo(estimate, 10) as number, se: expect.closeTo(se, 10) as number })
}

describe('as survey, in R', () => {
  test('Hájek, clustered and not', () => {
    expectLike(hajekMean(y, probability, { clusters: item, variance: 'CR1' }), survey.hajek.clustered)
    expectLike(hajekMean(y, probability, { variance: 'CR1' }), survey.hajek.alone)
  })

  test('post-stratification', () => {
    const strata = Object.entries(shares).map(([name, share]) => {
      const own = y.flatMap((value, i) => (survey.stratum[i] === name ? [{ value, i }] : []))
      const values = own.map(({ value }) => value)
      return {
        name,
        share,
        observations: sumByCluster(
          values,
          own.map(({ i }) => i),
        ),
      }
    })
    expectLike(postStratifiedMean(strata), survey.postStratified)
  })

  test('raking to two margins', () => {
    const { weights } = rake([
      { name: 'stratum', values: survey.stratum, shares },
      { name: 'model', values: survey.model, shares: { p: 0.35, q: 0.65 } },
    ])
    for (const [i, weight] of survey.raked.entries()) expect(weights![i]).toBeCloseTo(weight, 8)
  })
})
