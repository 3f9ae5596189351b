import { expect, test } from 'vitest'
import { bradleyTerry } from './bradley-terry.ts'
import { type Comparison, encodeComparisons } from './comparisons.ts'
import { leaderFragility } from './leader-fragility.ts'

const wins = (table: [string, string, number][]) =>
  encodeComparisons(
    table.flatMap(([left, right, times]) => Array.from({ length: times }, (): Comparison => ({ left, right, outcome: 'left' }))),
  )

test('without comparisons there is no leader', () => {
  expect(leaderFragility(wins([]))).toEqual({ leader: null, reason: 'no-ratings' })
})

test('of two systems, the lead in wins has to go', () => {
  const pair = wins([
    ['a', 'b', 30],
    ['b', 'a', 24],
  ])
  expect(leaderFragility(pair)).toEqual({ leader: 'a', challenger: 'b', removed: 6, share: 6 / 54 })
})

test('of three systems, no smaller removal of whole kinds of votes does it', () => {
  const table: [string, string, number][] = [
    ['a', 'b', 7],
    ['b', 'a', 5],
    ['a', 'c', 6],
    ['c', 'a', 4],
    ['b', 'c', 6],
    ['c', 'b', 5],
  ]
  const { leader, removed } = leaderFragility(wins(table)) as { leader: string; removed: number }
  expect(leader).toBe('a')
  let fewest = Infinity
  for (const gone of removals(
    table.map(([, , times]) => times),
    removed,
  )) {
    const kept = table.map(([left, right, times], k): [string, string, number] => [left, right, times - gone[k]!])
    const { scores } = bradleyTerry(wins(kept))
    const of = (name: string) => scores?.find((score) => score.name === name)?.estimate ?? 0
    if (Math.max(of('b'), of('c')) >= of('a') - 1e-9)
      fewest = Math.min(
        fewest,
        gone.reduce((sum, n) => sum + n, 0),
      )
  }
  expect(removed).toBe(fewest)
})

/** Every way to take at most `most` in all, of at most so many of each. */
function removals([first, ...rest]: number[], most: number): number[][] {
  if (first === undefined) return [[]]
  const own = Array.from({ length: Math.min(first, most) + 1 }, (_, taken) => taken)
  return own.flatMap((taken) => removals(rest, most - taken).map((others) => [taken, ...others]))
}
