import type { Estimate, Random } from '@plaudit/stats'

/** Anything with an interval, or without one. */
export type Drawn = Estimate | { low: number | null; high: number | null }

export function limitsOf(drawn: Drawn | null): { low: number; high: number } | null {
  const { low, high } = { low: null, high: null, ...drawn }
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : null
}

/** Data of which the truth is known, drawn again and again, to count how often a statistic's interval holds it. */
export interface Scenario {
  /** The function's name. */
  statistic: string
  /** How the judgments come about, in words. */
  design: string
  /** What the interval shall hold: of the population that the judgments are drawn from. */
  truth: (random: Random) => number
  /** The statistic of one draw. */
  draw: (random: Random) => Drawn | null
  /** An interval that promises at least its confidence, whenever one looks. */
  atLeast?: true
}

/** Of one scenario: how often intervals held the truth, lay wholly above or below it, or did not exist. Shares in 0..1. */
export interface Coverage {
  statistic: string
  design: string
  truth: number
  covered: number
  above: number
  below: number
  without: number
  /** The mean width. */
  width: number
  replicates: number
  atLeast?: true
}

export function measure({ statistic, design, truth, draw, atLeast }: Scenario, random: Random, replicates: number): Coverage {
  const value = truth(random)
  const count = { covered: 0, above: 0, below: 0, without: 0 }
  let width = 0
  for (let r = 0; r < replicates; r += 1) {
    const found = limitsOf(draw(random))
    if (found === null) count.without += 1
    else {
      count[found.low > value ? 'above' : found.high < value ? 'below' : 'covered'] += 1
      width += found.high - found.low
    }
  }
  const made = Math.max(1, replicates - count.without)
  const share = (k: 'covered' | 'above' | 'below') => count[k] / made
  return {
    statistic,
    design,
    truth: value,
    covered: share('covered'),
    above: share('above'),
    below: share('below'),
    without: count.without / replicates,
    width: width / made,
    replicates,
    ...(atLeast && { atLeast }),
  }
}
