import type { AgreementReport, CriterionAgreement, EstimateView } from '@plaudit/sdk'
import type { IntervalRow } from '../../ui/chart/interval-plot.tsx'

export const thresholds = [
  { value: 0.667, label: 'tentative' },
  { value: 0.8, label: 'good' },
] as const

/** One axis for all alphas of a page: from 0, or from below it where some alpha is. */
export function alphaDomain(alphas: readonly EstimateView[]): readonly [number, number] {
  const lowest = Math.min(0, ...alphas.flatMap(({ estimate }) => estimate ?? []))
  return [lowest < 0 ? Math.max(-1, Math.floor(lowest * 5) / 5) : 0, 1]
}

export function rowOf(
  key: string,
  label: string,
  { estimate, low, high, n, effective, reason }: EstimateView,
  isStrong = false,
): IntervalRow {
  return { key, label, estimate, low, high, n, effective, reason, isStrong }
}

const measures = { nominal: 'by value', ordinal: 'in order', interval: 'as numbers', characters: 'by character', pairs: 'by pair' } as const

/** How two judgments of a criterion are compared, in words. */
export function levelWords(level: CriterionAgreement['level']): string {
  return measures[level]
}

/** The report as rows of a table to take away. */
export function agreementRows({ criteria }: AgreementReport) {
  const row = (
    criterion: CriterionAgreement,
    slice: string,
    one: Pick<CriterionAgreement, 'alpha' | 'percent' | 'items' | 'raters' | 'ratings'>,
  ) => ({
    criterion: criterion.criterion,
    kind: criterion.kind,
    level: criterion.level,
    slice,
    population: criterion.weighting.population,
    alpha: one.alpha.estimate,
    low: one.alpha.low,
    high: one.alpha.high,
    percent: one.percent.estimate,
    items: one.items,
    reviewers: one.raters,
    judgments: one.ratings,
    effective_items: one.alpha.effective ?? null,
    method: one.alpha.method,
    reason: one.alpha.reason,
  })
  return criteria.flatMap((one) => [row(one, '', one), ...one.slices.map((slice) => row(one, slice.slice, slice))])
}
