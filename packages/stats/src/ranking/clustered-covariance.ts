import { groupBy } from '../agreement/ratings.ts'
import { invertPositiveDefinite, sandwich } from '../numeric/cholesky.ts'
import { solveLinearSystem } from '../numeric/linear-system.ts'
import { leadOf, type Cells, type Layout, type StrengthFit } from './fit-strengths.ts'
import type { OutcomeModel } from './outcome-model.ts'

/** Which cluster each comparison falls in. */
export interface Clustering {
  codes: Int32Array
  count: number
}

/** Covariances of all parameters, one matrix, or with two ways of clustering the three of V₁ + V₂ − V₁₂. */
export interface ClusteredCovariance {
  matrices: Float64Array[]
  /** The inverse information, where a prior was needed: the least that a variance may be. Null otherwise. */
  floor: Float64Array | null
  size: number
  /** Degrees of freedom of t: clusters of the scarcer kind − 1. */
  degrees: number
}

/**
 * The sandwich covariance of fitted strengths, clustered one or two ways. Null with fewer than two clusters.
 *
 * @param cellOf For each comparison, its cell. @param clusterings None: every comparison stands alone.
 * @param regularised Whether the fit rests on a prior. The scores of a system that never loses hardly vary, so that the sandwich alone
 *   would call its strength well known.
 *
 * Source: Liang & Zeger (1986); Cameron, Gelbach & Miller (2011), doi:10.1198/jbes.2010.07136. Linear in the comparisons, then O(p³).
 */
export function clusteredCovariance(
  fit: StrengthFit,
  cells: Cells,
  cellOf: Int32Array,
  layout: Layout,
  model: OutcomeModel,
  clusterings: Clustering[],
  regularised: boolean,
  variance: 'CR1' | 'CR3',
): ClusteredCovariance | null {
  const { slopes, tieSlopes } = cellScores(fit.parameters, cells, layout, model)
  const addCell = (sum: ScoreSum, c: number) => addCellScore(sum, cells, layout, slopes[c]!, tieSlopes[c]!, c)
  if (clusterings.length > 0) {
    const addScore = (sum: ScoreSum, k: number) => addCell(sum, cellOf[k]!)
    const addCurve = cellCurves(fit.parameters, cells, layout, model)
    const curves = variance === 'CR3' ? (add: AddCurve, k: number) => addCurve(add, cellOf[k]!) : null
    return scoreCovariance(fit.information, layout, cellOf.length, addScore, clusterings, regularised, curves)
  }
  // Equal comparisons have equal scores: once each cell is enough.
  const sum = scoreSum(layout.size)
  const meat = new Float64Array(layout.size * layout.size)
  for (let c = 0; c < cells.left.length; c += 1) {
    addCell(sum, c)
    sum.flush(meat, (cells.weight[c]! * cellOf.length) / (cellOf.length - 1))
  }
  return covarianceOf(fit.information, layout, [meat], cellOf.length, regularised)
}

/**
 * The same for any model: from its information and what each of `count` observations adds to the scores.
 *
 * @param layout The number of parameters, and of systems among them, which come first.
 * @param addScore Adds the score of observation k. @param clusterings None: every observation stands alone.
 * @param addCurve Adds the information of observation k. With it, where clusters are few, each is left out in turn
 *   (one Newton step without it): a cluster pulls the fit towards itself, which makes its scores look smaller than they are.
 */
export function scoreCovariance(
  information: Float64Array,
  layout: Pick<Layout, 'systems' | 'size'>,
  count: number,
  addScore: (sum: ScoreSum, k: number) => void,
  clusterings: readonly Clustering[],
  regularised: boolean,
  addCurve: ((add: AddCurve, k: number) => void) | null = null,
): ClusteredCovariance | null {
  const alone = { codes: Int32Array.from({ length: count }, (_, k) => k), count }
  const [one = alone, two] = clusterings
  const ways = two === undefined ? [one] : [one, two, crossed(one, two)]
  const fewest = Math.min(one.count, two?.count ?? Infinity)
  if (fewest < 2) return null
  const inverse = addCurve === null ? null : invertPositiveDefinite(information, layout.size)
  const sum = scoreSum(layout.size)
  const meats = ways.map((way) => {
    if (addCurve !== null && inverse !== null && way.count <= MOST_LEFT_OUT)
      return leftOutMeat(inverse, layout.size, way, sum, addScore, addCurve)
    const meat = new Float64Array(layout.size * layout.size)
    const { start, positions } = groupBy(way.codes, way.count)
    for (let g = 0; g < way.count; g += 1) {
      for (let j = start[g]!; j < start[g + 1]!; j += 1) addScore(sum, positions[j]!)
      sum.flush(meat, way.count / (way.count - 1))
    }
    return meat
  })
  return covarianceOf(information, layout, meats, fewest, regularised)
}

/** Beyond so many clusters, none of them pulls the fit enough to matter. */
const MOST_LEFT_OUT = 2000
/** Clusters that touch more parameters are not left out one by one, which takes the cube of their number. */
const MOST_TOUCHED = 64

/** Of the whole of a cluster's pull: a cluster that alone determines something can be left out almost, not altogether. */
const LEVERAGE = 0.99

/** Adds to the negative second derivative by two parameters; each pair once. */
export type AddCurve = (i: number, j: number, value: number) => void

/**
 * The products of what the clusters would say of a fit without them: (1 − I_g I⁻¹)⁻¹ times their scores, with factor (G − 1)/G.
 *
 * Source: CV3 of MacKinnon, Nielsen & Webb (2023), J. Applied Econometrics 38(5), doi:10.1002/jae.2990, by one Newton step.
 */
function leftOutMeat(
  inverse: Float64Array,
  size: number,
  { codes, count }: Clustering,
  sum: ScoreSum,
  addScore: (sum: ScoreSum, k: number) => void,
  addCurve: (add: AddCurve, k: number) => void,
): Float64Array {
  const meat = new Float64Array(size * size)
  const { start, positions } = groupBy(codes, count)
  for (let g = 0; g < count; g += 1) {
    for (let j = start[g]!; j < start[g + 1]!; j += 1) addScore(sum, positions[j]!)
    const touched = sum.touched()
    const t = touched.length
    if (t > 0 && t <= MOST_TOUCHED) {
      const place = new Map(touched.map((parameter, a) => [parameter, a]))
      const own = new Float64Array(t * t)
      const add: AddCurve = (i, j, value) => {
        const [a, b] = [place.get(i), place.get(j)]
        if (a === undefined || b === undefined) return
        own[a * t + b]! += value
        if (a !== b) own[b * t + a]! += value
      }
      for (let j = start[g]!; j < start[g + 1]!; j += 1) addCurve(add, positions[j]!)
      const left = new Float64Array(t * t)
      for (let a = 0; a < t; a += 1) {
        for (let b = 0; b < t; b += 1) {
          let product = 0
          for (let c = 0; c < t; c += 1) product += own[a * t + c]! * inverse[touched[c]! * size + touched[b]!]!
          left[a * t + b] = (a === b ? 1 : 0) - LEVERAGE * product
        }
      }
      const scores = Float64Array.from(touched, (parameter) => sum.value(parameter))
      const without = solveLinearSystem(left, scores)
      if (without !== null) for (const [a, parameter] of touched.entries()) sum.add(parameter, without[a]! - scores[a]!)
    }
    sum.flush(meat, (count - 1) / count)
  }
  return meat
}

function covarianceOf(
  information: Float64Array,
  layout: Pick<Layout, 'systems' | 'size'>,
  meats: Float64Array[],
  fewest: number,
  regularised: boolean,
): ClusteredCovariance | null {
  const inverse = invertPositiveDefinite(information, layout.size)
  if (inverse === null || fewest < 2) return null
  const matrices = meats.map((meat) => centred(sandwich(inverse, mirrored(meat, layout.size), layout.size), layout))
  return { matrices, floor: regularised ? centred(inverse, layout) : null, size: layout.size, degrees: fewest - 1 }
}

/** The variance of a sum of parameters with the given factors; of two ways, never less than either alone. */
export function contrastVariance({ matrices, floor, size }: ClusteredCovariance, factors: readonly (readonly [number, number])[]): number {
  const along = (matrix: Float64Array) => {
    let sum = 0
    for (const [i, f] of factors) for (const [j, g] of factors) sum += f * g * matrix[i * size + j]!
    return sum
  }
  const [a, b = 0, both = 0] = matrices.map(along)
  return Math.max(a!, b, a! + b - both, floor === null ? 0 : along(floor))
}

/** ∂η and ∂τ of the log-likelihood of one comparison of each cell. */
export function cellScores(parameters: Float64Array, cells: Cells, layout: Layout, model: OutcomeModel) {
  const slopes = new Float64Array(cells.left.length)
  const tieSlopes = new Float64Array(cells.left.length)
  const information = new Float64Array(cells.left.length)
  const out = new Float64Array(6)
  const tau = layout.tie >= 0 ? parameters[layout.tie]! : 0
  for (let c = 0; c < slopes.length; c += 1) {
    model.read(leadOf(cells, layout, parameters, c), tau, cells.outcome[c]!, out)
    slopes[c] = out[1]!
    tieSlopes[c] = out[2]!
    information[c] = out[3]!
  }
  return { slopes, tieSlopes, information }
}

/** Numbers the clusters that occur 0, 1, … */
export function clusteringOf(codes: Int32Array): Clustering {
  const own = new Int32Array(codes.reduce((most, code) => Math.max(most, code), -1) + 1).fill(-1)
  let count = 0
  const dense = codes.map((code) => {
    if (own[code]! < 0) {
      own[code] = count
      count += 1
    }
    return own[code]!
  })
  return { codes: dense, count }
}

function crossed(one: Clustering, two: Clustering): Clustering {
  // Comparisons sorted by the first kind: within each cluster of it, a mark tells which of the second were seen.
  const { start, positions } = groupBy(one.codes, one.count)
  const seenIn = new Int32Array(two.count).fill(-1)
  const codeOf = new Int32Array(two.count)
  const codes = new Int32Array(one.codes.length)
  let count = 0
  for (let g = 0; g < one.count; g += 1) {
    for (let j = start[g]!; j < start[g + 1]!; j += 1) {
      const other = two.codes[positions[j]!]!
      if (seenIn[other] !== g) {
        seenIn[other] = g
        codeOf[other] = count
        count += 1
      }
      codes[positions[j]!] = codeOf[other]!
    }
  }
  return { codes, count }
}

/** Adds scores up in a vector that remembers which of its entries are in use. */
export interface ScoreSum {
  add(parameter: number, value: number): void
  /** The parameters with a sum, and the sum of one. */
  touched(): number[]
  value(parameter: number): number
  /** Adds weight · sum · sumᵀ to a matrix, each product on one side of the diagonal only (see `mirrored`), and starts afresh. */
  flush(meat: Float64Array, weight: number): void
}

function scoreSum(size: number): ScoreSum {
  const sum = new Float64Array(size)
  const touched = new Int32Array(size)
  const isTouched = new Uint8Array(size)
  const values = new Float64Array(size)
  let count = 0
  return {
    add(j, value) {
      if (isTouched[j] === 0) {
        isTouched[j] = 1
        touched[count] = j
        count += 1
      }
      sum[j]! += value
    },
    touched: () => Array.from(touched.subarray(0, count)),
    value: (parameter) => sum[parameter]!,
    flush(meat, weight) {
      for (let a = 0; a < count; a += 1) {
        values[a] = sum[touched[a]!]!
        sum[touched[a]!] = 0
        isTouched[touched[a]!] = 0
      }
      for (let a = 0; a < count; a += 1) {
        const own = weight * values[a]!
        const row = touched[a]! * size
        meat[row + touched[a]!]! += (own * values[a]!) / 2
        for (let b = 0; b < a; b += 1) meat[row + touched[b]!]! += own * values[b]!
      }
      count = 0
    },
  }
}

/** matrix + matrixᵀ, in place. */
function mirrored(matrix: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const sum = matrix[i * size + j]! + matrix[j * size + i]!
      matrix[i * size + j] = sum
      matrix[j * size + i] = sum
    }
  }
  return matrix
}

/** The information of one comparison of each cell. */
function cellCurves(parameters: Float64Array, cells: Cells, layout: Layout, model: OutcomeModel): (add: AddCurve, c: number) => void {
  const { tie, position, covariates, covariateCount } = layout
  const out = new Float64Array(6)
  const tau = tie >= 0 ? parameters[tie]! : 0
  return (add, c) => {
    model.read(leadOf(cells, layout, parameters, c), tau, cells.outcome[c]!, out)
    const moves: [parameter: number, factor: number][] = [
      [cells.left[c]!, 1],
      [cells.right[c]!, -1],
    ]
    if (position >= 0) moves.push([position, 1])
    for (let k = 0; k < covariateCount; k += 1) moves.push([covariates + k, cells.covariates![c * covariateCount + k]!])
    for (const [a, [i, f]] of moves.entries()) {
      for (const [j, g] of moves.slice(0, a + 1)) add(i, j, out[3]! * f * g)
      if (tie >= 0) add(i, tie, out[4]! * f)
    }
    if (tie >= 0) add(tie, tie, out[5]!)
  }
}

function addCellScore(sum: ScoreSum, cells: Cells, layout: Layout, slope: number, tieSlope: number, c: number): void {
  const { tie, position, covariates, covariateCount } = layout
  sum.add(cells.left[c]!, slope)
  sum.add(cells.right[c]!, -slope)
  if (tie >= 0) sum.add(tie, tieSlope)
  if (position >= 0) sum.add(position, slope)
  for (let k = 0; k < covariateCount; k += 1) sum.add(covariates + k, slope * cells.covariates![c * covariateCount + k]!)
}

/** The covariance of strengths measured from their mean: row and column means of the strengths are taken out. */
function centred(matrix: Float64Array, { systems, size }: Pick<Layout, 'systems' | 'size'>): Float64Array {
  for (let i = 0; i < size; i += 1) {
    let mean = 0
    for (let j = 0; j < systems; j += 1) mean += matrix[i * size + j]! / systems
    for (let j = 0; j < systems; j += 1) matrix[i * size + j]! -= mean
  }
  for (let j = 0; j < size; j += 1) {
    let mean = 0
    for (let i = 0; i < systems; i += 1) mean += matrix[i * size + j]! / systems
    for (let i = 0; i < systems; i += 1) matrix[i * size + j]! -= mean
  }
  return matrix
}
