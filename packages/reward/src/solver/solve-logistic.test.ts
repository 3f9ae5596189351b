import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import { logisticLoss, sigmoid } from '../objective/logistic.ts'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { solveLogistic, type LogisticProblem } from './solve-logistic.ts'

function sparse(table: number[][], columns: number): DesignMatrix {
  const entries = table.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ value, column }])))
  const start = new Int32Array(table.length + 1)
  entries.forEach((row, i) => (start[i + 1] = start[i]! + row.length))
  return {
    rows: table.length,
    columns,
    runs: start,
    // No value occurs twice: each entry is a run.
    start: Int32Array.from({ length: start.at(-1)! + 1 }, (_, k) => k),
    value: Float32Array.from(entries.flat(), (entry) => entry.value),
    column: Int32Array.from(entries.flat(), (entry) => entry.column),
    width: 0,
    dense: new Float32Array(0),
  }
}

function simulate(rows: number, truth: number[], seed: number): number[][] {
  const random = seededRandom(seed)
  return Array.from({ length: rows }, () => {
    const x = truth.map(() => Math.fround(random.normal()))
    const margin = x.reduce((sum, value, j) => sum + value * truth[j]!, 0)
    return random.next() < sigmoid(margin) ? x : x.map((value) => -value)
  })
}

function objective(table: number[][], { penalty, weight, offset }: LogisticProblem, w: ArrayLike<number>): number {
  let sum = 0
  for (let j = 0; j < w.length; j += 1) sum += (penalty / 2) * w[j]! ** 2
  table.forEach((row, i) => {
    const margin = row.reduce((total, value, j) => total + value * w[j]!, offset?.[i] ?? 0)
    sum += (weight?.[i] ?? 1) * logisticLoss(margin)
  })
  return sum
}

const truth = [1, -0.5, 0.25, 0, 2]

describe('solveLogistic', () => {
  it('finds the weight of a single row, which solves λw = σ(−w)', () => {
    const { weights } = solveLogistic({ matrix: sparse([[1]], 1), penalty: 0.5 }, { gap: 1e-12 })
    expect(0.5 * weights[0]!).toBeCloseTo(sigmoid(-weights[0]!), 6)
  })

  it('leaves no slope at the optimum, measured by finite differences, with weights and offsets', () => {
    const table = simulate(200, truth, 1)
    const problem = {
      matrix: sparse(table, truth.length),
      penalty: 0.7,
      weight: Float64Array.from(table, (_, i) => i % 4),
      offset: Float64Array.from(table, (_, i) => Math.sin(i)),
    }
    const solution = solveLogistic(problem, { gap: 1e-11 })
    expect(solution.converged).toBe(true)
    expect(solution.objective).toBeCloseTo(objective(table, problem, solution.weights), 6)
    for (let j = 0; j < truth.length; j += 1) {
      const up = solution.weights.slice()
      const down = solution.weights.slice()
      up[j]! += 1e-4
      down[j]! -= 1e-4
      expect(Math.abs(objective(table, problem, up) - objective(table, problem, down)) / 2e-4).toBeLessThan(2e-3)
    }
  })

  it('certifies its gap: a hundred times more work gains no more than promised', () => {
    const matrix = sparse(simulate(500, truth, 2), truth.length)
    const rough = solveLogistic({ matrix, penalty: 1 }, { gap: 1e-2 })
    const exact = solveLogistic({ matrix, penalty: 1 }, { gap: 1e-10 })
    expect(rough.gap).toBeLessThanOrEqual(1e-2)
    expect(rough.objective - exact.objective).toBeLessThanOrEqual(rough.gap * rough.objective)
    expect(rough.objective).toBeGreaterThanOrEqual(exact.objective - 1e-9)
  })

  it('recovers the parameters that made the choices, twice as closely with four times as many', () => {
    const error = (rows: number) => {
      const errors = [3, 4, 5, 6].map((seed) => {
        const { weights } = solveLogistic({ matrix: sparse(simulate(rows, truth, seed), truth.length), penalty: 1 }, { gap: 1e-5 })
        return Math.hypot(...truth.map((value, j) => value - weights[j]!))
      })
      return errors.reduce((sum, e) => sum + e, 0) / errors.length
    }
    const [few, many] = [error(1000), error(16_000)]
    expect(many).toBeLessThan(0.1)
    expect(few / many).toBeGreaterThan(2)
    expect(few / many).toBeLessThan(8)
  })

  it('counts a row of weight two as the row twice, and a row of weight zero not at all', () => {
    const table = simulate(40, truth, 7)
    const weight = Float64Array.from(table, (_, i) => (i < 10 ? 2 : i < 30 ? 1 : 0))
    const weighted = solveLogistic({ matrix: sparse(table, 5), penalty: 1, weight }, { gap: 1e-10 })
    const repeated = solveLogistic({ matrix: sparse([...table.slice(0, 10), ...table.slice(0, 30)], 5), penalty: 1 }, { gap: 1e-10 })
    weighted.weights.forEach((value, j) => expect(value).toBeCloseTo(repeated.weights[j]!, 4))
  })

  it('reaches the same optimum from a warm start, in fewer passes', () => {
    const matrix = sparse(simulate(2000, truth, 8), truth.length)
    const strong = solveLogistic({ matrix, penalty: 2 }, { gap: 1e-6 })
    const cold = solveLogistic({ matrix, penalty: 1 }, { gap: 1e-6 })
    const warm = solveLogistic({ matrix, penalty: 1 }, { gap: 1e-6, from: strong })
    expect(warm.objective).toBeCloseTo(cold.objective, 2)
    expect(warm.epochs).toBeLessThanOrEqual(cold.epochs)
  })

  it('gives the same bits for the same seed', () => {
    const matrix = sparse(simulate(300, truth, 9), truth.length)
    expect(solveLogistic({ matrix, penalty: 1 }, { seed: 3 }).weights).toEqual(solveLogistic({ matrix, penalty: 1 }, { seed: 3 }).weights)
  })
})
