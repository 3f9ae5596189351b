import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What `npm run bench:coverage` measured last: shares of 95 % intervals that held the truth, of those samples that have an interval. */
const measured = JSON.parse(readFileSync(new URL('../../../docs/methods/coverage.json', import.meta.url), 'utf8')) as {
  statistic: string
  design: string
  covered: number
  without: number
  replicates: number
  atLeast?: true
}[]

test('95 % intervals hold the truth 93.5 to 96.5 times in 100, or at least 93.5 times where they promise no more than that', () => {
  expect(measured.length).toBeGreaterThan(140)
  const missed = measured.filter(
    ({ covered, without, atLeast }) => without < 1 && (covered < 0.935 || (covered > 0.965 && atLeast === undefined)),
  )
  expect(missed.map(({ statistic, design, covered }) => `${statistic}, ${design}: ${(100 * covered).toFixed(1)} %`)).toEqual([])
  expect(measured.filter(({ replicates }) => replicates < 2000)).toEqual([])
})
