import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaTails, fisherTails, studentTails } from './beta.ts'
import { chiSquareTails, gammaTails, logGamma } from './gamma.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { betaQuantile, chiSquareQuantile, fisherQuantile, studentQuantile } from './quantile.ts'

const functions: Record<string, (...xs: number[]) => number[]> = {
  normalCdf: (z) => [normalCdf(z!)],
  logGamma: (x) => [logGamma(x!)],
  gammaTails: (a, x) => Object.values(gammaTails(a!, x!)),
  betaTails: (x, a, b) => Object.values(betaTails(x!, a!, b!)),
  studentTails: (t, v) => Object.values(studentTails(t!, v!)),
  fisherTails: (f, m, n) => Object.values(fisherTails(f!, m!, n!)),
}
const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as [string, number[], number[]][]

test.each(reference)('%s(%j) is right to 1e-12, relative, in each tail', (name, parameters, expected) => {
  const received = functions[name]!(...parameters)
  expect(received).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) {
    // A tail below the smallest normal double cannot keep its digits.
    if (value > 1e-300 || value < 0) expect(Math.abs(received[i]! / value - 1)).toBeLessThan(1e-12)
    else expect(Math.abs(received[i]!)).toBeLessThan(1e-299)
  }
})

describe('quantiles invert their tails', () => {
  const p = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })
  const degrees = fc.integer({ min: 1, max: 300 })
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-11 * Math.max(b, 1e-3)
  test('normal', () => fc.assert(fc.property(p, (p) => near(normalCdf(normalQuantile(p)), p))))
  test('chi-square', () => fc.assert(fc.property(p, degrees, (p, v) => near(chiSquareTails(chiSquareQuantile(p, v), v).lower, p))))
  test('Student', () => fc.assert(fc.property(p, degrees, (p, v) => near(studentTails(studentQuantile(p, v), v).lower, p))))
  test('Fisher', () => fc.assert(fc.property(p, degrees, degrees, (p, m, n) => near(fisherTails(fisherQuantile(p, m, n), m, n).lower, p))))
  test('beta', () => fc.assert(fc.property(p, degrees, degrees, (p, a, b) => near(betaTails(betaQuantile(p, a, b), a, b).lower, p))))
})

test('table values', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228138851986275, 12)
  expect(chiSquareQuantile(0.95, 10)).toBeCloseTo(18.307038053275146, 11)
  expect(fisherQuantile(0.95, 3, 20)).toBeCloseTo(3.0983912121407795, 12)
  expect(normalQuantile(1e-300)).toBeCloseTo(-37.0471, 4)
})
