import type { EstimateView } from '@plaudit/sdk'
import { niceDomain } from '../../ui/chart/scale.ts'
import { formatDecimal, formatShare } from '../../ui/format-number.ts'
import { type Criterion, variantLabel } from './compare-variants.ts'

/** How a criterion's mean is written: thumbs as a share of thumbs up, everything else as a number. */
export function formatOf({ kind }: Pick<Criterion, 'kind'>): (value: number) => string {
  return kind === 'thumbs' ? formatShare : (value) => formatDecimal(value)
}

/** How its axis is written: no more digits than the ticks need. */
export function axisFormatOf({ kind }: Pick<Criterion, 'kind'>): (value: number) => string {
  return kind === 'thumbs' ? (value) => `${Math.round(value * 100)} %` : (value) => String(value).replace('-', '−')
}

/**
 * The axis that all charts of a criterion share: shares from 0 to 1; else round ends around every mean and around the intervals over the whole
 * window. Intervals of single buckets may leave it, for those of small n would flatten all the rest.
 */
export function domainOf({ kind, variants }: Pick<Criterion, 'kind' | 'variants'>): [number, number] {
  if (kind === 'thumbs') return [0, 1]
  const values = variants.flatMap(({ overall, series }) => [
    overall.estimate,
    overall.low,
    overall.high,
    ...series.map(({ score }) => score.estimate),
  ])
  return niceDomain(
    values.filter((value) => value !== null),
    3,
  )
}

/** One row per variant and bucket, and one per variant for the whole window (its time is empty). */
export function criterionRows(criterion: Criterion) {
  const figures = ({ estimate, low, high, n, clusters, effective, method, reason }: EstimateView) => ({
    mean: estimate,
    low,
    high,
    n,
    traces: clusters,
    effective_traces: effective ?? null,
    method,
    reason,
  })
  return criterion.variants.flatMap((variant) => {
    const { promptName, promptVersion, model, overall, series } = variant
    const key = {
      criterion: criterion.criterion,
      kind: criterion.kind,
      author_kind: criterion.authorKind,
      population: criterion.weighting.population,
      prompt: promptName,
      version: promptVersion,
      model,
    }
    return [{ ...key, time: '', ...figures(overall) }, ...series.map(({ time, score }) => ({ ...key, time, ...figures(score) }))]
  })
}

/** Variants by prompt, then version in the order of its numbers, then model. */
export function sortedVariants({ variants }: Pick<Criterion, 'variants'>) {
  return variants.toSorted((a, b) => variantLabel(a).localeCompare(variantLabel(b), 'en', { numeric: true }))
}
