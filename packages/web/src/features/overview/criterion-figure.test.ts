import { expect, it } from 'vitest'
import { criterionRows, domainOf, formatOf } from './criterion-figure.ts'

const score = (estimate: number | null, half: number, n: number) => ({
  estimate,
  low: estimate === null ? null : estimate - half,
  high: estimate === null ? null : estimate + half,
  n,
  clusters: n,
  method: 'cluster-robust',
  reason: estimate === null ? 'There are too few observations.' : null,
})
const criterion = {
  criterion: 'tone',
  kind: 'rating',
  authorKind: 'human' as const,
  weighting: { population: 'sample' as const, method: 'none' as const, strata: null, sentence: 'As sampled.' },
  overall: score(3, 0.1, 60),
  consensus: 0,
  variants: [
    {
      promptName: 'support',
      promptVersion: '1',
      model: 'a',
      overall: score(3, 0.1, 60),
      series: [
        { time: '2026-03-01T00:00:00.000Z', score: score(2.9, 0.2, 30) },
        { time: '2026-03-02T00:00:00.000Z', score: score(3.2, 5, 2) },
        { time: '2026-03-03T00:00:00.000Z', score: score(null, 0, 1) },
        { time: '2026-03-04T00:00:00.000Z', score: score(3, 0.2, 28) },
      ],
    },
  ],
}

it('lets the wide interval of a thin bucket leave the axis', () => {
  const [low, high] = domainOf(criterion)
  expect(low).toBeGreaterThan(2.5)
  expect(high).toBeLessThan(3.6)
})

it('shows thumbs as shares from 0 to 1', () => {
  expect(domainOf({ ...criterion, kind: 'thumbs' })).toEqual([0, 1])
  expect(formatOf({ kind: 'thumbs' })(0.62)).toBe('62 %')
})

it('writes every figure with its n, and what does not exist with its reason', () => {
  const rows = criterionRows(criterion)
  expect(rows).toHaveLength(5)
  expect(rows[0]).toMatchObject({ version: '1', time: '', mean: 3, n: 60 })
  expect(rows[3]).toMatchObject({ mean: null, low: null, n: 1, reason: 'There are too few observations.' })
})
