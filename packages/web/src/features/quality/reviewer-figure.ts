import type { EstimateView, ReviewerFigures } from '@plaudit/sdk'
import { formatShare, formatSigned } from '../../ui/format-number.ts'

/** A share of the scale with its sign, in points of a hundred. */
export function formatShift(share: number): string {
  return `${formatSigned(100 * share, Math.abs(share) < 0.1 ? 1 : 0)} %`
}

/** A stretch of the time since a sitting began. */
export function formatStretch({ fromMinutes, toMinutes }: ReviewerFigures['sitting'][number]): string {
  return toMinutes === null ? `from ${fromMinutes} min on` : `${fromMinutes}–${toMinutes} min`
}

/** What is known of each reviewer, as columns of figures: which, how it reads, and where nothing special lies. */
export const reviewerMeasures = [
  { key: 'agreement', title: 'Agreement with the others', says: 'on the same items', format: formatShare, nothing: null },
  { key: 'agreementBeside', title: 'Agreement beside what is usual', says: 'on the same criteria', format: formatShift, nothing: 0 },
  { key: 'selfAgreement', title: 'Agreement with themself', says: 'on items judged twice', format: formatShare, nothing: null },
  { key: 'leniency', title: 'Leniency', says: 'ratings above the others’, share of the scale', format: formatShift, nothing: 0 },
  { key: 'extremeness', title: 'Ends of the scale', says: 'below 0 keeps to the middle', format: formatShift, nothing: 0 },
  { key: 'position', title: 'First side', says: 'log-odds that standing first adds', format: formatSigned, nothing: 0 },
  { key: 'length', title: 'Longer output', says: 'log-odds that being longer adds', format: formatSigned, nothing: 0 },
  {
    key: 'lengthOfRatings',
    title: 'Longer output, in ratings',
    says: 'share of the scale for each doubling',
    format: formatShift,
    nothing: 0,
  },
  { key: 'halo', title: 'Halo', says: 'mean correlation between criteria', format: formatSigned, nothing: null },
  { key: 'drift', title: 'Drift', says: 'change of agreement a week, beside what is usual', format: formatShift, nothing: 0 },
  { key: 'fatigue', title: 'Fatigue', says: 'change of agreement an hour within a sitting', format: formatShift, nothing: 0 },
] as const satisfies readonly {
  key: keyof ReviewerFigures
  title: string
  says: string
  format: (value: number) => string
  nothing: number | null
}[]

/** One row for each reviewer and measure, to take away. */
export function reviewerRows(reviewers: readonly ReviewerFigures[]) {
  return reviewers.flatMap((one) =>
    reviewerMeasures.map(({ key }) => {
      const { estimate, low, high, n, clusters, method, reason } = one[key]
      return { reviewer: one.reviewerId, measure: key, estimate, low, high, n, items: clusters, method, reason }
    }),
  )
}

/** The range that holds every known estimate, and 0 where nothing special lies there. */
export function rangeOf(estimates: readonly EstimateView[], nothing: number | null): number[] {
  const known = estimates.flatMap(({ estimate, low, high }) => [estimate, low, high].filter((value) => value !== null))
  return nothing === null ? known : [...known, nothing]
}
