import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { sigmoid } from '../objective/logistic.ts'
import { fitLikelihood, type LikelihoodProblem, logPosterior } from './fit-likelihood.ts'
import { intervalLikelihood } from './interval.ts'
import type { OrdinalEvents } from './ordinal-events.ts'

const truth = [1, -0.5, 0.25, 2, 0, -1, 0.7, 0.3]
const authors = [
  { source: 'comparison', author: 'careful', reliability: 1.3, leniency: 0 },
  { source: 'comparison', author: 'spammer', reliability: 0, leniency: 0 },
  { source: 'comparison', author: 'contrary', reliability: -0.8, leniency: 0 },
  { source: 'rating', author: 'lenient', reliability: 1, leniency: 1.2 },
  { source: 'rating', author: 'severe', reliability: 1, leniency: -0.8 },
  { source: 'thumb', author: null, reliability: 1, leniency: 0 },
  { source: 'model', author: 'judge', reliability: 0.5, leniency: 0 },
]
const scales = [
  { levels: 3, symmetric: true },
  { levels: 5, symmetric: false },
  { levels: 2, symmetric: false },
  { levels: 4, symmetric: true },
]
const trueCuts = [[-0.4, 0.4], [-2, -0.7, 0.5, 1.8], [-0.6], [-1.5, 0, 1.5]]
/** The scale that each author answers on. */
const scaleOf = [0, 0, 0, 1, 1, 2, 3]

function simulate(count: number, seed: number): LikelihoodProblem {
  const random = seededRandom(seed)
  const width = truth.length
  const dense = Float32Array.from({ length: count * width }, () => 0.7 * random.normal())
  const matrix: DesignMatrix = {
    rows: count,
    columns: 0,
    runs: new Int32Array(count + 1),
    start: new Int32Array(1),
    value: new Float32Array(0),
    column: new Int32Array(0),
    width,
    dense,
  }
  const author = Int32Array.from({ length: count }, () => random.int(authors.length))
  const scale = author.map((a) => scaleOf[a]!)
  const level = Int32Array.from({ length: count }, (_, i) => {
    const { reliability, leniency } = authors[author[i]!]!
    let t = leniency
    for (let j = 0; j < width; j += 1) t += reliability * truth[j]! * dense[i * width + j]!
    const u = random.next()
    const drawn = t + Math.log(u / (1 - u))
    return trueCuts[scale[i]!]!.filter((cut) => drawn > cut).length
  })
  const events: OrdinalEvents = { scales, authors, scale, level, author }
  return { matrix, events, weight: new Float64Array(count).fill(1), penalty: 1 }
}

describe('intervalLikelihood', () => {
  it.each([
    [0.3, -1, 0.5],
    [2, -Infinity, 0.1],
    [-1, 0.2, Infinity],
    [5, -0.2, 0.1],
    [40, -1, 1],
  ])('has the value and slopes of the probability between the ends, at t = %d in (%d, %d)', (t, low, high) => {
    const l = intervalLikelihood(t, low, high)
    if (t < 30) expect(l.value).toBeCloseTo(Math.log(sigmoid(high - t) - sigmoid(low - t)), 8)
    const h = 1e-5
    const slope = (f: (h: number) => number) => (f(h) - f(-h)) / (2 * h)
    expect(l.slopeT).toBeCloseTo(
      slope((d) => intervalLikelihood(t + d, low, high).value),
      5,
    )
    expect(l.curvatureT).toBeCloseTo(-slope((d) => intervalLikelihood(t + d, low, high).slopeT), 5)
    if (low !== -Infinity) {
      expect(l.slopeLow).toBeCloseTo(
        slope((d) => intervalLikelihood(t, low + d, high).value),
        4,
      )
      expect(l.curvatureLow).toBeCloseTo(-slope((d) => intervalLikelihood(t, low + d, high).slopeLow), 4)
    }
    if (high !== Infinity) {
      expect(l.slopeHigh).toBeCloseTo(
        slope((d) => intervalLikelihood(t, low, high + d).value),
        4,
      )
      expect(l.curvatureBoth).toBeCloseTo(
        slope((d) => intervalLikelihood(t, low, high + d).slopeLow),
        4,
      )
    }
  })
})

describe('fitLikelihood', () => {
  it('leaves no slope at its solution, in any parameter, measured by finite differences', () => {
    const problem = simulate(800, 1)
    const { weights, nuisance } = fitLikelihood(problem, { gap: 1e-8, rounds: 100 })
    const h = 1e-4
    const slopeAlong = (values: Float64Array, i: number) => {
      const at = values[i]!
      values[i] = at + h
      const up = logPosterior(problem, weights, nuisance)
      values[i] = at - h
      const down = logPosterior(problem, weights, nuisance)
      values[i] = at
      return (up - down) / (2 * h)
    }
    // A unit of slope is the information of about one event; there are 800.
    for (let j = 0; j < weights.length; j += 1) expect(Math.abs(slopeAlong(weights, j))).toBeLessThan(0.1)
    for (let a = 0; a < authors.length; a += 1) expect(Math.abs(slopeAlong(nuisance.reliability, a))).toBeLessThan(1.5)
    for (const a of [3, 4, 5]) expect(Math.abs(slopeAlong(nuisance.leniency, a))).toBeLessThan(1.5)
    for (let k = 0; k < 4; k += 1) expect(Math.abs(slopeAlong(nuisance.cuts[1]!, k))).toBeLessThan(1.5)
  })

  it('recovers what made the answers: weights, cut points, severity, spammers and adversaries', () => {
    const { weights, nuisance } = fitLikelihood(simulate(8000, 2), { gap: 1e-4, rounds: 20 })
    // Reliabilities are known up to a common factor, which the weights carry the other way.
    const factor = truth.reduce((sum, w, j) => sum + w * weights[j]!, 0) / truth.reduce((sum, w) => sum + w * w, 0)
    weights.forEach((w, j) => expect(Math.abs(w / factor - truth[j]!)).toBeLessThan(0.15))
    authors.forEach(({ reliability }, a) => expect(Math.abs(nuisance.reliability[a]! * factor - reliability)).toBeLessThan(0.2))
    expect(Math.abs(nuisance.leniency[3]! - nuisance.leniency[4]! - 2)).toBeLessThan(0.3)
    expect(Math.abs(nuisance.cuts[0]![1]! - 0.4)).toBeLessThan(0.1)
    expect(Math.abs(nuisance.cuts[3]![2]! - 1.5)).toBeLessThan(0.15)
    expect(nuisance.cuts[3]![1]).toBe(0)
  })

  it('errs a quarter as much with sixteen times the feedback, as the square root of its amount has it', () => {
    const errorAt = (count: number) => {
      const errors = [3, 4, 5].map((seed) => {
        const { weights } = fitLikelihood(simulate(count, seed), { gap: 1e-4, rounds: 8 })
        const [length, size] = [Math.hypot(...weights), Math.hypot(...truth)]
        return Math.hypot(...truth.map((w, j) => w / size - weights[j]! / length))
      })
      return errors.reduce((sum, e) => sum + e, 0) / errors.length
    }
    const [few, many] = [errorAt(300), errorAt(4800)]
    expect(few / many).toBeGreaterThan(2.5)
    expect(few / many).toBeLessThan(7)
  })

  it('gives the same bits again', () => {
    const fits = [1, 2].map(() => fitLikelihood(simulate(500, 7)))
    expect(fits[0]).toEqual(fits[1])
  })
})
