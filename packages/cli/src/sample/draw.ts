import { seededRandom } from '@plaudit/stats'

/** Draws from a seeded stream: the same seed gives the same sample project, ids included. */
export class Draw {
  private readonly random

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  chance(probability: number): boolean {
    return this.random.next() < probability
  }

  /** Uniform among the integers `low` … `high`. */
  between(low: number, high: number): number {
    return low + this.random.int(high - low + 1)
  }

  uniform(low: number, high: number): number {
    return low + this.random.next() * (high - low)
  }

  normal(mean: number, standardDeviation: number): number {
    return mean + standardDeviation * this.random.normal()
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.random.int(choices.length)]
    if (chosen === undefined) throw new RangeError('nothing to pick from')
    return chosen
  }

  /** A key of `weights`, with probability in proportion to its value. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][]
    let left = this.random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [key, weight] of entries) {
      left -= weight
      if (left < 0) return key
    }
    return entries.at(-1)![0]
  }

  /** `count` different choices in random order. */
  sample<T>(choices: readonly T[], count: number): T[] {
    return this.shuffle(choices).slice(0, count)
  }

  shuffle<T>(choices: readonly T[]): T[] {
    const shuffled = [...choices]
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.random.int(last + 1)
      ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
    }
    return shuffled
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.random.int(65_536).toString(16).padStart(4, '0')
    return text.slice(0, digits)
  }

  uuid(): string {
    const hex = this.hex(32)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  /** Fills each `{name}` with its value, and each `[a|b|c]` with one of its choices. */
  fill(template: string, values: Readonly<Record<string, string>>): string {
    return template
      .replace(/\[([^\]]+)\]/g, (_all, choices: string) => this.pick(choices.split('|')))
      .replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)
  }
}
