import type { EstimateView, Overview } from '@plaudit/sdk'
import { formatDecimal, formatWhole } from '../../ui/format-number.ts'
import { type Bounded, moverDifference } from './difference.ts'

export type Criterion = Overview['criteria'][number]
export type Variant = Criterion['variants'][number]

/** Two variants of one prompt that differ in one thing alone, and by how much their scores differ. */
export type Comparison = {
  better: Variant
  other: Variant
  /** `better` minus `other`; positive or zero. */
  difference: Bounded
  /** What tells them apart: the version or the model. */
  differsBy: 'version' | 'model'
  judgments: number
  /** Whether the 95 % interval leaves zero out. */
  isClear: boolean
}

function bounded({ estimate, low, high }: EstimateView): Bounded | null {
  return estimate === null || low === null || high === null ? null : { estimate, low, high }
}

/**
 * The comparison that matters most: the newest version of a prompt against the one of its versions with most judgments, on one model; where no
 * prompt has two versions on a model, two models on one version. Of several such pairs, the one whose smaller n is largest. It is chosen by age
 * and n and never by its result, so that its interval means what it says. Null where no pair has intervals.
 */
export function mainComparison(criterion: Criterion): Comparison | null {
  const pairs = criterion.variants.flatMap((a, index) => criterion.variants.slice(index + 1).flatMap((b) => comparable(a, b)))
  const [best] = pairs.toSorted((p, q) => q.newest - p.newest || q.evidence - p.evidence)
  return best?.comparison ?? null
}

/** The comparison of two variants of a prompt that differ in one thing, with what it is chosen by; empty for any other two. */
function comparable(a: Variant, b: Variant): { comparison: Comparison; newest: number; evidence: number }[] {
  const [sameVersion, sameModel] = [a.promptVersion === b.promptVersion, a.model === b.model]
  const [first, second] = [bounded(a.overall), bounded(b.overall)]
  if (a.promptName !== b.promptName || sameVersion === sameModel || first === null || second === null) return []
  const [better, other] = first.estimate >= second.estimate ? [a, b] : [b, a]
  const difference = better === a ? moverDifference(first, second) : moverDifference(second, first)
  const differsBy = sameModel ? 'version' : 'model'
  return [
    {
      comparison: { better, other, difference, differsBy, judgments: a.overall.n + b.overall.n, isClear: difference.low > 0 },
      newest: sameModel ? Math.max(firstJudged(a), firstJudged(b)) : 0,
      evidence: Math.min(a.overall.n, b.overall.n),
    },
  ]
}

/** When the variant was first judged in the window, in milliseconds; 0 without a series. */
function firstJudged({ series }: Variant): number {
  return series[0] === undefined ? 0 : Date.parse(series[0].time)
}

/** "support v3 scores 0.40 above v2 on helpfulness with gpt-4o [0.20, 0.60], 212 judgments." */
export function comparisonSentence(criterion: Pick<Criterion, 'criterion' | 'kind'>, comparison: Comparison): string {
  const { better, other, difference, differsBy, judgments, isClear } = comparison
  const [left, right, where] =
    differsBy === 'version'
      ? [named(better.promptName, versionLabel(better)), versionLabel(other), better.model === '' ? '' : ` with ${better.model}`]
      : [better.model || 'no model', other.model || 'no model', ` for ${named(better.promptName, versionLabel(better))}`]
  // Thumbs are shares, whose differences are percentage points.
  const written = criterion.kind === 'thumbs' ? (value: number) => formatDecimal(100 * value, 0) : (value: number) => formatDecimal(value)
  const unit = criterion.kind === 'thumbs' ? ' points' : ''
  const interval = `[${written(difference.low)}, ${written(difference.high)}], ${formatWhole(judgments)} judgments`
  return isClear
    ? `${left} scores ${written(difference.estimate)}${unit} above ${right} on ${criterion.criterion}${where} ${interval}.`
    : `${left} and ${right} cannot be told apart on ${criterion.criterion}${where}: the difference is ${written(difference.estimate)}${unit} ${interval}.`
}

/** How a version is called: a plain number gets a v. */
export function versionLabel({ promptVersion }: Pick<Variant, 'promptVersion'>): string {
  if (promptVersion === '') return 'no version'
  return /^\d/.test(promptVersion) ? `v${promptVersion}` : promptVersion
}

/** A variant in full: prompt, version and model. */
export function variantLabel(variant: Pick<Variant, 'promptName' | 'promptVersion' | 'model'>): string {
  const prompt = variant.promptName === '' && variant.promptVersion === '' ? '' : named(variant.promptName, versionLabel(variant))
  return [prompt, variant.model].filter((part) => part !== '').join(' · ')
}

function named(promptName: string, version: string): string {
  return promptName === '' ? version : `${promptName} ${version}`
}
