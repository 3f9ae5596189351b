import { groupBy, type Ratings } from '../agreement/ratings.ts'

/** Ratings sorted by item, over the categories in use. Parameters: severities of all raters, then thresholds, then the spread. */
export interface Scale {
  start: Int32Array
  rater: Int32Array
  value: Int32Array
  raters: number
  categories: number
  /** Place of each category in use among all values. */
  used: number[]
  /** Σ value, by rater; ratings at or above each category. */
  totals: Float64Array
  atLeast: Float64Array
  counts: Int32Array
}

export function readScale({ items, raters, values, itemNames, raterNames, valueNames }: Ratings): Scale {
  const isUsed = new Uint8Array(valueNames.length)
  for (const value of values) isUsed[value] = 1
  const used = Array.from(valueNames.keys()).filter((value) => isUsed[value] === 1)
  const codeOf = new Int32Array(valueNames.length)
  for (const [code, value] of used.entries()) codeOf[value] = code
  const { start, positions } = groupBy(items, itemNames.length)
  const rater = positions.map((j) => raters[j]!)
  const value = positions.map((j) => codeOf[values[j]!]!)
  const totals = new Float64Array(raterNames.length)
  const counts = new Int32Array(raterNames.length)
  const atLeast = new Float64Array(used.length)
  for (let j = 0; j < rater.length; j += 1) {
    totals[rater[j]!]! += value[j]!
    counts[rater[j]!]! += 1
    for (let m = 1; m <= value[j]!; m += 1) atLeast[m]! += 1
  }
  return { start, rater, value, raters: raterNames.length, categories: used.length, used, totals, atLeast, counts }
}

/** Severities 0, thresholds at the log-odds of neighbouring values, spread 1. */
export function startingValues({ raters, categories, atLeast, value }: Scale): Float64Array {
  const parameters = new Float64Array(raters + categories)
  const share = (m: number) => (m === 0 ? value.length : atLeast[m]!) - (atLeast[m + 1] ?? 0)
  for (let m = 1; m < categories; m += 1) parameters[raters + m - 1] = Math.log(share(m - 1) / share(m))
  parameters[raters + categories - 1] = 1
  return parameters
}

/** Writes the chance of each category at one point for one rater, and the chance of at least each. */
export function categoryChances(lead: number, parameters: Float64Array, scale: Scale, chances: Float64Array, tails: Float64Array): void {
  const { raters, categories } = scale
  let [log, top] = [0, 0]
  chances[0] = 0
  for (let k = 1; k < categories; k += 1) {
    log += lead - parameters[raters + k - 1]!
    chances[k] = log
    if (log > top) top = log
  }
  let sum = 0
  for (let k = 0; k < categories; k += 1) {
    chances[k] = Math.exp(chances[k]! - top)
    sum += chances[k]!
  }
  let tail = 0
  for (let k = categories - 1; k >= 0; k -= 1) {
    chances[k]! /= sum
    tail += chances[k]!
    tails[k] = tail
  }
}
