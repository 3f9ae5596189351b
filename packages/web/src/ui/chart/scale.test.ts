import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linear, niceDomain, ticks } from './scale.ts'

describe('niceDomain', () => {
  it('widens to whole steps', () => {
    expect(niceDomain([3.12, 4.4])).toEqual([3, 4.5])
    expect(niceDomain([0, 97])).toEqual([0, 100])
    expect(niceDomain([2, 2])).toEqual([1.5, 2.5])
    expect(niceDomain([])).toEqual([0, 1])
  })

  it('holds every value, and its ticks stay inside it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
        const [low, high] = niceDomain(values)
        expect(low).toBeLessThanOrEqual(Math.min(...values) + 1e-6)
        expect(high).toBeGreaterThanOrEqual(Math.max(...values) - 1e-6)
        const marks = ticks([low, high])
        expect(marks.length).toBeGreaterThanOrEqual(2)
        expect(marks.length).toBeLessThanOrEqual(8)
      }),
    )
  })
})

describe('ticks', () => {
  it('are round numbers without binary dust', () => {
    expect(ticks([0, 0.6], 3)).toEqual([0, 0.2, 0.4, 0.6])
    expect(ticks([-1, 1], 2)).toEqual([-1, 0, 1])
  })
})

it('maps a domain to a range', () => {
  const y = linear([0, 10], [100, 0])
  expect([0, 5, 10].map(y)).toEqual([100, 50, 0])
  expect(linear([3, 3], [0, 8])(3)).toBe(4)
})
