import {
  bradleyTerry,
  seededRandom,
  strengthDifference,
  type ClusterName,
  type Comparisons,
  type Effect,
  type Random,
} from '@plaudit/stats'
import type { Scenario } from './scenario.ts'

/** How votes come about: systems of the strengths given on items that favour some of them, judged by raters with a taste of their own. */
interface Contest {
  strengths: readonly number[]
  items: number
  votesPerItem: number
  raters: number
  /** Standard deviations of what items and raters add to each system, in log-odds, and the share of ties. */
  itemEffect: number
  raterEffect: number
  ties: number
  /** Log-odds that the left side gains. */
  position: number
}

function hold(random: Random, contest: Contest, items = contest.items, raters = contest.raters): Comparisons {
  const { strengths, votesPerItem, itemEffect, raterEffect, ties, position } = contest
  const S = strengths.length
  const n = items * votesPerItem
  const taste = Float64Array.from({ length: raters * S }, () => raterEffect * random.normal())
  const own = new Float64Array(S)
  const [left, right, item, rater, outcomes] = [
    new Int32Array(n),
    new Int32Array(n),
    new Int32Array(n),
    new Int32Array(n),
    new Uint8Array(n),
  ]
  for (let i = 0, j = 0; i < items; i += 1) {
    for (let s = 0; s < S; s += 1) own[s] = strengths[s]! + itemEffect * random.normal()
    // All votes of an item compare the same two outputs, now on this side, now on that.
    const first = random.int(S)
    const second = (first + 1 + random.int(S - 1)) % S
    for (let v = 0; v < votesPerItem; v += 1, j += 1) {
      const [l, r] = random.next() < 0.5 ? [first, second] : [second, first]
      const by = random.int(raters)
      const lead = own[l]! + taste[by * S + l]! - own[r]! - taste[by * S + r]! + position
      left[j] = l
      right[j] = r
      item[j] = i
      rater[j] = by
      outcomes[j] = random.next() < ties ? 2 : random.next() < 1 / (1 + Math.exp(-lead)) ? 0 : 1
    }
  }
  const names = (prefix: string, count: number) => Array.from({ length: count }, (_, k) => `${prefix}${k}`)
  return {
    left,
    right,
    outcomes,
    items: item,
    raters: rater,
    names: names('s', S),
    itemNames: names('i', items),
    raterNames: names('r', raters),
    rows: left.map((_, k) => k),
  }
}

const strengths = [0.8, 0.4, 0.1, -0.3, -1]
const byItem: Contest = { strengths, items: 100, votesPerItem: 5, raters: 20, itemEffect: 0.8, raterEffect: 0, ties: 0.15, position: 0 }
const both: Contest = { ...byItem, votesPerItem: 4, raterEffect: 0.5 }
const describe = ({ items, votesPerItem, raters, raterEffect }: Contest) =>
  `5 systems, ${items} items × ${votesPerItem} votes${raterEffect > 0 ? ` by ${raters} raters with a taste` : ''}, 15 % ties`
/** Of so many items and raters that their effects average out. */
const population = (contest: Contest, of: (comparisons: Comparisons) => number | null | undefined) => {
  // The same for all scenarios of a contest, hence a seed of its own.
  return () => of(hold(seededRandom(3), contest, 400_000, 20_000)) ?? Number.NaN
}
const half = { ties: 'half' } as const

export const rankingScenarios: Scenario[] = [
  ...[30, 60, 100, 400].flatMap((items): Scenario[] => {
    const contest = { ...byItem, items }
    return [
      {
        statistic: 'bradleyTerry',
        design: `${describe(contest)}, clustered by item: strength of the second`,
        truth: population(byItem, (c) => bradleyTerry(c, { cluster: [] }).scores?.find(({ name }) => name === 's1')?.estimate),
        draw: (random) => bradleyTerry(hold(random, contest)).scores?.find(({ name }) => name === 's1') ?? null,
      },
      {
        statistic: 'strengthDifference',
        design: `${describe(contest)}, clustered by item`,
        truth: population(byItem, (c) => strengthDifference(c, 's0', 's3', { cluster: [], ...half }).estimate),
        draw: (random) => strengthDifference(hold(random, contest), 's0', 's3', half),
      },
    ]
  }),
  ...(
    [
      [100, 10],
      [100, 20],
      [300, 40],
    ] as const
  ).map(([items, raters]): Scenario => {
    const contest = { ...both, items, raters }
    return {
      statistic: 'strengthDifference',
      design: `${describe(contest)}, clustered by item and rater`,
      truth: population(both, (c) => strengthDifference(c, 's0', 's3', { cluster: [], ...half }).estimate),
      draw: (random) => strengthDifference(hold(random, contest), 's0', 's3', { ...half, cluster: ['item', 'rater'] }),
    }
  }),
  ...[100, 400].map((items): Scenario => {
    const contest = { ...byItem, items, position: 0.3 }
    return {
      statistic: 'bradleyTerry',
      design: `${describe(contest)}, clustered by item: effect of the left side`,
      truth: population(contest, (c) => positionOf(c, [])?.estimate),
      draw: (random) => positionOf(hold(random, contest), ['item']),
    }
  }),
]

function positionOf(comparisons: Comparisons, cluster: ClusterName[]): Effect | null {
  const ranking = bradleyTerry(comparisons, { position: true, cluster })
  return ranking.scores === null ? null : ranking.position
}
