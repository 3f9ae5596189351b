import { type Consensus, dawidSkene, normalCdf, normalConsensus, oneCoin, type Ratings } from '@plaudit/stats'
import type { ConsensusRow } from '../events/consensus-row.ts'
import { placeOfItem } from '../events/item-key.ts'
import type { JudgmentTable } from './judgment-table.ts'
import { marksConsensus } from './marks-consensus.ts'
import { comparable, levelOf, recoded } from './rating-level.ts'

/** Kinds that several judgments of one item make a consensus of. */
export const consensusKinds = ['rating', 'label', 'labels', 'thumbs', 'comparison', 'marks'] as const

/** A rater's matrix of K² chances needs at least so many judgments for each value, and items so many judgments, to be worth more than one number. */
const RATINGS_FOR_EACH_VALUE = 15
const VOTES_FOR_MATRIX = 3
const MATRIX_SMOOTHING = 0.1
const MOST_RATERS_KEPT = 500
const MOST_VALUES_KEPT = 12

/** The consensus on one item, before it is a row: `code` is the item's place in the ratings. */
type Item = Pick<ConsensusRow, 'value' | 'score' | 'sd' | 'probability' | 'posterior'>
type Fitted = {
  method: string
  fit: object
  /** `own` are the codes of the votes on the item. */
  itemOf: (code: number, own: readonly number[]) => Item
  /** Where the kind has a measure of its own of how far votes are apart. */
  spreadOf?: (own: readonly number[]) => number
}

/**
 * What several people together say about each item of a criterion, and where that comes from. Choices by Dawid–Skene, with one number a rater
 * where judgments are few; numbers by their level, corrected for each rater's severity and noise; marks by majority. Items judged by one person
 * alone have their judgment and no row. Null where there is nothing to infer.
 */
export function consensusOf(table: JudgmentTable, source: { watermark: string; computedAt: string }): ConsensusRow[] | null {
  const ratings = comparable(table)
  const fitted = fitOf(table.kind, ratings)
  if (fitted === null) return null
  const votes = votesByItem(ratings)
  const newest = newestTimes(table)
  const spreadOf = fitted.spreadOf ?? spreads(table.kind, ratings, votes)
  const base = { criterion: table.criterion, kind: table.kind, method: fitted.method, isDeleted: false }
  const rows = votes.flatMap((own, code): ConsensusRow[] => {
    if (own.length < 2) return []
    const item = ratings.itemNames[code]!
    return [
      {
        ...base,
        item,
        ...placeOfItem(item),
        ...fitted.itemOf(code, own),
        votes: own.length,
        time: newest[code]!,
        spread: round(spreadOf(own)),
        source: {},
      },
    ]
  })
  return [provenance(base, { ...source, method: fitted.method, items: rows.length, ...fitted.fit }), ...rows]
}

/** The row that says where the rows of a criterion come from. */
function provenance(
  base: Pick<ConsensusRow, 'criterion' | 'kind' | 'method' | 'isDeleted'>,
  source: { computedAt: string; [name: string]: unknown },
): ConsensusRow {
  const nowhere = { item: '', traceId: '', spanId: '', sessionId: '', value: '', score: null, sd: null, probability: null }
  return { ...base, ...nowhere, posterior: [], votes: 0, time: source.computedAt, spread: 0, source }
}

function fitOf(kind: string, ratings: Ratings): Fitted | null {
  if (ratings.items.length === 0) return null
  if (kind === 'labels') return labelLists(ratings)
  if (kind === 'marks') {
    const marks = marksConsensus(ratings)
    return { method: 'majority', fit: {}, itemOf: (_code, own) => marks.itemOf(own), spreadOf: (own) => marks.spreadOf(own) }
  }
  return kind === 'rating' && levelOf(kind, ratings) !== 'nominal' ? levels(ratings) : choices(kind, ratings)
}

/** Choices: the posterior of each value. A thumb's score is the chance of up, a number's its mean. */
function choices(kind: string, ratings: Ratings): Fitted | null {
  const fit = chosenFit(ratings)
  if (fit === null) return null
  const { valueNames, posteriors } = fit
  const K = valueNames.length
  const scoreOf = (value: string): number | null =>
    kind === 'thumbs' ? (value === 'up' ? 1 : 0) : kind === 'rating' ? Number(value) : null
  return {
    method: fit.method,
    fit: describeFit(fit),
    itemOf(code) {
      const all = valueNames.map((value, k) => ({ value, probability: posteriors[code * K + k]! }))
      const posterior = all
        .toSorted((a, b) => b.probability - a.probability)
        .slice(0, MOST_VALUES_KEPT)
        .map(rounded)
      const numbers = all.flatMap(({ value, probability }) => {
        const score = scoreOf(value)
        return score === null ? [] : [{ score, probability }]
      })
      const mean = numbers.reduce((sum, one) => sum + one.score * one.probability, 0)
      const variance = numbers.reduce((sum, one) => sum + (one.score - mean) ** 2 * one.probability, 0)
      const hasScore = numbers.length > 0
      return {
        value: posterior[0]?.value ?? '',
        probability: posterior[0]?.probability ?? null,
        posterior,
        score: hasScore ? round(mean) : null,
        sd: hasScore ? round(Math.sqrt(variance)) : null,
      }
    },
  }
}

/** Lists of labels: each label by itself is there or not. */
function labelLists(ratings: Ratings): Fitted | null {
  const labels = [...new Set(ratings.valueNames.flatMap((value) => JSON.parse(value) as string[]))].toSorted()
  const fits = labels.flatMap((label) => {
    const fit = chosenFit(recoded(ratings, (value) => String((JSON.parse(value) as string[]).includes(label))))
    return fit === null ? [] : [{ label, fit }]
  })
  const chanceOf = (fit: Consensus, code: number) => {
    const k = fit.valueNames.indexOf('true')
    return k < 0 ? 0 : fit.posteriors[code * fit.valueNames.length + k]!
  }
  return {
    method: `${fits[0]?.fit.method ?? 'one-coin'} by label`,
    fit: { labels: Object.fromEntries(fits.map(({ label, fit }) => [label, describeFit(fit)])) },
    itemOf(code) {
      const chances = fits.map(({ label, fit }) => ({ value: label, probability: chanceOf(fit, code) }))
      const chosen = chances.filter(({ probability }) => probability >= 0.5).map(({ value }) => value)
      // Labels are inferred one by one, so the chance of the list is that of all its parts.
      const probability = chances.reduce((product, one) => product * Math.max(one.probability, 1 - one.probability), 1)
      const posterior = chances
        .toSorted((a, b) => b.probability - a.probability)
        .slice(0, MOST_VALUES_KEPT)
        .map(rounded)
      return { value: JSON.stringify(chosen), probability: round(probability), posterior, score: null, sd: null }
    },
  }
}

/** Numbers: the item's level. On a scale of points, the chance of each point is that of the level being nearest to it. */
function levels(ratings: Ratings): Fitted | null {
  const fit = normalConsensus(ratings)
  // All judgments equal: the value is what everybody says.
  if (fit.raters === null) return choices('rating', ratings)
  const points = [...ratings.numbers!].toSorted((a, b) => a - b)
  const [lowest, highest] = [points[0]!, points.at(-1)!]
  const isScale = levelOf('rating', ratings) === 'ordinal'
  const { raters, mean, itemSd, logLikelihood, iterations, converged } = fit
  const kept = raters
    .toSorted((a, b) => b.ratings - a.ratings)
    .slice(0, MOST_RATERS_KEPT)
    .map((one) => ({ ...one, severity: round(one.severity), noise: round(one.noise) }))
  return {
    method: 'normal',
    fit: { mean: round(mean), itemSd: round(itemSd), logLikelihood, iterations, converged, raters: kept },
    itemOf(code) {
      const sd = fit.sds[code]!
      const score = Math.min(highest, Math.max(lowest, fit.levels[code]!))
      if (!isScale) return { value: String(round(score)), score: round(score), sd: round(sd), probability: null, posterior: [] }
      const bounds = points.slice(1).map((point, k) => (point + points[k]!) / 2)
      const below = (bound: number) => normalCdf((bound - fit.levels[code]!) / sd)
      const posterior = points
        .map((point, k) => ({
          value: String(point),
          probability: (k < bounds.length ? below(bounds[k]!) : 1) - (k > 0 ? below(bounds[k - 1]!) : 0),
        }))
        .toSorted((a, b) => b.probability - a.probability)
        .map(rounded)
      return { value: posterior[0]!.value, probability: posterior[0]!.probability, posterior, score: round(score), sd: round(sd) }
    },
  }
}

/** The full matrix of each rater where there is enough to fill it, else one number a rater. */
function chosenFit(ratings: Ratings): Consensus | null {
  const votes = votesByItem(ratings).filter((own) => own.length > 0)
  const meanVotes = ratings.items.length / votes.length
  const perRater = new Int32Array(ratings.raterNames.length)
  for (const rater of ratings.raters) perRater[rater]! += 1
  const rated = [...perRater].filter((count) => count > 0).toSorted((a, b) => a - b)
  const median = rated[Math.floor(rated.length / 2)] ?? 0
  const isEnough = meanVotes >= VOTES_FOR_MATRIX && median >= RATINGS_FOR_EACH_VALUE * ratings.valueNames.length
  const fit = isEnough ? dawidSkene(ratings, { smoothing: MATRIX_SMOOTHING }) : oneCoin(ratings)
  return fit.labels === null ? null : fit
}

function describeFit({ method, logLikelihood, iterations, converged, prior, valueNames, raters }: Consensus): object {
  return {
    method,
    logLikelihood,
    iterations,
    converged,
    prior: Object.fromEntries(valueNames.map((value, k) => [value, round(prior[k]!)])),
    raters: raters
      .toSorted((a, b) => b.ratings - a.ratings)
      .slice(0, MOST_RATERS_KEPT)
      .map(({ rater, ratings, accuracy }) => ({ rater, ratings, accuracy: round(accuracy) })),
  }
}

function votesByItem({ items, values, itemNames }: Ratings): number[][] {
  const votes = itemNames.map((): number[] => [])
  items.forEach((item, j) => votes[item]!.push(values[j]!))
  return votes
}

function newestTimes({ ratings: { items, itemNames }, times }: JudgmentTable): string[] {
  const newest = new Float64Array(itemNames.length)
  items.forEach((item, j) => (newest[item] = Math.max(newest[item]!, times[j]!)))
  return [...newest].map((time) => new Date(time).toISOString())
}

/** How far the votes of an item are apart: the chance that two of them differ, or their mean distance over the scale; 0 to 1. */
function spreads(kind: string, ratings: Ratings, votes: readonly number[][]): (own: readonly number[]) => number {
  const { numbers } = ratings
  const isMeasured = kind === 'rating' && numbers !== null && votes.length > 0
  const range = isMeasured ? Math.max(...numbers) - Math.min(...numbers) : 0
  const apart = (a: number, b: number) => (isMeasured && range > 0 ? Math.abs(numbers[a]! - numbers[b]!) / range : a === b ? 0 : 1)
  return (own) => {
    let [sum, pairs] = [0, 0]
    own.forEach((a, at) =>
      own.slice(at + 1).forEach((b) => {
        sum += apart(a, b)
        pairs += 1
      }),
    )
    return sum / pairs
  }
}

function rounded({ value, probability }: { value: string; probability: number }) {
  return { value, probability: round(probability) }
}

/** Six digits: what is beyond changes with every judgment elsewhere and means nothing. */
function round(value: number): number {
  return Number(value.toFixed(6))
}
