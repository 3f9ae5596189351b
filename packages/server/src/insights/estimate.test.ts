import { clusteredMean, type ClusterMoments, clusteredProportion, momentsOf } from '@plaudit/stats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterMean, traceShare } from './estimate.ts'
import { windowOf } from './window.ts'

function sumsOf(traces: readonly (readonly number[])[]): ClusterMoments {
  return momentsOf({
    sums: traces.map((scores) => scores.reduce((sum, score) => sum + score, 0)),
    sizes: traces.map((scores) => scores.length),
  })
}

describe('the mean over traces', () => {
  test('by hand: traces (1, 3) and (5)', () => {
    // Mean 3, residuals 4 − 6 = −2 and 5 − 3 = 2, V = 2 · 8 / 9, t(1) = 12.7062.
    const { estimate, low, high } = clusterMean(sumsOf([[1, 3], [5]]))
    expect(estimate).toBe(3)
    expect(high).toBeCloseTo(3 + 12.7062047 * Math.sqrt(16 / 9), 5)
    expect(low).toBeCloseTo(3 - 12.7062047 * Math.sqrt(16 / 9), 5)
  })

  test('has no interval from one trace or from equal scores, and says why', () => {
    expect(clusterMean(sumsOf([[1, 5]]))).toMatchObject({
      estimate: 3,
      low: null,
      high: null,
      n: 2,
      clusters: 1,
      reason: expect.stringMatching(/one trace/) as string,
    })
    expect(clusterMean(sumsOf([[4], [4]]))).toMatchObject({ estimate: 4, low: null, reason: expect.stringMatching(/equal/) as string })
    expect(clusterMean(sumsOf([]))).toMatchObject({ estimate: null, n: 0, reason: expect.stringMatching(/no scores/) as string })
  })

  test('thumbs that are all up still have an interval, every trace counting once', () => {
    const { estimate, low, high } = clusterMean(sumsOf([[1, 1], [1], [1]]), { binary: true })
    expect([estimate, high]).toEqual([1, 1])
    expect(low).toBeCloseTo(3 / (3 + 4.3026527 ** 2), 5)
  })

  const traces = fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 30 })

  test('agrees with the statistic over the clusters themselves', () => {
    fc.assert(
      fc.property(traces, (scores) => {
        const [sums, sizes] = [scores.map((some) => some.reduce((a, b) => a + b, 0)), scores.map((some) => some.length)]
        const expected = clusteredMean({ sums, sizes }, { variance: 'CR1' })
        const found = clusterMean(sumsOf(scores))
        expect(found.estimate).toBeCloseTo(expected.estimate ?? Number.NaN, 9)
        if (found.low !== null) expect(found.low).toBeCloseTo((expected as { low: number }).low, 6)
        else expect((expected as { se: number }).se).toBeCloseTo(0, 6)
      }),
    )
  })

  test('agrees for thumbs too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 30 }),
        (votes) => {
          const [sums, sizes] = [votes.map((some) => some.reduce((a, b) => a + b, 0)), votes.map((some) => some.length)]
          const expected = clusteredProportion({ sums, sizes }, { variance: 'CR1' })
          const found = clusterMean(sumsOf(votes), { binary: true })
          expect(found.low).toBeCloseTo((expected as { low: number }).low, 6)
          expect(found.high).toBeCloseTo((expected as { high: number }).high, 6)
        },
      ),
    )
  })
})

test("the feedback rate has Wilson's interval", () => {
  // Newcombe (1998), table I: 81 of 263.
  const { estimate, low, high } = traceShare(81, 263)
  expect(estimate).toBeCloseTo(0.308, 3)
  expect(low).toBeCloseTo(0.2553, 4)
  expect(high).toBeCloseTo(0.3662, 4)
  expect(traceShare(0, 0)).toMatchObject({ estimate: null, reason: expect.stringMatching(/no traces/) as string })
})

describe('the window', () => {
  test('left out, ends with the day of the newest data and spans 30 days', () => {
    const { fromMs, toMs, bucketMs } = windowOf({}, Date.parse('2026-05-04T10:20:00Z'))
    expect(new Date(toMs).toISOString()).toBe('2026-05-05T00:00:00.000Z')
    expect((toMs - fromMs) / bucketMs).toBe(30)
  })

  test('never has more than 62 buckets up to 60 years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 21_900 * 24 * 60 }), (minutes) => {
        const from = '1990-01-01T00:00:00.000Z'
        const window = windowOf({ from, to: new Date(Date.parse(from) + minutes * 60_000).toISOString() }, 0)
        expect((window.toMs - window.fromMs) / window.bucketMs).toBeLessThanOrEqual(62)
      }),
    )
  })
})
