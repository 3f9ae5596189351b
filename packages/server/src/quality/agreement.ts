import type { CriterionAgreement, CriterionType, EstimateView } from '@plaudit/protocol'
import {
  clusteredProportion,
  type Estimate,
  filterRatings,
  type ItemWeights,
  krippendorffAlpha,
  type Level,
  noiseCeiling,
  percentAgreement,
  type Ratings,
} from '@plaudit/stats'
import { gradeOf, criterionSentence } from './agreement-sentence.ts'
import { undefinedEstimate } from '../insights/estimate.ts'
import { viewOf } from './estimate-view.ts'
import type { ItemWeighted, ItemWeighting } from './item-weighting.ts'
import type { JudgmentTable } from './judgment-table.ts'
import { marksAgreement } from './marks-agreement.ts'
import { orderedPairs } from './ordered-pair.ts'
import { comparable, levelOf, recoded } from './rating-level.ts'

type Figures = Pick<CriterionAgreement, 'alpha' | 'percent' | 'grade' | 'items' | 'pairedItems' | 'raters' | 'ratings'>
type Part = CriterionAgreement['parts'][number]

const MOST_SLICES = 50
const MOST_PARTS = 30
/** Items times resamples that one interval may cost: a second or so. Of many items, fewer resamples say as much. */
const MOST_DRAWS = 20_000_000
const FEWEST_RESAMPLES = 200

/**
 * How far people agree on one criterion, overall, by label or type of mark, and by slice.
 * @param isTrafficCut whether slices are parts of the traffic; a slice that is none (a queue) is weighed to all of it.
 */
export function criterionAgreement(
  table: JudgmentTable,
  outputLengths: ReadonlyMap<string, number>,
  type: CriterionType | undefined,
  { weighting, weigh }: ItemWeighting,
  isTrafficCut: boolean,
): CriterionAgreement {
  const { criterion, kind } = table
  const ratings = comparable(table)
  const level: CriterionAgreement['level'] = kind === 'marks' ? 'characters' : kind === 'ranking' ? 'pairs' : levelOf(kind, ratings, type)
  const figures = (some: Ratings, weighted: ItemWeighted) => figuresOf(kind, level, some, outputLengths, weighted)
  const weighted = weigh(ratings)
  const { parts, ...overall } = figures(ratings, weighted)
  const one = { criterion, kind, level, ...overall, weighting, parts, ceiling: ceilingOf(level, ratings, weighted) }
  const ofSlice = (some: Ratings, slice: string) => figures(some, weigh(some, isTrafficCut ? slice : undefined))
  return { ...one, sentence: criterionSentence(one), slices: slicesOf(table, ofSlice) }
}

function figuresOf(
  kind: string,
  level: CriterionAgreement['level'],
  ratings: Ratings,
  outputLengths: ReadonlyMap<string, number>,
  weighted: ItemWeighted,
) {
  const counts = countsOf(ratings, 'weights' in weighted ? weighted.weights : null)
  const { pairedItems, pairedRatings } = counts
  const view = (estimate: Estimate<object>): EstimateView => viewOf(estimate, { n: pairedRatings, clusters: pairedItems })
  const finish = (alpha: EstimateView, percent: EstimateView, parts: Part[]) => {
    const { items, raters } = counts
    return { alpha, percent, grade: gradeOf(alpha), items, pairedItems, raters, ratings: ratings.items.length, parts }
  }
  if ('reason' in weighted) {
    const none = undefinedEstimate(weighted.reason, { n: pairedRatings, clusters: pairedItems })
    return finish(none, none, [])
  }
  const options = weightsOption(weighted)
  if (level === 'characters') {
    const marks = marksAgreement(ratings, outputLengths, weighted.weights)
    const parts = marks.parts.map(({ part, alpha }) => ({ part, alpha: view(alpha) }))
    return finish(view(marks.alpha), view(marks.exact), parts)
  }
  if (level === 'pairs') {
    const none = undefinedEstimate('Alpha is not defined for whole rankings; see the share of pairs in the same order.')
    return finish(none, view(clusteredProportion(orderedPairs(ratings, weighted.weights))), [])
  }
  const alpha = view(krippendorffAlpha(ratings, { level, ...options }))
  return finish(alpha, view(percentAgreement(ratings, options)), partsOf(kind, level, ratings, options, view))
}

function weightsOption({ weights }: { weights: Float64Array | null }): ItemWeights {
  return weights === null ? {} : { itemWeights: weights }
}

/** Each label against all others: which of them is the one that people do not agree on. */
function partsOf(
  kind: string,
  level: Level,
  ratings: Ratings,
  options: ItemWeights,
  view: (estimate: Estimate<object>) => EstimateView,
): Part[] {
  if (level !== 'nominal') return []
  const isList = kind === 'labels'
  const labels = isList ? [...new Set(ratings.valueNames.flatMap((value) => JSON.parse(value) as string[]))] : [...ratings.valueNames]
  // With two values, either against the other is the whole.
  if (!isList && labels.length <= 2) return []
  return labels.slice(0, MOST_PARTS).map((part) => {
    const has = recoded(ratings, (value) => String(isList ? (JSON.parse(value) as string[]).includes(part) : value === part))
    return { part, alpha: view(krippendorffAlpha(has, options)) }
  })
}

function ceilingOf(level: CriterionAgreement['level'], ratings: Ratings, weighted: ItemWeighted): CriterionAgreement['ceiling'] {
  if (level === 'characters' || level === 'pairs') return null
  const measure = level === 'nominal' ? 'accuracy' : 'correlation'
  if ('reason' in weighted) return { measure, low: undefinedEstimate(weighted.reason), high: undefinedEstimate(weighted.reason) }
  const { low, high } = noiseCeiling(ratings, { measure, resamples: resamplesFor(ratings.itemNames.length), ...weightsOption(weighted) })
  const view = (bound: typeof low) => viewOf(bound, { n: bound.ratings ?? 0, clusters: bound.items ?? 0 })
  return { measure, low: view(low), high: view(high) }
}

/** The largest slices, each by itself; a judgment without a value of the slice belongs to none. */
function slicesOf(
  { ratings, slices, sliceNames, ...table }: JudgmentTable,
  figures: (some: Ratings, slice: string) => Figures & { parts: Part[] },
) {
  const sizes = new Int32Array(sliceNames.length)
  for (const code of slices) sizes[code]! += 1
  return sliceNames
    .map((slice, code) => ({ slice, code, size: sizes[code]! }))
    .filter(({ slice }) => slice.trim() !== '' && slice !== ' 0')
    .toSorted((a, b) => b.size - a.size)
    .slice(0, MOST_SLICES)
    .map(({ slice, code }) => {
      const own = { ...table, ratings: filterRatings(ratings, (j) => slices[j] === code), slices, sliceNames }
      const { parts: _, ...rest } = figures(comparable(own), slice)
      return { slice, ...rest }
    })
}

/** @param weights of items: one that weighs nothing is none of the population’s. */
function countsOf({ items, raters, itemNames, raterNames }: Ratings, weights: Float64Array | null) {
  const perItem = new Int32Array(itemNames.length)
  const perRater = new Int32Array(raterNames.length)
  for (const item of items) perItem[item]! += 1
  for (const rater of raters) perRater[rater]! += 1
  const paired = perItem.filter((count, item) => count >= 2 && weights?.[item] !== 0)
  return {
    items: perItem.filter((count) => count > 0).length,
    pairedItems: paired.length,
    pairedRatings: paired.reduce((sum, count) => sum + count, 0),
    raters: perRater.filter((count) => count > 0).length,
  }
}

function resamplesFor(items: number): number {
  return Math.max(FEWEST_RESAMPLES, Math.min(1_000, Math.floor(MOST_DRAWS / Math.max(1, items))))
}
