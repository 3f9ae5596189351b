import {
  hajekMean,
  hajekMeanOfMoments,
  horvitzThompsonMean,
  postStratifiedMean,
  postStratifiedMeanOfMoments,
  predictionPoweredMean,
  type Random,
  weightedMomentsOf,
} from '@plaudit/stats'
import type { Scenario } from './scenario.ts'

/** Traffic of three kinds: how common each is, its mean quality, and how often a plan draws it. */
const kinds = [
  { share: 0.6, mean: 1, rate: 0.02 },
  { share: 0.3, mean: 0.3, rate: 0.1 },
  { share: 0.1, mean: -0.8, rate: 0.5 },
]
const truth = kinds.reduce((sum, { share, mean }) => sum + share * mean, 0)
const kindOf = (u: number) => (u < 0.6 ? 0 : u < 0.9 ? 1 : 2)

/** One judgment of each unit of some traffic that a plan draws, with the weight of its kind. */
function drawUnits(random: Random, traffic: number) {
  const drawn = { values: [] as number[], weights: [] as number[] }
  for (let unit = 0; unit < traffic; unit += 1) {
    const { mean, rate } = kinds[kindOf(random.next())]!
    if (random.next() >= rate) continue
    drawn.values.push(mean + random.normal())
    drawn.weights.push(1 / rate)
  }
  return drawn
}

/** Judgments of the units of some traffic that a plan draws: three of each unit, which go together. */
function drawByPlan(random: Random, traffic: number) {
  const drawn = { values: [] as number[], probabilities: [] as number[], clusters: [] as number[] }
  for (let unit = 0; unit < traffic; unit += 1) {
    const { mean, rate } = kinds[kindOf(random.next())]!
    if (random.next() >= rate) continue
    const quality = mean + random.normal()
    for (let vote = 0; vote < 3; vote += 1) {
      drawn.values.push(quality + random.normal())
      drawn.probabilities.push(rate)
      drawn.clusters.push(unit)
    }
  }
  return drawn
}

/** Each unit counted once: the mean of its three judgments. */
function unitMeans({ values, probabilities }: ReturnType<typeof drawByPlan>) {
  const thirds = values.filter((_, j) => j % 3 === 0).map((_, k) => (values[3 * k]! + values[3 * k + 1]! + values[3 * k + 2]!) / 3)
  return { values: thirds, probabilities: probabilities.filter((_, j) => j % 3 === 0) }
}

export const samplingScenarios: Scenario[] = [
  ...[600, 3000].flatMap((traffic): Scenario[] => [
    {
      statistic: 'hajekMean',
      design: `a tenth of ${traffic.toLocaleString('en')} units drawn at rates of 2, 10 and 50 %, 3 judgments each`,
      truth: () => truth,
      draw: (random) => {
        const { values, probabilities, clusters } = drawByPlan(random, traffic)
        return hajekMean(values, probabilities, { clusters })
      },
    },
    {
      statistic: 'horvitzThompsonMean',
      design: `a tenth of ${traffic.toLocaleString('en')} units drawn at rates of 2, 10 and 50 %`,
      truth: () => truth,
      draw: (random) => {
        const { values, probabilities } = unitMeans(drawByPlan(random, traffic))
        return horvitzThompsonMean(values, probabilities, traffic)
      },
    },
  ]),
  ...[1_000, 4_000].map((traffic): Scenario => ({
    statistic: 'hajekMeanOfMoments',
    design: `${traffic} traces in strata of 60, 30 and 10 %, drawn at 2, 10 and 50 %`,
    truth: () => truth,
    draw: (random) => {
      const { values, weights } = drawUnits(random, traffic)
      return hajekMeanOfMoments(weightedMomentsOf(values, weights))
    },
  })),
  ...[10, 40].map((units): Scenario => ({
    statistic: 'postStratifiedMeanOfMoments',
    design: `${units}, ${2 * units} and ${units} units in strata of 60, 30 and 10 %`,
    truth: () => truth,
    draw: (random) =>
      postStratifiedMeanOfMoments(
        kinds.map(({ share, mean }, k) => {
          const values = Array.from({ length: k === 1 ? 2 * units : units }, () => mean + random.normal())
          return { name: String(k), share, moments: weightedMomentsOf(values) }
        }),
      ),
  })),
  ...[10, 40].map((clusters): Scenario => ({
    statistic: 'postStratifiedMean',
    design: `${clusters}, ${2 * clusters} and ${clusters} clusters of 1 to 4 in strata of 60, 30 and 10 %`,
    truth: () => truth,
    draw: (random) =>
      postStratifiedMean(
        kinds.map(({ share, mean }, k) => ({
          name: String(k),
          share,
          observations: clustersOf(random, k === 1 ? 2 * clusters : clusters, mean),
        })),
      ),
  })),
  ...[30, 100].map((judged): Scenario => ({
    statistic: 'predictionPoweredMean',
    design: `${judged} units judged twice each, 2,000 scored, scores of correlation 0.7 and a bias`,
    truth: () => 0,
    draw: (random) => {
      const score = (quality: number) => 0.8 * quality + 0.8 * random.normal() + 0.5
      const sample = { values: [] as number[], predictions: [] as number[] }
      const clusters: number[] = []
      for (let unit = 0; unit < judged; unit += 1) {
        const quality = random.normal()
        const prediction = score(quality)
        for (let vote = 0; vote < 2; vote += 1) {
          sample.values.push(quality + 0.7 * random.normal())
          sample.predictions.push(prediction)
          clusters.push(unit)
        }
      }
      const scores = Float64Array.from({ length: 2000 }, () => score(random.normal()))
      const mean = scores.reduce((sum, value) => sum + value / 2000, 0)
      const variance = scores.reduce((sum, value) => sum + (value - mean) ** 2 / 1999, 0)
      return predictionPoweredMean(sample, { estimate: mean, se: Math.sqrt(variance / 2000), n: 2000 }, { clusters })
    },
  })),
]

function clustersOf(random: Random, count: number, mean: number) {
  const sizes = Float64Array.from({ length: count }, () => 1 + random.int(4))
  const sums = sizes.map((size) => {
    const quality = mean + random.normal()
    let sum = 0
    for (let j = 0; j < size; j += 1) sum += quality + random.normal()
    return sum
  })
  return { sums, sizes }
}
