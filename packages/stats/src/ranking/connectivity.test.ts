import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestGroup, winConnectivity } from './connectivity.ts'

test('who never loses is in a strong group of their own', () => {
  const { groups, strongs, strong } = winConnectivity(4, [0, 1, 2, 3], [1, 2, 3, 1])
  expect([groups, strongs]).toEqual([1, 2])
  expect(new Set([strong[1], strong[2], strong[3]]).size).toBe(1)
  expect(largestGroup(strong, strongs)).toBe(strong[1])
})

test('groups are those that plain reachability finds', () => {
  const edge = fc.tuple(fc.nat(6), fc.nat(6))
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 14 }), (edges) => {
      const { group, strong } = winConnectivity(
        7,
        edges.map(([winner]) => winner),
        edges.map(([, loser]) => loser),
      )
      const wins = reach(edges)
      const either = reach([...edges, ...edges.map(([winner, loser]): [number, number] => [loser, winner])])
      for (let i = 0; i < 7; i += 1) {
        for (let j = 0; j < 7; j += 1) {
          expect(group[i] === group[j]).toBe(either[i]![j])
          expect(strong[i] === strong[j]).toBe(wins[i]![j]! && wins[j]![i]!)
        }
      }
    }),
  )
})

/** By Warshall's algorithm. */
function reach(edges: [number, number][]): boolean[][] {
  const reached = Array.from({ length: 7 }, (_, i) => Array.from({ length: 7 }, (_row, j) => i === j))
  for (const [from, to] of edges) reached[from]![to] = true
  for (let k = 0; k < 7; k += 1)
    for (let i = 0; i < 7; i += 1) for (let j = 0; j < 7; j += 1) if (reached[i]![k]! && reached[k]![j]!) reached[i]![j] = true
  return reached
}
