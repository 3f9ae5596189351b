import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRatings, ratingsFromTable, type Rating } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { clusteredSlope } from '../inference/clustered-slope.ts'
import { seededRandom } from '../numeric/random.ts'
import { controlByRater, type PositionByRater } from '../ranking/position-by-rater.ts'
import { type Comparison, encodeComparisons } from '../ranking/comparisons.ts'
import { ratioDifference } from '../ranking/bradley-terry.ts'
import { sigmoid } from '../ranking/outcome-model.ts'
import { anchoring } from './anchoring.ts'
import { centralTendency } from './central-tendency.ts'
import { raterHalo } from './halo.ts'
import { lengthHabit } from './length-habit.ts'
import { raterLeniency } from './leniency.ts'
import { driftPerWeek, fatigueCourse, fatigueTrend } from './trend.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const isIn = (result: { estimate: number | null; low?: number; high?: number }, truth: number) =>
  result.estimate !== null && result.low! <= truth && truth <= result.high!

describe('refuses', () => {
  test.each([
    ['words', () => raterLeniency(ratingsFromTable([['good', 'bad']]))],
    ['words for the middle', () => centralTendency(ratingsFromTable([['good', 'bad']]))],
    ['a value that is not finite', () => raterHalo([{ item: 1, rater: 1, criterion: 1, value: Number.NaN }])],
    ['a time that is not finite', () => fatigueTrend([{ rater: 'a', time: Infinity, value: 1 }])],
    ['a stretch of no length', () => fatigueCourse([], { stretchMinutes: 0 })],
    ['a proportion above 1', () => fatigueCourse([{ rater: 'a', time: 0, value: 2 }], { proportion: true })],
    ['no seconds', () => anchoring([{ item: 1, rater: 1, shown: true, agrees: true, seconds: 0 }])],
    ['an empty output', () => lengthHabit([{ item: 1, rater: 1, value: 1, length: 0 }])],
    ['two lengths of one item', () => lengthHabit([1, 2].map((length) => ({ item: 1, rater: length, value: 1, length })))],
    ['lists of unequal length', () => clusteredSlope([1], [1, 2])],
  ])('%s', (_what, call) => expect(call).toThrow(StatsError))
})

describe('what cannot be said has a reason', () => {
  test('nothing at all', () => {
    expect(raterLeniency(ratingsFromTable([]))).toEqual([])
    expect(raterHalo([])).toEqual([])
    expect(fatigueTrend([])).toMatchObject({ estimate: null, reason: 'no-ratings', sessions: 0 })
    expect(fatigueCourse([])).toEqual([])
    expect(driftPerWeek([])).toMatchObject({ overall: { reason: 'no-ratings' }, raters: [] })
    expect(anchoring([])).toMatchObject({ shift: { reason: 'no-ratings' }, acceptTime: { reason: 'too-few' } })
    expect(lengthHabit([])).toMatchObject({ association: { reason: 'no-ratings' }, raters: [] })
  })
  test('nobody else, no change of time, no spread', () => {
    expect(
      raterLeniency(
        ratingsFromTable([
          [1, null],
          [null, 2],
        ]),
      )[0],
    ).toMatchObject({ leniency: { reason: 'no-pairs' }, shrunk: null })
    expect(fatigueTrend([{ rater: 'a', time: 5, value: 1 }])).toMatchObject({ reason: 'no-variance', sessions: 1 })
    expect(driftPerWeek([{ rater: 'a', time: 5, value: 1 }]).overall).toMatchObject({ reason: 'no-variance' })
    const rows = (items: number) =>
      Array.from({ length: items }, (_, item) => ['x', 'y'].map((criterion) => ({ item, rater: 'a', criterion, value: 1 }))).flat()
    expect(raterHalo(rows(3))[0]!.halo).toMatchObject({ reason: 'too-few' })
    expect(raterHalo(rows(5))[0]!.halo).toMatchObject({ reason: 'no-variance' })
    expect(anchoring([{ item: 1, rater: 'a', shown: true, agrees: true }]).shift).toMatchObject({ reason: 'no-ratings' })
    expect(lengthHabit([{ item: 1, rater: 'a', value: 1, length: 4 }])).toMatchObject({ association: { reason: 'no-variance' } })
  })
})

describe('by hand', () => {
  test('a slope of three points, one cluster left out at a time', () => {
    // Slopes without each of (0, 0), (1, 2), (2, 1): −1, 1/2, 2; around 1/2: V = 2/3 · (9/4 + 0 + 9/4) = 3.
    expect(clusteredSlope([0, 2, 1], [0, 1, 2])).toMatchObject({ estimate: 0.5, se: expect.closeTo(Math.sqrt(3), 10), clusters: 3 })
  })
  test('leniency against the mean of two others', () => {
    // Of rater a: 5 − 3, 4 − 3.
    const [a] = raterLeniency(
      ratingsFromTable([
        [5, 2, 4],
        [4, 3, 3],
      ]),
    )
    expect(a).toMatchObject({ rater: '0', leniency: { estimate: 1.5, se: 0.5, n: 2 } })
  })
  test('the course of two sittings, with a pause between them and an open end', () => {
    const at = (minute: number, value: number) => ({ rater: 'a', time: minute * 60_000, value })
    const course = fatigueCourse([at(20, 0), at(0, 1), at(100, 0.5), at(125, 1), at(150, 0)], { most: 3, proportion: true })
    expect(course).toMatchObject([
      { fromMinutes: 0, toMinutes: 15, value: { estimate: 0.75, n: 2, clusters: 2 } },
      { fromMinutes: 15, toMinutes: 30, value: { estimate: 0.5, n: 2, clusters: 2 } },
      { fromMinutes: 30, toMinutes: null, value: { estimate: 0, n: 1, clusters: 1 } },
    ])
    expect(course[0]!.value).toHaveProperty('low')
    expect(course[2]!.value).not.toHaveProperty('low')
  })
  test('a ratio of times', () => {
    const judgments = [2, 8].flatMap((seconds, k) =>
      ['a', 'b'].map((rater) => ({ item: seconds, rater, shown: true, agrees: k === 0, seconds })),
    )
    expect(anchoring(judgments).acceptTime).toMatchObject({ estimate: expect.closeTo(0.25, 12), n: 2 })
  })
})

describe('in simulation what was put in is found, with intervals that cover it', () => {
  const random = seededRandom(21)
  const clip = (value: number) => Math.min(7, Math.max(1, Math.round(value)))

  test('leniency and central tendency', () => {
    let [covered, kept] = [0, 0]
    const runs = 100
    for (let run = 0; run < runs; run += 1) {
      const rows: Rating[] = Array.from({ length: 60 }, (_, item) => {
        const truth = 4 + 1.5 * random.normal()
        return [
          { item, rater: 'lenient', value: truth + 0.8 + 0.5 * random.normal() },
          { item, rater: 'middle', value: 4 + 0.4 * (truth - 4) + 0.5 * random.normal() },
          { item, rater: 'plain', value: truth + 0.5 * random.normal() },
        ]
      }).flat()
      const lenient = raterLeniency(encodeRatings(rows)).find(({ rater }) => rater === 'lenient')!
      // Against the mean of the two others, who are not lenient.
      if (isIn(lenient.leniency, 0.8)) covered += 1
      const clipped = encodeRatings(
        rows.map((row) => ({ ...row, value: clip(Number(row.value)) })),
        { order: [1, 2, 3, 4, 5, 6, 7] },
      )
      const middle = centralTendency(clipped).find(({ rater }) => rater === 'middle')!
      if (middle.extremeness.estimate !== null && middle.extremeness.high! < 0) kept += 1
    }
    expect(covered / runs).toBeGreaterThan(0.88)
    expect(kept / runs).toBeGreaterThan(0.95)
  })

  test('shrinking: of raters who are all alike, little is left', () => {
    const rows = Array.from({ length: 40 }, (_, item) =>
      [0, 1, 2, 3].map((rater) => ({ item, rater, value: clip(4 + random.normal()) })),
    ).flat()
    for (const { leniency, shrunk } of raterLeniency(encodeRatings(rows)))
      expect(Math.abs(shrunk!)).toBeLessThanOrEqual(Math.abs(leniency.estimate!))
  })

  test('halo', () => {
    const rows = Array.from({ length: 50 }, (_, item) => {
      const [impression, own] = [random.normal(), [random.normal(), random.normal(), random.normal()]]
      return ['tone', 'truth', 'form'].flatMap((criterion, k) => [
        { item, rater: 'halo', criterion, value: 2 * impression + own[k]! },
        { item, rater: 'apart', criterion, value: own[k]! },
      ])
    }).flat()
    const [halo, apart] = raterHalo(rows)
    expect(halo).toMatchObject({ rater: 'halo', halo: { pairs: 3, items: 50 } })
    expect(isIn(halo!.halo, 0.8)).toBe(true)
    expect(isIn(apart!.halo, 0)).toBe(true)
    expect(apart!.halo.estimate !== null && apart!.halo.high! < 0.5).toBe(true)
  })

  test('fatigue within sittings and drift over weeks, each where the other is not', () => {
    const counts = { fatigue: 0, drift: 0 }
    const runs = 60
    for (let run = 0; run < runs; run += 1) {
      const judgments = Array.from({ length: 8 }, (_, r) =>
        Array.from({ length: 12 }, (_day, day) => {
          const mood = 0.3 * random.normal()
          return Array.from({ length: 10 }, (_k, k) => ({
            rater: `r${r}`,
            time: day * 3 * DAY + r * HOUR + k * 10 * 60_000,
            value: r + mood - 0.4 * (k / 6) + 0.2 * ((day * 3) / 7) + 0.5 * random.normal(),
          }))
        }).flat(),
      ).flat()
      const fatigue = fatigueTrend(judgments)
      expect(fatigue.sessions).toBe(96)
      if (isIn(fatigue, -0.4)) counts.fatigue += 1
      if (isIn(driftPerWeek(judgments).overall, 0.2)) counts.drift += 1
    }
    for (const count of Object.values(counts)) expect(count / runs).toBeGreaterThan(0.86)
  })

  test('the course of agreement in sittings that tire', () => {
    const random = seededRandom(22)
    let [covered, all] = [0, 0]
    for (let run = 0; run < 100; run += 1) {
      const judgments = Array.from({ length: 14 }, (_, day) => {
        const mood = 0.2 * (random.next() - 0.5)
        return Array.from({ length: 16 }, (_k, k) => ({
          rater: 'a',
          time: day * DAY + k * 7.5 * 60_000,
          value: random.next() < 0.8 + mood - 0.05 * Math.floor(k / 2) ? 1 : 0,
        }))
      }).flat()
      const course = fatigueCourse(judgments, { proportion: true })
      expect(course.map(({ fromMinutes }) => fromMinutes)).toEqual([0, 15, 30, 45, 60, 75, 90, 105])
      course.forEach(({ value }, at) => (covered += isIn(value, 0.8 - 0.05 * at) ? 1 : 0))
      all += course.length
    }
    expect(covered / all).toBeGreaterThan(0.92)
    expect(covered / all).toBeLessThan(0.985)
  })

  test('anchoring', () => {
    let covered = 0
    const runs = 100
    for (let run = 0; run < runs; run += 1) {
      const judgments = Array.from({ length: 80 }, (_, item) => {
        const right = 0.5 + 0.3 * random.next()
        return [0, 1, 2, 3].map((rater) => {
          const shown = rater % 2 === 0
          return { item, rater, shown, agrees: random.next() < right + (shown ? 0.15 : 0) }
        })
      }).flat()
      if (isIn(anchoring(judgments).shift, 0.15)) covered += 1
    }
    expect(covered / runs).toBeGreaterThan(0.88)
  })

  test('who likes length, in ratings and in comparisons', () => {
    const ratings = Array.from({ length: 80 }, (_, item) => {
      const length = 50 * 2 ** (4 * random.next())
      const quality = random.normal() + 0.3 * Math.log2(length)
      return ['fond', 'plain', 'other'].map((rater) => ({
        item,
        rater,
        length,
        value: quality + (rater === 'fond' ? 0.5 * Math.log2(length) : 0) + 0.5 * random.normal(),
      }))
    }).flat()
    const { association, raters } = lengthHabit(ratings)
    expect(association.estimate !== null && association.low! > 0).toBe(true)
    const [fond, plain, other] = raters
    expect(isIn(fond!.habit, 0.5)).toBe(true)
    // Each of the two is compared with a mean of which the fond one is half.
    for (const one of [plain, other]) expect(isIn(one!.habit, -0.25)).toBe(true)

    const [left, right]: [number[], number[]] = [[], []]
    const rows = Array.from({ length: 3000 }, (_, k): Comparison => {
      const rater = k % 4
      left.push(100 + 400 * random.next())
      right.push(100 + 400 * random.next())
      const ratio = (left[k]! - right[k]!) / (left[k]! + right[k]!)
      return { left: 'a', right: 'b', rater, outcome: random.next() < sigmoid(0.2 + (rater === 0 ? 4 : 0) * ratio) ? 'left' : 'right' }
    })
    const found = controlByRater(encodeComparisons(rows), ratioDifference(left, right)) as PositionByRater
    expect(found.raters.find(({ rater }) => rater === '0')!.low).toBeGreaterThan(0.5)
    for (const one of found.raters.filter(({ rater }) => rater !== '0')) expect(Math.abs(one.estimate)).toBeLessThan(0.4)
  })
})

describe('for all data', () => {
  const number = fc.integer({ min: -50, max: 50 })
  const rows = fc.array(fc.record({ item: fc.nat(6), rater: fc.nat(3), value: number }), { minLength: 1, maxLength: 40 })
  test('a slope scales with y and against x, and is that of the whole where groups are one', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ x: number, y: number, cluster: fc.nat(5) }), { minLength: 1 }), (some) => {
        const [x, y, clusters] = [some.map((row) => row.x), some.map((row) => row.y), some.map((row) => row.cluster)]
        const slope = clusteredSlope(y, x, { clusters })
        const scaled = clusteredSlope(
          y.map((value) => 3 * value + 1),
          x.map((value) => 2 * value - 7),
          { clusters },
        )
        expect(scaled.estimate === null).toBe(slope.estimate === null)
        if (slope.estimate === null || scaled.estimate === null) return
        expect(scaled.estimate).toBeCloseTo(1.5 * slope.estimate, 8)
        if (slope.se !== null && scaled.se !== null) expect(scaled.se).toBeCloseTo(1.5 * slope.se, 7)
        expect(clusteredSlope(y, x, { within: x.map(() => 'all') }).estimate).toBeCloseTo(slope.estimate, 9)
        const naive = () => {
          const [mx, my] = [x, y].map((list) => list.reduce((a, b) => a + b, 0) / list.length) as [number, number]
          return x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) / x.reduce((sum, value) => sum + (value - mx) ** 2, 0)
        }
        expect(slope.estimate).toBeCloseTo(naive(), 8)
      }),
    ))
  test('the course of sittings holds every judgment once and does not care for order', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ rater: fc.constantFrom('a', 'b'), time: fc.nat(40_000_000), value: number })), (some) => {
        const course = fatigueCourse(some)
        expect(course.reduce((sum, { value }) => sum + (value.n ?? 0), 0)).toBe(some.length)
        expect(course.reduce((sum, { value }) => sum + (value.n ?? 0) * value.estimate!, 0)).toBeCloseTo(
          some.reduce((sum, { value }) => sum + value, 0),
          8,
        )
        expect(fatigueCourse(some.toReversed()).map(({ value }) => value.n)).toEqual(course.map(({ value }) => value.n))
      }),
    ))
  test('leniency of two raters is opposite, moves with the scale, and does not care for order', () =>
    fc.assert(
      fc.property(rows, (some) => {
        const one = raterLeniency(encodeRatings(some))
        const turned = raterLeniency(encodeRatings(some.toReversed().map((row) => ({ ...row, value: 2 * row.value + 5 }))))
        for (const { rater, leniency } of one) {
          const other = turned.find((entry) => entry.rater === rater)!
          if (leniency.estimate === null) expect(other.leniency.estimate).toBeNull()
          else expect(other.leniency.estimate).toBeCloseTo(2 * leniency.estimate, 8)
        }
        const two = raterLeniency(encodeRatings(some.filter(({ rater }) => rater < 2)))
        if (two.length === 2 && two[0]!.leniency.estimate !== null)
          expect(two[0]!.leniency.estimate).toBeCloseTo(-two[1]!.leniency.estimate!, 8)
      }),
    ))
  test('halo lies in −1..1 and is that of the ratings on any scale', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ item: fc.nat(7), criterion: fc.nat(2), value: number }), { maxLength: 40 }), (some) => {
        const ratings = some.map((row) => ({ ...row, rater: 'a' }))
        const [one] = raterHalo(ratings)
        const [scaled] = raterHalo(ratings.map((row) => ({ ...row, value: 10 * row.value + 3 })))
        if (one === undefined || one.halo.estimate === null) return
        expect(Math.abs(one.halo.estimate)).toBeLessThanOrEqual(1)
        expect(scaled!.halo.estimate).toBeCloseTo(one.halo.estimate, 8)
        if (one.halo.low !== undefined)
          expect(one.halo.low <= one.halo.estimate + 1e-9 && one.halo.high! >= one.halo.estimate - 1e-9).toBe(true)
      }),
    ))
  test('the shift of anchoring changes sign when shown and hidden change places', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ item: fc.nat(5), rater: fc.nat(2), shown: fc.boolean(), agrees: fc.boolean() })), (some) => {
        const one = anchoring(some).shift
        const two = anchoring(some.map((row) => ({ ...row, shown: !row.shown }))).shift
        if (one.estimate === null) expect(two.estimate).toBeNull()
        else expect(two.estimate).toBeCloseTo(-one.estimate, 12)
      }),
    ))
})
