import { addRow, rowProduct, rowSquare } from '../objective/design-matrix.ts'
import { logisticLoss } from '../objective/logistic.ts'
import type { DualRows, Kernel } from './kernel.ts'

/** The inner loops in JavaScript, for where WebAssembly is missing or its memory too small. */
export function javascriptKernel({ matrix, source, scale, offset, bound, lower, upper }: DualRows): Kernel {
  const rows = source.length
  const weights = new Float64Array(matrix.columns + matrix.width)
  const norm = new Float64Array(rows)
  const marginOf = (i: number) => scale[i]! * rowProduct(matrix, source[i]!, weights) + offset[i]!

  return {
    weights: () => weights,
    half: () => 0.5 * weights.reduce((sum, w) => sum + w * w, 0),
    lower: () => lower,
    begin(from) {
      weights.fill(0)
      if (from !== undefined) return weights.set(from)
      for (let i = 0; i < rows; i += 1) {
        if (bound[i] === 0) continue
        addRow(matrix, source[i]!, scale[i]! * lower[i]!, weights)
      }
    },
    sweep(order, block, tolerance) {
      let [newtonSteps, rise] = [0, 0]
      for (const number of order) {
        for (let i = number * block, last = Math.min(i + block, rows); i < last; i += 1) {
          const high = bound[i]!
          if (high === 0) continue
          const margin = marginOf(i)
          const s = scale[i]!
          if (norm[i] === 0) norm[i] = s * s * rowSquare(matrix, source[i]!)
          const a = norm[i]!
          // Work on whichever side is the smaller at the solution, where the logarithm is steep.
          const sign = 0.5 * a * (upper[i]! - lower[i]!) + margin < 0 ? -1 : 1
          const old = sign === 1 ? lower[i]! : upper[i]!
          let z = old
          if (high - z < 0.5 * high) z *= 0.1
          else if (z === 0) z = 0.01 * high
          let gradient = a * (z - old) + sign * margin + Math.log(z / (high - z))
          rise += (gradient * gradient) / (a + high / (high - z) / z)
          let steps = 0
          while (Math.abs(gradient) >= tolerance && steps < 100) {
            const next = z - gradient / (a + high / (high - z) / z)
            z = next <= 0 ? 0.1 * z : next
            gradient = a * (z - old) + sign * margin + Math.log(z / (high - z))
            steps += 1
          }
          newtonSteps += steps
          if (z === old) continue
          lower[i] = sign === 1 ? z : high - z
          upper[i] = sign === 1 ? high - z : z
          addRow(matrix, source[i]!, s * (sign * (z - old)), weights)
        }
      }
      return { newtonSteps, rise: 0.5 * rise }
    },
    loss() {
      let sum = 0
      for (let i = 0; i < rows; i += 1) if (bound[i] !== 0) sum += bound[i]! * logisticLoss(marginOf(i))
      return sum
    },
    entropy() {
      let sum = 0
      for (let i = 0; i < rows; i += 1) {
        const [high, low, up] = [bound[i]!, lower[i]!, upper[i]!]
        if (high === 0) continue
        sum -= (low > 0 ? low * Math.log(low / high) : 0) + (up > 0 ? up * Math.log(up / high) : 0) + low * offset[i]!
      }
      return sum
    },
  }
}
