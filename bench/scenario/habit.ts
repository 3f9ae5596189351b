import {
  anchoring,
  driftPerWeek,
  encodeRatings,
  fatigueCourse,
  fatigueTrend,
  lengthHabit,
  raterHalo,
  raterLeniency,
  seededRandom,
  type PrelabelledJudgment,
  type Random,
} from '@plaudit/stats'
import { limitsOf, type Scenario } from './scenario.ts'

const HOUR = 3_600_000
const WEEK = 168 * HOUR
/** The first is lenient; the five others lie at −0.1 on average. */
const leniencies = [0.6, -0.3, -0.1, 0, 0.1, -0.2]

function prelabelled(random: Random, items: number): PrelabelledJudgment[] {
  return Array.from({ length: items }, (_, item) => {
    const ease = random.normal()
    return ['a', 'b', 'c', 'd'].map((rater) => {
      const shown = random.next() < 0.5
      return { item, rater, shown, agrees: random.next() < 1 / (1 + Math.exp(-(0.4 + ease + (shown ? 0.8 : 0)))) }
    })
  }).flat()
}

export const habitScenarios: Scenario[] = [
  ...[30, 120].map((items): Scenario => ({
    statistic: 'raterLeniency',
    design: `one of 6 raters, ${items} items rated by 3 of them each`,
    truth: () => 0.7,
    draw: (random) => {
      const rows = Array.from({ length: items }, (_, item) => {
        const quality = random.normal()
        const order = leniencies.map((_leniency, rater) => ({ rater, at: random.next() })).sort((a, b) => a.at - b.at)
        return order.slice(0, 3).map(({ rater }) => ({ item, rater, value: quality + leniencies[rater]! + 0.7 * random.normal() }))
      })
      return raterLeniency(encodeRatings(rows.flat())).find(({ rater }) => rater === '0')?.leniency ?? null
    },
  })),
  ...[20, 80].map((items): Scenario => ({
    statistic: 'raterHalo',
    design: `${items} items on 3 criteria of correlation 0.5`,
    truth: () => 0.5,
    draw: (random) => {
      const rows = Array.from({ length: items }, (_, item) => {
        const impression = random.normal()
        return ['tone', 'truth', 'style'].map((criterion) => ({ item, rater: 'a', criterion, value: impression + random.normal() }))
      })
      return raterHalo(rows.flat())[0]?.halo ?? null
    },
  })),
  ...[8, 25].map((raters): Scenario => ({
    statistic: 'driftPerWeek',
    design: `${raters} raters × 60 judgments over 8 weeks, each drifting in their own way`,
    truth: () => 0.1,
    draw: (random) => {
      const rows = Array.from({ length: raters }, (_, r) => {
        const [level, slope] = [random.normal(), 0.1 + 0.05 * random.normal()]
        return Array.from({ length: 60 }, () => {
          const week = 8 * random.next()
          return { rater: `r${r}`, time: week * WEEK, value: level + slope * week + random.normal() }
        })
      })
      return driftPerWeek(rows.flat()).overall
    },
  })),
  ...[8, 25].map((raters): Scenario => ({
    statistic: 'fatigueTrend',
    design: `${raters} raters × 6 sittings of 20 judgments in two hours, each tiring in their own way`,
    truth: () => -0.2,
    draw: (random) => {
      const rows = Array.from({ length: raters }, (_, r) => {
        const slope = -0.2 + 0.15 * random.normal()
        return Array.from({ length: 120 }, (_judgment, k) => {
          const [sitting, hour] = [Math.floor(k / 20), (k % 20) / 10]
          return { rater: `r${r}`, time: sitting * 24 * HOUR + hour * HOUR, value: slope * hour + random.normal() }
        })
      })
      return fatigueTrend(rows.flat())
    },
  })),
  ...[10, 40].map((sittings): Scenario => ({
    statistic: 'fatigueCourse',
    design: `${sittings} sittings of 24 judgments in two hours, each with a mood of its own: share of 70 to 80 % that agrees from 60 to 75 minutes`,
    // A share between two others, as the interval's coverage jumps from one count to the next: it is part of the draw.
    truth: () => 0,
    draw: (random) => {
      const share = 0.7 + 0.1 * random.next()
      const rows = Array.from({ length: sittings }, (_, day) => {
        const mood = 0.2 * (random.next() - 0.5)
        return Array.from({ length: 24 }, (_judgment, k) => ({
          rater: 'a',
          time: day * 24 * HOUR + (k * HOUR) / 12,
          value: random.next() < share + 0.2 - 0.05 * Math.floor(k / 3) + mood / 2 ? 1 : 0,
        }))
      })
      const found = limitsOf(fatigueCourse(rows.flat(), { proportion: true })[4]!.value)
      return found && { low: found.low - share, high: found.high - share }
    },
  })),
  ...[40, 150].map((items): Scenario => ({
    statistic: 'anchoring',
    design: `${items} items × 4 raters, who see the prelabel by chance: shift`,
    truth: () => anchoring(prelabelled(seededRandom(3), 300_000)).shift.estimate ?? Number.NaN,
    draw: (random) => anchoring(prelabelled(random, items)).shift,
  })),
  ...[30, 120].map((items): Scenario => ({
    statistic: 'lengthHabit',
    design: `${items} items × 3 raters, lengths over three doublings: association`,
    truth: () => 0.3,
    draw: (random) => {
      const rows = Array.from({ length: items }, (_, item) => {
        const [doublings, quality] = [3 * random.next(), random.normal()]
        return ['a', 'b', 'c'].map((rater) => ({
          item,
          rater,
          length: 100 * 2 ** doublings,
          value: 0.3 * doublings + quality + random.normal(),
        }))
      })
      return lengthHabit(rows.flat()).association
    },
  })),
]
