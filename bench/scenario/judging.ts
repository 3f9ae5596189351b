import {
  crowdBradleyTerry,
  encodeComparisons,
  encodeRankings,
  encodeRatings,
  manyFacetRasch,
  plackettLuce,
  positionByRater,
  seededRandom,
  type Comparison,
  type Random,
  type Ratings,
} from '@plaudit/stats'
import type { Scenario } from './scenario.ts'

/** A five-point scale with steps at −1.5, −0.5, 0.5 and 1.5 logits, rated as the rating-scale model has it. */
function rateByModel(random: Random, items: number, perItem: number, severities: readonly number[]): Ratings {
  const steps = [-1.5, -0.5, 0.5, 1.5]
  const rows = Array.from({ length: items }, (_, item) => {
    const quality = random.normal()
    const order = severities.map((_, rater) => ({ rater, at: random.next() })).sort((a, b) => a.at - b.at)
    return order.slice(0, perItem).map(({ rater }) => {
      const weights = [1]
      let log = 0
      for (const step of steps) weights.push(Math.exp((log += quality - severities[rater]! - step)))
      let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
      let value = 0
      while (value < 4 && left >= weights[value]!) left -= weights[value++]!
      return { item, rater, value }
    })
  })
  return encodeRatings(rows.flat(), { order: [0, 1, 2, 3, 4] })
}

const severities = [0.8, 0.3, 0, -0.2, -0.4, -0.5]

/** Rankings of four systems out of six by choice after choice, where items favour some systems. */
function rankByModel(random: Random, items: number, perItem: number) {
  const strengths = [0.8, 0.4, 0.1, -0.1, -0.4, -0.8]
  const rows = Array.from({ length: items }, (_, item) => {
    // Gumbel noise makes choices of Plackett and Luce; what an item adds is the same for all its rankings.
    const own = strengths.map((strength) => strength + 0.7 * random.normal())
    const shown = strengths.map((_, s) => ({ s, at: random.next() })).sort((a, b) => a.at - b.at)
    return Array.from({ length: perItem }, () => {
      const places = shown.slice(0, 4).map(({ s }) => ({ s, luck: own[s]! - Math.log(-Math.log(random.next())) }))
      return { item, ranking: places.sort((a, b) => b.luck - a.luck).map(({ s }) => `s${s}`) }
    })
  })
  return encodeRankings(rows.flat())
}

const close = [0.7, 0.2, -0.2, -0.7]
const far = [2.5, 0.8, -0.8, -2.5]

function compareByModel(
  random: Random,
  strengths: readonly number[],
  perRater: number,
  raters: readonly { quality: number; lean: number }[],
) {
  const rows = raters.flatMap(({ quality, lean }, rater) =>
    Array.from({ length: perRater }, (): Comparison => {
      const left = random.int(4)
      const right = (left + 1 + random.int(3)) % 4
      const isRight = random.next() < quality
      const chance = 1 / (1 + Math.exp(-(strengths[left]! - strengths[right]! + lean)))
      return { left: `s${left}`, right: `s${right}`, rater, outcome: random.next() < chance === isRight ? 'left' : 'right' }
    }),
  )
  return encodeComparisons(rows)
}

export const judgingScenarios: Scenario[] = [
  ...[40, 150].map((items): Scenario => ({
    statistic: 'manyFacetRasch',
    design: `severity of one of 6 raters, ${items} items rated by 3 of them each on 5 points`,
    truth: () => severities[0]!,
    draw: (random) => manyFacetRasch(rateByModel(random, items, 3, severities)).raters?.find(({ rater }) => rater === '0') ?? null,
  })),
  ...[40, 150].map((items): Scenario => ({
    statistic: 'plackettLuce',
    design: `6 systems, ${items} items × 3 rankings of four, clustered by item: strength of the first`,
    truth: () => strengthOf(plackettLuce(rankByModel(seededRandom(3), 60_000, 3), { cluster: [] }))?.estimate ?? Number.NaN,
    draw: (random) => strengthOf(plackettLuce(rankByModel(random, items, 3))),
  })),
  ...(
    [
      [close, 'close', 60],
      [far, 'far apart', 60],
      [far, 'far apart', 200],
    ] as const
  ).map(([strengths, spread, perRater]): Scenario => ({
    statistic: 'crowdBradleyTerry',
    design: `4 systems ${spread}, ${perRater} comparisons by each of 20 raters, a fifth of whom guess: strength of the first`,
    truth: () => strengths[0]!,
    draw: (random) => {
      const raters = Array.from({ length: 20 }, (_, r) => ({ quality: r < 4 ? 0.5 : 0.95, lean: 0 }))
      return strengthOf(crowdBradleyTerry(compareByModel(random, strengths, perRater, raters)))
    },
  })),
  ...[30, 100].map((perRater): Scenario => ({
    statistic: 'positionByRater',
    design: `${perRater} comparisons by each of 15 raters whose preferences for the left are drawn anew: one of them`,
    truth: () => 0,
    draw: (random) => {
      const raters = Array.from({ length: 15 }, () => ({ quality: 1, lean: 0.2 + 0.5 * random.normal() }))
      const found = positionByRater(compareByModel(random, close, perRater, raters))
      const one = found.raters?.find(({ rater }) => rater === '0')
      return one === undefined ? null : { low: one.low - raters[0]!.lean, high: one.high - raters[0]!.lean }
    },
  })),
]

function strengthOf<S extends { name: string }>(ranking: { scores: S[] | null }): S | null {
  return ranking.scores?.find(({ name }) => name === 's0') ?? null
}
