import {
  anytimeInterval,
  bettingInterval,
  clusteredDifference,
  clusteredMean,
  clusteredProportion,
  clusteredProportionDifference,
  normalCdf,
  twoWayClusteredMean,
  wilsonInterval,
  type ClusterSums,
  type Random,
} from '@plaudit/stats'
import { type Drawn, limitsOf, type Scenario } from './scenario.ts'

/** Cluster sizes from 1 to about 12, most of them small. */
const unequal = (random: Random) => 1 + Math.floor(Math.exp(0.8 * random.normal() + 0.8))
/** Values with a correlation of 0.5 inside a cluster: a mean of 0, a share of a half, and one of a sixth. */
const normal = (random: Random, effect: number) => effect + random.normal()
const even = (random: Random, effect: number) => (effect + random.normal() < 0 ? 1 : 0)
const rare = (random: Random, effect: number) => (effect + random.normal() < -Math.SQRT2 ? 1 : 0)
const rareShare = normalCdf(-1)

type Value = (random: Random, effect: number) => number

function draw(random: Random, clusters: number, value: Value): ClusterSums {
  const [sums, sizes] = [new Float64Array(clusters), new Float64Array(clusters)]
  for (let g = 0; g < clusters; g += 1) addCluster(random, random.normal(), unequal(random), value, g, sums, sizes)
  return { sums, sizes }
}

function addCluster(random: Random, effect: number, n: number, value: Value, g: number, sums: Float64Array, sizes: Float64Array): void {
  for (let j = 0; j < n; j += 1) sums[g]! += value(random, effect)
  sizes[g] = n
}

/** Both sides on the same clusters. */
function drawShared(random: Random, clusters: number, one: Value, other: Value): [ClusterSums, ClusterSums] {
  const sides = [0, 1].map(() => ({ sums: new Float64Array(clusters), sizes: new Float64Array(clusters) }))
  for (let g = 0; g < clusters; g += 1) {
    const effect = random.normal()
    const n = unequal(random)
    addCluster(random, effect, n, one, g, sides[0]!.sums, sides[0]!.sizes)
    addCluster(random, effect, n, other, g, sides[1]!.sums, sides[1]!.sizes)
  }
  return [sides[0]!, sides[1]!]
}

export const inferenceScenarios: Scenario[] = [
  ...(
    [
      [0.3, 20],
      [0.3, 100],
      [0.05, 100],
      [0.05, 400],
    ] as const
  ).map(([p, n]): Scenario => ({
    statistic: 'wilsonInterval',
    design: `${n} independent trials of chance ${(p - 0.02).toFixed(2)} to ${(p + 0.02).toFixed(2)}`,
    // A share between two others, as the interval's coverage jumps from one count to the next: the chance is part of the draw.
    truth: () => 0,
    draw: (random) => {
      const chance = p - 0.02 + 0.04 * random.next()
      let hits = 0
      for (let i = 0; i < n; i += 1) if (random.next() < chance) hits += 1
      const { low, high } = wilsonInterval(hits, n) as { low: number; high: number }
      return { low: low - chance, high: high - chance }
    },
  })),
  ...[10, 30, 200].flatMap((G): Scenario[] => [
    {
      statistic: 'clusteredMean',
      design: `${G} clusters of 1 to 12`,
      truth: () => 0,
      draw: (random) => clusteredMean(draw(random, G, normal)),
    },
    {
      statistic: 'clusteredProportion',
      design: `${G} clusters of 1 to 12, a half`,
      truth: () => 0.5,
      draw: (random) => clusteredProportion(draw(random, G, even)),
    },
    {
      statistic: 'clusteredProportion',
      design: `${G} clusters of 1 to 12, a sixth`,
      truth: () => rareShare,
      draw: (random) => clusteredProportion(draw(random, G, rare)),
    },
    {
      statistic: 'clusteredDifference',
      design: `${G} + ${G} clusters of 1 to 12`,
      truth: () => 0,
      draw: (random) => clusteredDifference(draw(random, G, normal), draw(random, G, normal)),
    },
    {
      statistic: 'clusteredDifference',
      design: `${G} shared clusters of 1 to 12`,
      truth: () => 0,
      draw: (random) => clusteredDifference(...drawShared(random, G, normal, normal), { shared: true }),
    },
    {
      statistic: 'clusteredProportionDifference',
      design: `${G} + ${G} clusters of 1 to 12, a sixth against a half`,
      truth: () => rareShare - 0.5,
      draw: (random) => clusteredProportionDifference(draw(random, G, rare), draw(random, G, even)),
    },
    {
      statistic: 'clusteredProportionDifference',
      design: `${G} shared clusters of 1 to 12, a sixth against a half`,
      truth: () => rareShare - 0.5,
      draw: (random) => clusteredProportionDifference(...drawShared(random, G, rare, even), { shared: true }),
    },
  ]),
  ...(
    [
      [20, 10],
      [20, 20],
      [100, 30],
    ] as const
  ).map(([I, J]): Scenario => ({
    statistic: 'twoWayClusteredMean',
    design: `${I} items × ${J} raters, a fifth of the cells`,
    truth: () => 0,
    draw: (random) => {
      const [items, raters] = [I, J].map((count) => Float64Array.from({ length: count }, () => random.normal())) as [
        Float64Array,
        Float64Array,
      ]
      const [y, i, j]: [number[], number[], number[]] = [[], [], []]
      for (let a = 0; a < I; a += 1) {
        for (let b = 0; b < J; b += 1) {
          if (random.next() >= 0.2) continue
          y.push(items[a]! + raters[b]! + random.normal())
          i.push(a)
          j.push(b)
        }
      }
      return twoWayClusteredMean(y, i, j)
    },
  })),
  {
    statistic: 'anytimeInterval',
    design: 'mean of clusters of 1 to 12, looked at 79 times from 50 to 2,000 clusters',
    truth: () => 0,
    atLeast: true,
    draw: (random) => {
      const { sums, sizes } = draw(random, 2000, normal)
      return everyLook(50, 2000, 25, (g) =>
        anytimeInterval(clusteredMean({ sums: Array.from(sums).slice(0, g), sizes: Array.from(sizes).slice(0, g) })),
      )
    },
  },
  {
    statistic: 'bettingInterval',
    design: 'chance of 0.2, looked at 50 times up to 1,000 values',
    truth: () => 0.2,
    atLeast: true,
    draw: (random) => {
      const values = Array.from({ length: 1000 }, () => (random.next() < 0.2 ? 1 : 0))
      return everyLook(20, 1000, 20, (n) => bettingInterval(values.slice(0, n)))
    },
  },
]

/** What all looks together leave: the truth is held by it only if every look holds it. */
function everyLook(from: number, to: number, step: number, look: (n: number) => Drawn): { low: number; high: number } {
  let [low, high] = [-Infinity, Infinity]
  for (let n = from; n <= to; n += step) {
    const found = limitsOf(look(n))
    low = Math.max(low, found?.low ?? -Infinity)
    high = Math.min(high, found?.high ?? Infinity)
  }
  return { low, high }
}
