import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import { seededRandom } from '../numeric/random.ts'
import { bradleyTerry, type BradleyTerryOptions, ratioDifference, type Ranking, strengthDifference } from './bradley-terry.ts'
import { type Comparison, encodeComparisons, type Outcome } from './comparisons.ts'
import { sigmoid } from './outcome-model.ts'

const repeat = (left: string, right: string, outcome: Outcome, times: number): Comparison[] =>
  Array.from({ length: times }, () => ({ left, right, outcome }))
const wins = (table: [string, string, number][]) => table.flatMap(([winner, loser, times]) => repeat(winner, loser, 'left', times))

function rank(rows: Comparison[], options: BradleyTerryOptions = {}): Ranking {
  const ranking = bradleyTerry(encodeComparisons(rows), options)
  if (ranking.scores === null) throw new Error(ranking.reason)
  return ranking
}
const strengths = ({ scores }: Ranking) => Object.fromEntries(scores.map(({ name, estimate }) => [name, estimate]))
function shares(ranking: Ranking): Record<string, number> {
  const total = ranking.scores.reduce((sum, { estimate }) => sum + Math.exp(estimate), 0)
  return Object.fromEntries(ranking.scores.map(({ name, estimate }) => [name, Math.exp(estimate) / total]))
}

describe('refuses', () => {
  const rows = repeat('a', 'b', 'left', 2)
  test.each([
    ['an outcome that is none', () => encodeComparisons([{ left: 'a', right: 'b', outcome: 'up' as Outcome }])],
    ['something compared with itself', () => encodeComparisons(repeat('a', 'a', 'tie', 1))],
    ['items in some rows only', () => encodeComparisons([...rows, { left: 'a', right: 'b', outcome: 'left', item: 1 }])],
    ['clusters that are not there', () => rank(rows, { cluster: ['rater'] })],
    ['controls of another length', () => rank(rows, { controls: { length: [0] } })],
    ['controls that are not finite', () => rank(rows, { controls: { length: [0, NaN] } })],
    ['a confidence of 1', () => rank(rows, { confidence: 1 })],
    ['a name that is not compared', () => strengthDifference(encodeComparisons(rows), 'a', 'c')],
    ['negative lengths', () => ratioDifference([-1], [1])],
  ])('%s', (_what, call) => expect(call).toThrow(StatsError))
})

describe('what others computed', () => {
  test('four players (Wikipedia, "Bradley–Terry model", worked example)', () => {
    const ranking = rank(
      wins([
        ['A', 'B', 2],
        ['B', 'A', 3],
        ['A', 'D', 1],
        ['D', 'A', 4],
        ['B', 'C', 5],
        ['C', 'B', 3],
        ['C', 'D', 1],
        ['D', 'C', 3],
      ]),
    )
    const expected = { D: [2.2704, 1142.4], B: [1.0433, 1007.4], C: [0.6598, 927.8], A: [0.6398, 922.4] }
    expect(ranking.scores.map(({ name }) => name)).toEqual(['D', 'B', 'C', 'A'])
    for (const { name, estimate, elo } of ranking.scores) {
      const [worth, rating] = expected[name as keyof typeof expected]
      expect(Math.exp(estimate)).toBeCloseTo(worth!, 4)
      expect(elo).toBeCloseTo(rating!, 1)
    }
    expect(ranking).toMatchObject({ tie: null, position: null, controls: [], comparisons: 22, groups: 1, regularised: false })
  })

  test('three players (Maystre, choix, tests of pairwise comparisons)', () => {
    const ranking = strengths(
      rank(
        wins([
          ['0', '1', 2],
          ['1', '2', 1],
          ['2', '0', 1],
        ]),
      ),
    )
    expect(ranking['0']).toBeCloseTo(0.419617624, 8)
    expect(ranking['1']).toBeCloseTo(-0.419617624, 8)
    expect(ranking['2']).toBeCloseTo(0, 9)
    const cycle = rank(
      wins([
        ['0', '1', 1],
        ['1', '2', 1],
        ['2', '0', 1],
      ]),
    )
    for (const { estimate } of cycle.scores) expect(estimate).toBeCloseTo(0, 12)
  })

  // Chocolate puddings i and j: i preferred, j preferred, no preference. Davidson (1970), table 1.
  const puddings = [
    [1, 2, 19, 22, 16],
    [1, 3, 16, 19, 12],
    [2, 3, 19, 19, 10],
    [1, 4, 18, 23, 13],
    [2, 4, 23, 19, 9],
    [3, 4, 19, 20, 15],
    [1, 5, 13, 19, 18],
    [2, 5, 16, 20, 12],
    [3, 5, 16, 15, 17],
    [4, 5, 17, 14, 16],
    [1, 6, 18, 21, 12],
    [2, 6, 22, 20, 12],
    [3, 6, 13, 18, 10],
    [4, 6, 14, 19, 18],
    [5, 6, 11, 21, 12],
  ].flatMap(([i, j, left, right, tie]) => [
    ...repeat(String(i), String(j), 'left', left!),
    ...repeat(String(i), String(j), 'right', right!),
    ...repeat(String(i), String(j), 'tie', tie!),
  ])
  test.each([
    ['davidson', [0.1388, 0.173, 0.1617, 0.1654, 0.1587, 0.2024], 0.746823, -809.70951],
    ['rao-kupper', [0.1444, 0.1718, 0.1628, 0.1661, 0.1604, 0.1945], 1.748457, -809.697133],
    ['half', [0.1461, 0.1715, 0.1633, 0.1659, 0.161, 0.1922], null, null],
  ] as const)('six puddings (Davidson 1970), %s', (ties, worth, tie, logLikelihood) => {
    const ranking = rank(puddings, { ties })
    const found = shares(ranking)
    worth.forEach((value, i) => expect(found[i + 1]).toBeCloseTo(value, 4))
    if (tie === null) expect(ranking.tie).toBeNull()
    else {
      expect(ranking.tie?.estimate).toBeCloseTo(tie, 5)
      expect(ranking.tie!.low! < tie && tie < ranking.tie!.high!).toBe(true)
      expect(ranking.logLikelihood).toBeCloseTo(logLikelihood, 4)
    }
  })
})

describe('intervals', () => {
  test('of two systems, without clusters, are those of a log-odds', () => {
    const { scores } = rank([...repeat('a', 'b', 'left', 30), ...repeat('a', 'b', 'right', 10)])
    const se = 0.5 / Math.sqrt(39 * 0.75 * 0.25)
    expect(scores[0]).toMatchObject({ name: 'a', se: expect.closeTo(se, 10), wins: 30, losses: 10, ties: 0 })
    expect(scores[0]!.high! - scores[0]!.estimate).toBeCloseTo(studentQuantile(0.975, 39) * se, 8)
  })

  test('clustered by item do not shrink when every vote is cast three times', () => {
    const rows = randomRows(7, 120)
    const once = rank(rows, { cluster: ['item'] })
    const thrice = rank([...rows, ...rows, ...rows], { cluster: ['item'] })
    once.scores.forEach(({ name, estimate, se }, i) =>
      expect(thrice.scores[i]).toMatchObject({ name, estimate: expect.closeTo(estimate, 8), se: expect.closeTo(se!, 8) }),
    )
    expect(rank([...rows, ...rows, ...rows], { cluster: [] }).scores[0]!.se).toBeLessThan(0.75 * once.scores[0]!.se!)
  })

  test('clustered both ways are at least as wide as either way', () => {
    const rows = randomRows(11, 200)
    const se = (cluster: ('item' | 'rater')[]) => rank(rows, { cluster }).scores[0]!.se!
    expect(se(['item', 'rater'])).toBeGreaterThanOrEqual(Math.max(se(['item']), se(['rater'])))
  })

  test('of a single item do not exist', () => {
    const rows = [...repeat('a', 'b', 'left', 3), ...repeat('a', 'b', 'right', 2)].map((row) => ({ ...row, item: 1 }))
    expect(rank(rows).scores[0]).toMatchObject({ estimate: expect.closeTo(Math.log(1.5) / 2, 10), se: null, low: null, high: null })
  })

  test('cover the true difference as often as they say', () => {
    const random = seededRandom(5)
    // Votes on one item agree more than chance would have it: each item favours one side by 1.2.
    const [easy, hard] = [sigmoid(0.5 + 1.2), sigmoid(0.5 - 1.2)]
    const truth = Math.log((easy + hard) / (2 - easy - hard))
    let covered = 0
    for (let round = 0; round < 200; round += 1) {
      const rows = Array.from({ length: 60 }, (_, item) => {
        const chance = random.next() < 0.5 ? easy : hard
        return Array.from({ length: 5 }, (): Comparison => ({
          item,
          left: 'a',
          right: 'b',
          outcome: random.next() < chance ? 'left' : 'right',
        }))
      })
      const { low, high } = strengthDifference(encodeComparisons(rows.flat()), 'a', 'b') as { low: number; high: number }
      if (low <= truth && truth <= high) covered += 1
    }
    expect(covered).toBeGreaterThanOrEqual(182)
    expect(covered).toBeLessThanOrEqual(199)
  })
})

describe('what comparisons do not tell', () => {
  test('nothing', () => {
    expect(bradleyTerry(encodeComparisons([]))).toEqual({ scores: null, reason: 'no-ratings' })
    expect(bradleyTerry(encodeComparisons(repeat('a', 'b', 'both_bad', 2)))).toEqual({ scores: null, reason: 'no-ratings' })
  })

  test('how strong someone is who never loses', () => {
    // So many comparisons that one imagined tie for each hardly counts.
    const rows = [...repeat('a', 'b', 'left', 5000), ...repeat('b', 'c', 'left', 3000), ...repeat('b', 'c', 'right', 3000)]
    const ranking = rank(rows)
    expect(ranking).toMatchObject({ regularised: true, groups: 1, converged: true })
    expect(Object.fromEntries(ranking.scores.map(({ name, flag }) => [name, flag]))).toEqual({ a: 'undefeated', b: null, c: null })
    expect(ranking.scores[0]).toMatchObject({ name: 'a', wins: 5000, losses: 0 })
    // Not as narrow as the sandwich of 5000 equal votes would have it.
    expect(ranking.scores[0]!.se).toBeGreaterThan(0.5)
    expect(strengthDifference(encodeComparisons(rows), 'a', 'b')).toEqual({ estimate: null, reason: 'undefeated' })
    expect(strengthDifference(encodeComparisons(rows), 'b', 'c').estimate).toBeCloseTo(0, 3)
  })

  test('how strong anyone is where ties can be told from wins', () => {
    // Ever more ties between neighbours, and b ever further ahead of a: every outcome becomes certain, though each reaches each.
    const rows = [...repeat('b', 'a', 'left', 1), ...repeat('c', 'a', 'tie', 1), ...repeat('b', 'c', 'tie', 1)]
    for (const ties of ['davidson', 'rao-kupper'] as const) {
      const ranking = rank(rows, { ties })
      expect(ranking).toMatchObject({ regularised: true, groups: 1, converged: true })
      expect(ranking.scores.map(({ name, flag }) => [name, flag])).toEqual(['b', 'c', 'a'].map((name) => [name, 'separated']))
      expect(ranking.scores[0]!.estimate).toBeLessThan(5)
      expect(strengthDifference(encodeComparisons(rows), 'b', 'a', { ties })).toEqual({ estimate: null, reason: 'separated' })
      // Once a wins against b as well, no lead explains both.
      expect(rank([...rows, ...repeat('a', 'b', 'left', 1)], { ties })).toMatchObject({ regularised: false, converged: true })
    }
    expect(rank(rows, { ties: 'half' })).toMatchObject({ regularised: false, converged: true })
  })

  test('how groups compare that never meet', () => {
    const rows = wins([
      ['a', 'b', 2],
      ['b', 'a', 1],
      ['b', 'c', 1],
      ['c', 'a', 1],
      ['x', 'y', 1],
      ['y', 'x', 1],
    ])
    const ranking = rank(rows)
    expect(ranking).toMatchObject({ groups: 2, regularised: true })
    for (const { name, flag } of ranking.scores) expect(flag).toBe('xy'.includes(name) ? 'disconnected' : null)
    expect(strengthDifference(encodeComparisons(rows), 'a', 'x')).toEqual({ estimate: null, reason: 'disconnected' })
  })

  test('the tie parameter, where there are only ties or none', () => {
    const even = rank(repeat('a', 'b', 'tie', 4))
    expect(even.scores[0]!.estimate).toBeCloseTo(0, 12)
    expect(even.tie).toBeNull()
  })

  test('a control that never varies', () => {
    const rows = [...repeat('a', 'b', 'left', 3), ...repeat('a', 'b', 'right', 2)]
    expect(bradleyTerry(encodeComparisons(rows), { controls: { length: [0, 0, 0, 0, 0] } })).toEqual({ scores: null, reason: 'singular' })
  })

  test('what the side alone decides', () => {
    const rows = [...repeat('a', 'b', 'right', 4), ...repeat('b', 'a', 'right', 3)]
    expect(bradleyTerry(encodeComparisons(rows), { position: true })).toEqual({ scores: null, reason: 'separated' })
  })

  test('both bad is counted and left out', () => {
    const rows = [...repeat('a', 'b', 'left', 3), ...repeat('a', 'b', 'right', 2)]
    const { bothBad, comparisons, scores } = rank([...rows, ...repeat('a', 'b', 'both_bad', 5)])
    expect({ bothBad, comparisons }).toEqual({ bothBad: 5, comparisons: 5 })
    expect(scores[0]).toMatchObject({ estimate: expect.closeTo(Math.log(1.5) / 2, 10), bothBad: 5 })
  })
})

describe('position and controls', () => {
  test('are found again, and strengths freed from them', () => {
    const random = seededRandom(3)
    const truth = { a: 0.6, b: 0, c: -0.6 }
    const names = Object.keys(truth) as (keyof typeof truth)[]
    const lengths: number[] = []
    const rows = Array.from({ length: 20_000 }, () => {
      const left = names[Math.floor(random.next() * 3)]!
      const right = names[(names.indexOf(left) + 1 + Math.floor(random.next() * 2)) % 3]!
      // `c` writes long answers, and long answers are liked.
      const [l, r] = [left, right].map((name) => (name === 'c' ? 400 : 200) * (0.5 + random.next())) as [number, number]
      const ratio = (l - r) / (l + r)
      lengths.push(ratio)
      const lead = truth[left] - truth[right] + 0.3 + 2 * ratio
      return { left, right, outcome: random.next() < sigmoid(lead) ? ('left' as const) : ('right' as const) }
    })
    const ranking = rank(rows, { position: true, controls: { length: lengths } })
    const rms = Math.sqrt(lengths.reduce((sum, value) => sum + value ** 2, 0) / lengths.length)
    for (const { name, estimate, low, high } of ranking.scores) {
      expect(Math.abs(estimate - truth[name as keyof typeof truth])).toBeLessThan(0.08)
      expect(low! < estimate && estimate < high!).toBe(true)
    }
    expect(ranking.position).toMatchObject({ estimate: expect.closeTo(0.3, 1), p: expect.closeTo(0, 6) })
    expect(Math.abs(ranking.controls[0]!.estimate - 2 * rms)).toBeLessThan(4 * ranking.controls[0]!.se!)
    expect(ranking.scores.find(({ name }) => name === 'c')!.uncontrolled).toBeGreaterThan(-0.4)
  })
})

describe('for all comparisons', () => {
  const rows = fc.array(
    fc.record({
      left: fc.constantFrom('a', 'b', 'c'),
      other: fc.constantFrom(1, 2),
      outcome: fc.constantFrom<Outcome>('left', 'right', 'tie', 'both_bad'),
      item: fc.nat(5),
    }),
    { minLength: 6, maxLength: 40 },
  )
  const built = rows.map((drawn) =>
    drawn.map(({ left, other, outcome, item }) => ({
      left,
      right: 'abc'['abc'.indexOf(left) + other - ('abc'.indexOf(left) + other > 2 ? 3 : 0)]!,
      outcome,
      item,
    })),
  )
  const ties = fc.constantFrom('davidson' as const, 'rao-kupper' as const, 'half' as const)
  const described = (ranking: ReturnType<typeof bradleyTerry>) =>
    ranking.scores === null
      ? []
      : ranking.scores.map(({ name, estimate, se }) => ({ name, estimate, se })).sort((x, y) => (x.name < y.name ? -1 : 1))

  test('strengths are finite with mean 0, or a reason is given', () => {
    fc.assert(
      fc.property(built, ties, fc.boolean(), (comparisons, model, position) => {
        const ranking = bradleyTerry(encodeComparisons(comparisons), { ties: model, position })
        if (ranking.scores === null) return
        expect(ranking.scores.every(({ estimate, se }) => Number.isFinite(estimate) && (se === null || Number.isFinite(se)))).toBe(true)
        expect(ranking.scores.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(0, 8)
      }),
    )
  })

  test('new names and another order change nothing', () => {
    const renamed: Record<string, string> = { a: 'z', b: 'x', c: 'y' }
    fc.assert(
      fc.property(built, ties, (comparisons, model) => {
        const before = described(bradleyTerry(encodeComparisons(comparisons), { ties: model }))
        const other = comparisons.toReversed().map((row) => ({ ...row, left: renamed[row.left]!, right: renamed[row.right]! }))
        const after = described(bradleyTerry(encodeComparisons(other), { ties: model }))
        expect(after).toHaveLength(before.length)
        for (const { name, estimate, se } of before)
          expect(after.find((score) => score.name === renamed[name])).toEqual({ name: renamed[name], ...near({ estimate, se }) })
      }),
    )
  })

  test('sides swapped change nothing but the sign of the position effect', () => {
    const swapped = { left: 'right', right: 'left', tie: 'tie', both_bad: 'both_bad' } as const
    fc.assert(
      fc.property(built, ties, fc.boolean(), (comparisons, model, position) => {
        const options = { ties: model, position }
        const before = bradleyTerry(encodeComparisons(comparisons), options)
        const other = comparisons.map((row) => ({ ...row, left: row.right, right: row.left, outcome: swapped[row.outcome] }))
        const after = bradleyTerry(encodeComparisons(other), options)
        expect(described(after)).toEqual(described(before).map(({ name, ...numbers }) => ({ name, ...near(numbers) })))
        if (before.scores === null || after.scores === null || before.position === null) return
        expect(after.position!.estimate).toBeCloseTo(-before.position.estimate, 6)
      }),
    )
  })
})

function near({ estimate, se }: { estimate: number; se: number | null }) {
  return { estimate: expect.closeTo(estimate, 6) as number, se: se === null ? null : (expect.closeTo(se, 6) as number) }
}

function randomRows(seed: number, count: number): Comparison[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, k) => {
    const [left, right] = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ][k % 3] as [string, string]
    const draw = random.next()
    return { left, right, outcome: draw < 0.45 ? 'left' : draw < 0.8 ? 'right' : 'tie', item: k % 40, rater: k % 7 }
  })
}
