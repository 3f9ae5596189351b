import type { AgreementGrade, CriterionAgreement, EstimateView } from '@plaudit/protocol'

/** Krippendorff's two thresholds: reliable, and enough for tentative conclusions. */
const GOOD = 0.8
const TENTATIVE = 0.667

export function gradeOf({ estimate }: EstimateView): AgreementGrade {
  if (estimate === null) return 'unknown'
  if (estimate >= GOOD) return 'good'
  return estimate >= TENTATIVE ? 'tentative' : 'low'
}

type Graded = Pick<CriterionAgreement, 'criterion' | 'alpha' | 'percent' | 'grade' | 'pairedItems' | 'items' | 'raters'> &
  Pick<CriterionAgreement, 'weighting'>

/** What the agreement on one criterion means. */
export function criterionSentence({ alpha, percent, pairedItems, items, raters }: Graded): string {
  if (pairedItems === 0)
    return `Nobody judged the same item twice over: ${count(items, 'item')}, each by one person. Give items to two people.`
  if (alpha.estimate === null) {
    const share = percent.estimate === null ? '' : ` Two judgments of one item are equal ${percentOf(percent.estimate)} of the time.`
    return `${alpha.reason ?? ''}${share}`.trim()
  }
  const base = `${count(raters, 'person', 'people')} on ${count(pairedItems, 'item')} that several judged`
  if (percent.estimate !== null && percent.estimate >= 0.9 && alpha.estimate < TENTATIVE)
    return `Two judgments of one item are equal ${percentOf(percent.estimate)} of the time, but nearly all items get the same value, so that chance alone explains most of it (${base}).`
  const unsettled = crosses(alpha, TENTATIVE) ? ' The interval reaches over 0.67: more items judged twice would settle it.' : ''
  const words = {
    good: 'People agree well beyond chance',
    tentative: 'People agree well enough for tentative conclusions',
    low: alpha.estimate <= 0 ? 'People agree no more than chance would' : 'People agree too little to rely on one judgment',
    unknown: '',
  }[gradeOf(alpha)]
  return `${words} (${base}).${unsettled}`
}

/** What the agreement on all criteria means, and which one needs a look. */
export function overallSentence(criteria: readonly Graded[]): { grade: AgreementGrade; sentence: string; weakest: string | null } {
  const known = criteria.flatMap((one) => (one.alpha.estimate === null ? [] : [{ ...one, value: one.alpha.estimate }]))
  if (known.length === 0) {
    const paired = criteria.some(({ pairedItems }) => pairedItems > 0)
    const sentence =
      criteria.length === 0
        ? 'There are no judgments of reviewers here.'
        : paired && criteria.some(({ weighting }) => weighting.population !== 'sample')
          ? 'The agreement of this population is not known; see the reason at each criterion.'
          : paired
            ? 'Agreement cannot be told from chance yet; see the reason at each criterion.'
            : 'No item was judged by two people, so that nothing can be said about agreement. Set a queue’s overlap to two or more.'
    return { grade: 'unknown', sentence, weakest: null }
  }
  const sorted = known.toSorted((a, b) => a.value - b.value)
  const weakest = sorted[0]!
  const median = sorted[Math.floor(sorted.length / 2)]!.value
  const low = sorted.filter(({ value }) => value < TENTATIVE)
  const n = known.length
  const all = n === 1 ? 'the one criterion' : `all ${number(n)} criteria`
  if (weakest.value >= GOOD)
    return { grade: 'good', sentence: `Agreement is good: ${all} reach${n === 1 ? 'es' : ''} 0.80.`, weakest: null }
  if (low.length === 0)
    return {
      grade: 'tentative',
      sentence: `Agreement is moderate: ${all} reach${n === 1 ? 'es' : ''} 0.67, enough for tentative conclusions; “${weakest.criterion}” is the weakest (${figure(weakest.alpha)}).`,
      weakest: weakest.criterion,
    }
  const grade = median >= TENTATIVE ? 'tentative' : 'low'
  const share = low.length === n ? all : `${number(low.length)} of ${number(n)} criteria`
  const be = low.length === 1 || n === 1 ? 'is' : 'are'
  return {
    grade,
    sentence: `Agreement is ${grade === 'low' ? 'low' : 'moderate'}: ${share} ${be} below 0.67. “${weakest.criterion}” is the problem (${figure(weakest.alpha)}): see the disagreements.`,
    weakest: weakest.criterion,
  }
}

function crosses({ low, high }: EstimateView, threshold: number): boolean {
  return low !== null && high !== null && low < threshold && high >= threshold
}

/** An alpha with its interval, for running text. */
function figure({ estimate, low, high }: EstimateView): string {
  const text = (value: number) => value.toFixed(2).replace('-', '−')
  return `${text(estimate ?? 0)}${low === null || high === null ? '' : ` [${text(low)}, ${text(high)}]`}`
}

function percentOf(share: number): string {
  return `${Math.round(100 * share)} %`
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
function number(n: number): string {
  return words[n] ?? String(n)
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
}
