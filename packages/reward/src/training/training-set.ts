import type { Judgment } from '../evidence.ts'
import type { FeatureOptions, VectorOf } from '../features/specification.ts'
import type { OrdinalEvents, OrdinalScale } from '../likelihood/ordinal-events.ts'
import type { Pair } from '../pair.ts'
import { numberGroups } from './clean-pairs.ts'
import { observe, type Observations, type Observed } from './observations.ts'

/** Everything that a model is trained on, one row for each judgment. The first rows are the decided pairs, on which models are judged. */
export interface TrainingSet {
  observations: Observations
  features: FeatureOptions
  /** The prompt of each row, as a number; those of the judged rows come first. */
  groups: Int32Array
  weight: Float64Array
  /** How many rows, from the first, models are judged on. */
  judged: number
  events: OrdinalEvents
  /** The kinds of feedback, and which one each row is. */
  sources: readonly string[]
  sourceOf: Int32Array
}

/** An author with fewer judgments is one of the nameless of their source. */
const FEWEST_JUDGMENTS = 10

interface Row extends Observed {
  group?: string | undefined
  weight: number
  source: string
  author: string | null
  scale: OrdinalScale
  level: number
}

/**
 * Brings pairs and judgments of every kind to one form.
 *
 * @param decided Pairs with an order, cleaned; the model is judged on them. @param others Further pairs, ties among them.
 */
export function trainingSet(
  decided: readonly Pair[],
  others: readonly Pair[],
  judgments: readonly Judgment[],
  options: FeatureOptions,
  vectorOf?: VectorOf,
): TrainingSet {
  const pairs = [...decided, ...others]
  const strengths = pairs.reduce((most, { strength = 1 }) => Math.max(most, strength), 1)
  const withTies = others.some(({ tie }) => tie === true)
  const comparison: OrdinalScale = { levels: 2 * strengths + (withTies ? 1 : 0), symmetric: true }
  const rows: Row[] = [
    ...pairs.map((pair): Row => {
      const { prompt, chosen, rejected, group, weight = 1, author, source = 'comparison', tie, strength = 1 } = pair
      const level = tie === true ? strengths : comparison.levels - 1 - (strengths - strength)
      return { prompt, output: chosen, against: rejected, group, weight, author: author ?? null, source, scale: comparison, level }
    }),
    ...judgments.map(({ prompt, output, group, weight = 1, author, source, level, levels }): Row => {
      const scale = { levels, symmetric: false }
      return { prompt, output, group, weight, author: author ?? null, source: source ?? (levels === 2 ? 'thumb' : 'rating'), scale, level }
    }),
  ]
  const counts = countBy(rows, authorKey)
  for (const row of rows) if (counts.get(authorKey(row))! < FEWEST_JUDGMENTS) row.author = null
  const [authorOf, authors] = numbered(rows, authorKey, ({ source, author }) => ({ source, author }))
  const [scale, scales] = numbered(
    rows,
    (row) => (row.scale.symmetric ? 'comparison' : `${row.source} ${row.scale.levels}`),
    (row) => row.scale,
  )
  const [sourceOf, sources] = numbered(
    rows,
    ({ source }) => source,
    ({ source }) => source,
  )
  return {
    features: options,
    observations: observe(rows, rows.length, options, vectorOf),
    groups: numberGroups(rows),
    weight: Float64Array.from(rows, ({ weight }) => weight),
    judged: decided.length,
    events: { scales, authors, scale, level: Int32Array.from(rows, ({ level }) => level), author: authorOf },
    sources,
    sourceOf,
  }
}

function authorKey({ source, author }: Pick<Row, 'source' | 'author'>): string {
  return JSON.stringify([source, author])
}

function countBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return counts
}

/** Numbers of rows by key, in the order of first appearance, with what each number stands for. */
function numbered<T, V>(rows: readonly T[], key: (row: T) => string, value: (row: T) => V): [Int32Array, V[]] {
  const numbers = new Map<string, number>()
  const values: V[] = []
  const ofRows = Int32Array.from(rows, (row) => {
    const k = key(row)
    let number = numbers.get(k)
    if (number === undefined) {
      number = values.length
      numbers.set(k, number)
      values.push(value(row))
    }
    return number
  })
  return [ofRows, values]
}
