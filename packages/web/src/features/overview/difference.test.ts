import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moverDifference } from './difference.ts'

/** Wilson's score interval of a share. */
function wilson(successes: number, n: number) {
  const z = 1.959_963_984_540_054
  const p = successes / n
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return { estimate: p, low: centre - half, high: centre + half }
}

describe('moverDifference', () => {
  // Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10, contrasts (a), (b) and (e).
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
  ])('gives the published interval for %i/%i against %i/%i', (a, m, b, n, low, high) => {
    const difference = moverDifference(wilson(a, m), wilson(b, n))
    expect(difference.estimate).toBeCloseTo(a / m - b / n, 12)
    expect(difference.low).toBeCloseTo(low, 4)
    expect(difference.high).toBeCloseTo(high, 4)
  })

  it('changes sign with its arguments, and holds its estimate', () => {
    const bounded = fc
      .tuple(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
      )
      .map(([estimate, below, above]) => ({ estimate, low: estimate - below, high: estimate + above }))
    fc.assert(
      fc.property(bounded, bounded, (a, b) => {
        const [there, back] = [moverDifference(a, b), moverDifference(b, a)]
        expect(there.low).toBeLessThanOrEqual(there.estimate)
        expect(there.high).toBeGreaterThanOrEqual(there.estimate)
        expect(back.low).toBeCloseTo(-there.high, 9)
        expect(back.high).toBeCloseTo(-there.low, 9)
      }),
    )
  })
})
