import { type Comparisons, type Random, type Ratings } from '@plaudit/stats'

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

/** Ratings 0..K−1 by `perItem` raters of each item; raters are right with chances of their own, else guess. */
export function simulateRatings(random: Random, items: number, raters: number, categories: number, perItem: number): Ratings {
  const n = items * perItem
  const skill = Float64Array.from({ length: raters }, () => 0.2 + 0.5 * random.next())
  const [item, rater, value] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)]
  for (let i = 0, j = 0; i < items; i += 1) {
    const truth = random.int(categories)
    for (let k = 0; k < perItem; k += 1, j += 1) {
      item[j] = i
      rater[j] = random.int(raters)
      value[j] = random.next() < skill[rater[j]!]! ? truth : random.int(categories)
    }
  }
  return {
    items: item,
    raters: rater,
    values: value,
    itemNames: names('i', items),
    raterNames: names('r', raters),
    valueNames: names('', categories),
    order: 'numeric',
    numbers: Float64Array.from({ length: categories }, (_, k) => k),
  }
}

/** Comparisons of systems whose strengths spread by 0.7, a seventh of them ties; each item favours some systems, whoever votes. */
export function simulateComparisons(random: Random, n: number, systems: number, items: number): Comparisons {
  const strength = Float64Array.from({ length: systems }, () => 0.7 * random.normal())
  const favour = Float64Array.from({ length: items * 16 }, () => 0.7 * random.normal())
  const [left, right, item, outcomes] = [new Int32Array(n), new Int32Array(n), new Int32Array(n), new Uint8Array(n)]
  for (let j = 0; j < n; j += 1) {
    const [l, i] = [random.int(systems), random.int(items)]
    const r = (l + 1 + random.int(systems - 1)) % systems
    const lead = strength[l]! - strength[r]! + favour[i * 16 + (l % 16)]! - favour[i * 16 + (r % 16)]!
    left[j] = l
    right[j] = r
    item[j] = i
    outcomes[j] = random.next() < 0.14 ? 2 : random.next() < 1 / (1 + Math.exp(-lead)) ? 0 : 1
  }
  return {
    left,
    right,
    outcomes,
    items: item,
    raters: null,
    names: names('s', systems),
    itemNames: names('i', items),
    raterNames: [],
    rows: Int32Array.from(left, (_, j) => j),
  }
}
