import type { Criterion } from '@plaudit/protocol'

/**
 * How far judgments on one criterion are apart, 0 (all alike) to 1. Choices: the chance that two of them differ, divided by the most it can
 * be for so many judgments. Numbers and scale points: the mean distance of two judgments over the widest one in the scale. Labels and marks: the mean
 * share of what only one of two has. Free text and corrections are not compared. Null with fewer than two answers.
 */
export function disagreement(criterion: Criterion, answers: readonly unknown[]): number | null {
  const given = answers.filter((answer) => answer !== undefined && answer !== null)
  if (given.length < 2) return null
  switch (criterion.type) {
    case 'text':
    case 'correction':
      return null
    case 'ordinal': {
      const values = criterion.points.map(({ value }) => value)
      return meanOverPairs(given as number[], (a, b) => Math.abs(a - b)) / (Math.max(...values) - Math.min(...values))
    }
    case 'numeric': {
      const numbers = given as number[]
      const [low, high] = [criterion.min ?? Math.min(...numbers), criterion.max ?? Math.max(...numbers)]
      return high > low ? Math.min(1, meanOverPairs(numbers, (a, b) => Math.abs(a - b)) / (high - low)) : 0
    }
    case 'multi_label':
      return meanOverPairs(given as string[][], (a, b) => unshared(new Set(a), new Set(b)))
    case 'mark':
      return meanOverPairs(given as Range[][], (a, b) => unshared(charactersOf(a), charactersOf(b)))
    case 'ranking':
      return meanOverPairs(given as { ranks: number[] }[], (a, b) => discordance(a.ranks, b.ranks))
    default:
      return Math.min(1, meanOverPairs(given.map(choiceOf), (a, b) => (a === b ? 0 : 1)) / mostDifferent(given.length))
  }
}

type Range = { type: string; start: number; end: number }

function choiceOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'outcome' in answer ? answer.outcome : answer
}

/** Among n judgments with two values, at most this share of the pairs differs; with more values it can be more, and counts as all. */
function mostDifferent(n: number): number {
  const half = Math.floor(n / 2)
  return (half * (n - half)) / ((n * (n - 1)) / 2)
}

function meanOverPairs<T>(values: readonly T[], distance: (a: T, b: T) => number): number {
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < values.length; i += 1) {
    for (let j = i + 1; j < values.length; j += 1) {
      sum += distance(values[i]!, values[j]!)
      pairs += 1
    }
  }
  return pairs === 0 ? 0 : sum / pairs
}

function unshared<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  let shared = 0
  for (const one of a) if (b.has(one)) shared += 1
  const union = a.size + b.size - shared
  return union === 0 ? 0 : 1 - shared / union
}

/** Every marked place with its type; an insertion point is a place of its own. */
function charactersOf(marks: readonly Range[]): Set<string> {
  const places = new Set<string>()
  for (const { type, start, end } of marks) {
    if (start === end) places.add(`${type} ^${start}`)
    for (let at = start; at < end; at += 1) places.add(`${type} ${at}`)
  }
  return places
}

/** Share of pairs that two rankings order differently; a tie against an order counts half. */
function discordance(a: readonly number[], b: readonly number[]): number {
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < a.length; i += 1) {
    for (let j = i + 1; j < a.length; j += 1) {
      sum += Math.abs(Math.sign(a[i]! - a[j]!) - Math.sign(b[i]! - b[j]!)) / 2
      pairs += 1
    }
  }
  return pairs === 0 ? 0 : sum / pairs
}
