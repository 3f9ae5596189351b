import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import { bestWorstRanking, bestWorstScores } from './best-worst.ts'
import { bradleyTerry } from './bradley-terry.ts'
import { encodeComparisons } from './comparisons.ts'
import { plackettLuce, type PlackettLuceRanking } from './plackett-luce.ts'
import { encodeRankings, type RankedList } from './rankings.ts'

function rank(rows: readonly RankedList[], options = {}): PlackettLuceRanking {
  const ranking = plackettLuce(encodeRankings(rows), options)
  if (ranking.scores === null) throw new Error(ranking.reason)
  return ranking
}
const strengths = ({ scores }: PlackettLuceRanking) => Object.fromEntries(scores.map(({ name, estimate }) => [name, estimate]))

/** A ranking drawn from the model: the largest of strengths with Gumbel noise first. */
function draw(random: ReturnType<typeof seededRandom>, truth: Readonly<Record<string, number>>): string[] {
  return Object.entries(truth)
    .map(([name, strength]) => ({ name, value: strength - Math.log(-Math.log(random.next() || 0.5)) }))
    .sort((a, b) => b.value - a.value)
    .map(({ name }) => name)
}

describe('refuses', () => {
  test.each([
    ['a name twice', () => encodeRankings([{ ranking: ['a', ['b', 'a']] }])],
    ['an empty group', () => encodeRankings([{ ranking: ['a', []] }])],
    ['items in some rows only', () => encodeRankings([{ ranking: ['a', 'b'], item: 1 }, { ranking: ['a', 'b'] }])],
    ['clusters that are not there', () => rank([{ ranking: ['a', 'b'] }], { cluster: ['rater'] })],
    ['a best that was not shown', () => bestWorstScores([{ shown: ['a', 'b'], best: 'c', worst: 'a' }])],
    ['one that is both best and worst', () => bestWorstRanking({ shown: ['a', 'b'], best: 'a', worst: 'a' })],
    ['one shown alone', () => bestWorstScores([{ shown: ['a'], best: 'a', worst: 'a' }])],
  ])('%s', (_what, call) => expect(call).toThrow(StatsError))
})

describe('what choix computes', () => {
  test.each([
    [
      'partial rankings',
      [
        [0, 1, 2],
        [3, 2, 0],
        [1, 3],
      ],
      [-0.44328117, 0.69506219, -0.67061442, 0.4188334],
    ],
    [
      'choices of the best',
      [
        [0, [1]],
        [1, [2]],
        [2, [0, 1]],
      ],
      [0.16040395, -0.32080789, 0.16040394],
    ],
    [
      'a cycle of pairs',
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
      [0, 0, 0],
    ],
  ] as const)('%s', (_name, rows, expected) => {
    const found = strengths(rank(rows.map((ranking) => ({ ranking }))))
    for (const [name, value] of expected.entries()) expect(found[name]).toBeCloseTo(value, 4)
  })
})

test('the gradient is 0 where it stops: by hand, three names, one tie', () => {
  // θ of a; {b, c} follow in unknown order: Efron gives the likelihood of the first choice alone, πa / (πa + πb + πc).
  const { logLikelihood, scores } = rank([{ ranking: ['a', ['b', 'c']] }, { ranking: ['b', 'c', 'a'] }, { ranking: ['c', 'b', 'a'] }])
  const pi = Object.fromEntries(scores.map(({ name, estimate }) => [name, Math.exp(estimate)]))
  const [a, b, c] = [pi['a']!, pi['b']!, pi['c']!]
  expect(b).toBeCloseTo(c, 9)
  const chances = [a / (a + b + c), (b / (a + b + c)) * (c / (a + c)), (c / (a + b + c)) * (b / (a + b))]
  expect(logLikelihood).toBeCloseTo(Math.log(chances[0]! * chances[1]! * chances[2]!), 9)
})

describe('what rankings do not tell', () => {
  test('nothing', () => {
    expect(plackettLuce(encodeRankings([]))).toEqual({ scores: null, reason: 'no-ratings' })
    expect(plackettLuce(encodeRankings([{ ranking: [['a', 'b']] }, { ranking: ['a'] }, { ranking: [] }]))).toEqual({
      scores: null,
      reason: 'no-ratings',
    })
  })
  test('how strong someone is who is never beaten, and how groups compare that never meet', () => {
    const always = rank([{ ranking: ['a', 'b', 'c'] }, { ranking: ['a', 'c', 'b'] }])
    expect(always).toMatchObject({ regularised: true, groups: 1, converged: true })
    expect(always.scores[0]).toMatchObject({ name: 'a', flag: 'undefeated' })
    const apart = rank(
      [
        ['a', 'b', 'c'],
        ['c', 'b', 'a'],
        ['x', 'y'],
        ['y', 'x'],
      ].map((ranking) => ({ ranking })),
    )
    expect(apart).toMatchObject({ regularised: true, groups: 2 })
    expect(apart.scores.find(({ name }) => name === 'x')!.flag).toBe('disconnected')
  })
})

describe('for all rankings', () => {
  const list = fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 2 })
  const grouped = fc.tuple(list, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })).map(([names, joins]) => {
    const groups: string[][] = []
    for (const [i, name] of names.entries()) {
      if (i > 0 && joins[i]) groups.at(-1)!.push(name)
      else groups.push([name])
    }
    return groups
  })
  const rows = fc.array(fc.record({ ranking: grouped, item: fc.nat(4) }), { minLength: 3, maxLength: 20 })

  test('strengths are finite with mean 0, whatever the order of rows and names in a group', () =>
    fc.assert(
      fc.property(rows, (some) => {
        const ranking = plackettLuce(encodeRankings(some))
        if (ranking.scores === null) return
        expect(ranking.scores.every(({ estimate, se }) => Number.isFinite(estimate) && (se === null || Number.isFinite(se)))).toBe(true)
        expect(ranking.scores.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(0, 7)
        const turned = rank(some.toReversed().map((row) => ({ ...row, ranking: row.ranking.map((group) => group.toReversed()) })))
        for (const { name, estimate, se } of ranking.scores) {
          const other = turned.scores.find((score) => score.name === name)!
          expect(other.estimate).toBeCloseTo(estimate, 6)
          if (se !== null) expect(other.se).toBeCloseTo(se, 5)
        }
      }),
      { numRuns: 60 },
    ))
  test('of two names each, it is Bradley–Terry with its intervals', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ pair: fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 2, maxLength: 2 }), item: fc.nat(5) }), {
          minLength: 4,
        }),
        (some) => {
          const ours = plackettLuce(encodeRankings(some.map(({ pair, item }) => ({ ranking: pair, item }))))
          const theirs = bradleyTerry(
            encodeComparisons(some.map(({ pair, item }) => ({ left: pair[0]!, right: pair[1]!, outcome: 'left', item }))),
          )
          if (ours.scores === null || theirs.scores === null) return
          for (const { name, estimate, se } of ours.scores) {
            const other = theirs.scores.find((score) => score.name === name)!
            expect(estimate).toBeCloseTo(other.estimate, 7)
            if (se !== null) expect(se).toBeCloseTo(other.se!, 6)
          }
        },
      ),
      { numRuns: 60 },
    ))
})

test('in simulation strengths come back, complete or top two of five, and intervals cover them', () => {
  const truth = { a: 1, b: 0.5, c: 0, d: -0.5, e: -1 }
  const random = seededRandom(8)
  let covered = 0
  for (let run = 0; run < 60; run += 1) {
    const rows = Array.from({ length: 60 }, (_, item) => {
      const drawn = draw(random, truth)
      return { ranking: item % 2 === 0 ? drawn : [drawn[0]!, drawn[1]!, drawn.slice(2)], item }
    })
    for (const { name, low, high } of rank(rows).scores)
      if (low! <= truth[name as keyof typeof truth] && truth[name as keyof typeof truth] <= high!) covered += 1
  }
  expect(covered / 300).toBeGreaterThan(0.91)
  expect(covered / 300).toBeLessThan(0.985)
})

describe('best–worst scaling', () => {
  const table = ['ABCD AD', 'ABCE AC', 'BCDE BD', 'ACDE AE', 'ABDE BE'].map((row) => ({
    shown: row.slice(0, 4).split(''),
    best: row.charAt(5),
    worst: row.charAt(6),
  }))
  test('by counting', () => {
    const scores = bestWorstScores(table)
    expect(Object.fromEntries(scores.map(({ name, score }) => [name, score.estimate]))).toEqual({
      A: 0.75,
      B: 0.5,
      C: -0.25,
      D: -0.5,
      E: -0.5,
    })
    for (const { score, shown } of scores) {
      expect(shown).toBe(4)
      expect(score.estimate !== null && score.low! >= -1 && score.high! <= 1 && score.low! <= score.estimate).toBe(true)
    }
    expect(bestWorstScores([])).toEqual([])
  })
  test('by strengths, the order is the same', () => {
    const { scores } = rank(table.map(bestWorstRanking))
    expect(
      scores
        .map(({ name }) => name)
        .slice(0, 2)
        .sort(),
    ).toEqual(['A', 'B'])
    expect(scores.slice(2).every(({ estimate }) => estimate < 0)).toBe(true)
  })
})
