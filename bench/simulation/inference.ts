// Coverage of the 95 % intervals of means and proportions on clustered data. Run: node --conditions=source bench/simulation/inference.ts [replicates]
import {
  anytimeInterval,
  bettingInterval,
  clusteredDifference,
  clusteredMean,
  clusteredProportion,
  clusteredProportionDifference,
} from '@plaudit/stats'
import { seededRandom, twoWayClusteredMean, type ClusterSums, type Estimate } from '@plaudit/stats'

const replicates = Number(process.argv[2] ?? 2000)
const random = seededRandom(11)
/** Cluster sizes from 1 to about 12, most of them small. */
const unequal = () => 1 + Math.floor(Math.exp(0.8 * random.normal() + 0.8))
const equal = () => 4

function draw(clusters: number, size: () => number, value: (effect: number) => number): ClusterSums {
  const sums: number[] = []
  const sizes: number[] = []
  for (let g = 0; g < clusters; g += 1) {
    const effect = random.normal()
    const n = size()
    sums.push(Array.from({ length: n }, () => value(effect)).reduce((a, b) => a + b, 0))
    sizes.push(n)
  }
  return { sums, sizes }
}
const normal = (effect: number) => effect + random.normal()
/** A proportion with mean 0.1587 at threshold −1 and correlation about 0.4. */
const rare = (effect: number) => (0.7071 * (effect + random.normal()) < -1 ? 1 : 0)
const even = (effect: number) => (effect + random.normal() < 0 ? 1 : 0)

function coverage(name: string, truth: number, result: () => Estimate): void {
  let covered = 0
  let width = 0
  for (let r = 0; r < replicates; r += 1) {
    const e = result()
    if (e.estimate === null || e.low === undefined || e.high === undefined) continue
    if (e.low <= truth && truth <= e.high) covered += 1
    width += (e.high - e.low) / replicates
  }
  console.log(`${name.padEnd(64)} ${((100 * covered) / replicates).toFixed(1).padStart(5)} %   width ${width.toFixed(3)}`)
}

console.log(
  `Coverage of 95 % intervals, ${replicates} replicates (standard error ${(100 * Math.sqrt((0.05 * 0.95) / replicates)).toFixed(1)} points)`,
)
for (const G of [10, 30, 200]) {
  for (const [label, size] of [
    ['equal', equal],
    ['unequal', unequal],
  ] as const) {
    for (const variance of ['CR1', 'CR3'] as const)
      coverage(`mean, ${G} ${label} clusters, ${variance}`, 0, () => clusteredMean(draw(G, size, normal), { variance }))
    coverage(`proportion 0.5, ${G} ${label} clusters`, 0.5, () => clusteredProportion(draw(G, size, even)))
    coverage(`proportion 0.16, ${G} ${label} clusters`, 0.15865525, () => clusteredProportion(draw(G, size, rare)))
    coverage(`difference of means, ${G} + ${G} ${label} clusters`, 0, () =>
      clusteredDifference(draw(G, size, normal), draw(G, size, normal)),
    )
    coverage(`difference of proportions, ${G} + ${G} ${label} clusters`, 0.15865525 - 0.5, () =>
      clusteredProportionDifference(draw(G, size, rare), draw(G, size, even)),
    )
    coverage(`difference of proportions, ${G} shared ${label} clusters`, 0.15865525 - 0.5, () => {
      const pairs = Array.from({ length: G }, () => {
        const effect = random.normal()
        const n = size()
        const count = (value: (effect: number) => number) => Array.from({ length: n }, () => value(effect)).reduce((a, b) => a + b, 0)
        return { n, a: count(rare), b: count(even) }
      })
      const sizes = pairs.map((p) => p.n)
      return clusteredProportionDifference({ sums: pairs.map((p) => p.a), sizes }, { sums: pairs.map((p) => p.b), sizes }, { shared: true })
    })
  }
}
for (const [I, J] of [
  [20, 20],
  [100, 30],
] as const)
  coverage(`mean over ${I} items × ${J} raters, two-way`, 0, () => {
    const items = Array.from({ length: I }, () => random.normal())
    const raters = Array.from({ length: J }, () => random.normal())
    const rows = items.flatMap((item, i) =>
      raters.flatMap((rater, j) => (random.next() < 0.2 ? [{ i, j, y: item + rater + random.normal() }] : [])),
    )
    return twoWayClusteredMean(
      rows.map((r) => r.y),
      rows.map((r) => r.i),
      rows.map((r) => r.j),
    )
  })

/** Share of runs in which the interval holds the truth at every look. */
function coverageAlways(name: string, run: () => boolean, runs: number): void {
  let held = 0
  for (let r = 0; r < runs; r += 1) if (run()) held += 1
  console.log(`${name.padEnd(64)} ${((100 * held) / runs).toFixed(1).padStart(5)} %`)
}
const runs = Math.ceil(replicates / 4)
coverageAlways('mean at every look from 50 to 2000 clusters: fixed interval', () => alwaysCovers((r) => r), runs)
coverageAlways('mean at every look from 50 to 2000 clusters: anytime-valid', () => alwaysCovers(anytimeInterval), runs)
coverageAlways(
  'mean of 0..1 at every 20th look up to 1000: betting',
  () => {
    const values = Array.from({ length: 1000 }, () => (random.next() < 0.2 ? 1 : 0))
    for (let n = 1; n <= 1000; n += 20) {
      const e = bettingInterval(values.slice(0, n))
      if (e.estimate === null || e.low! > 0.2 || e.high! < 0.2) return false
    }
    return true
  },
  Math.ceil(runs / 4),
)

function alwaysCovers(interval: (result: ReturnType<typeof clusteredMean>) => Estimate): boolean {
  const sums = { sums: [] as number[], sizes: [] as number[] }
  for (let g = 0; g < 2000; g += 1) {
    const effect = random.normal()
    const n = unequal()
    sums.sums.push(Array.from({ length: n }, () => normal(effect)).reduce((a, b) => a + b, 0))
    sums.sizes.push(n)
    if (g < 50 || g % 25 > 0) continue
    const e = interval(clusteredMean(sums))
    if (e.estimate === null || e.low! > 0 || e.high! < 0) return false
  }
  return true
}
