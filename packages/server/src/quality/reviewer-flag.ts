import type { EstimateView, ReviewerFigures, ReviewerFlag, ReviewerReport } from '@plaudit/protocol'
import { benjaminiHochberg, normalCdf, normalQuantile } from '@plaudit/stats'

type Figures = Omit<ReviewerFigures, 'flags'>
type Overall = ReviewerReport['all']

/** Below this share of the scale a difference is not worth a talk, however certain. */
const LEAST_SHIFT = 0.05
const LEAST_LOG_ODDS = 0.1

/** What is asked of each reviewer: a figure, the value that means nothing special, and how far from it matters. */
const questions = (one: Figures, all: Overall) => [
  { name: 'agreement', view: one.agreementBeside, null: 0, least: 0.02 },
  { name: 'leniency', view: one.leniency, null: 0, least: LEAST_SHIFT },
  { name: 'extremeness', view: one.extremeness, null: 0, least: LEAST_SHIFT },
  { name: 'position', view: one.position, null: all.position.estimate ?? 0, least: LEAST_LOG_ODDS },
  { name: 'length', view: one.length, null: all.length.estimate ?? 0, least: LEAST_LOG_ODDS },
  { name: 'drift', view: one.drift, null: 0, least: 0 },
  { name: 'fatigue', view: one.fatigue, null: 0, least: 0 },
]
type Found = { name: string; distance: number }

/**
 * What stands out about each reviewer: differences that matter and that chance does not explain. Many questions are asked of many reviewers, so
 * that one in twenty answers would stand out by itself: at most 5 % of those told are false (Benjamini and Hochberg).
 */
export function reviewerFlags(reviewers: readonly Figures[], all: Overall): ReviewerFlag[][] {
  const asked = reviewers.map((one) =>
    questions(one, all).filter(({ view }) => view.estimate !== null && view.low !== null && view.high !== null),
  )
  const pValues = asked.flatMap((own) => own.map(({ view, null: nothing }) => pOf(view, nothing)))
  const { discoveries } = benjaminiHochberg(pValues)
  let at = 0
  return reviewers.map((one, r) => {
    const found = asked[r]!.flatMap(({ name, view, null: nothing, least }): Found[] => {
      const isReal = discoveries[at]!
      at += 1
      const distance = view.estimate! - nothing
      return isReal && Math.abs(distance) >= least ? [{ name, distance }] : []
    })
    return sentencesOf(one, found)
  })
}

/** Two-sided, of the value that means nothing, from a 95 % interval. */
function pOf({ estimate, low, high }: EstimateView, nothing: number): number {
  const se = (high! - low!) / (2 * normalQuantile(0.975))
  return se > 0 ? Math.min(1, 2 * normalCdf(-Math.abs(estimate! - nothing) / se)) : 1
}

function sentencesOf(one: Figures, found: readonly Found[]): ReviewerFlag[] {
  const isLenient = found.some(({ name }) => name === 'leniency')
  return found.flatMap(({ name, distance }): ReviewerFlag[] => {
    const size = Math.abs(distance)
    if (name === 'agreement' && distance < 0)
      return [
        {
          kind: 'disagrees',
          sentence: `Agrees with the others ${percent(one.agreement.estimate)} of the time; on the same criteria ${percent((one.agreement.estimate ?? 0) - distance)} is usual.`,
        },
      ]
    if (name === 'leniency')
      return [
        {
          kind: distance > 0 ? 'lenient' : 'strict',
          sentence: `Rates ${percent(size)} of the scale ${distance > 0 ? 'above' : 'below'} the others on the same items${worst(one)}.`,
        },
      ]
    // Who is lenient is near an end for that reason.
    if (name === 'extremeness' && !isLenient)
      return [
        distance < 0
          ? { kind: 'middle', sentence: 'Keeps to the middle of the scale more than the others.' }
          : { kind: 'extreme', sentence: 'Goes to the ends of the scale more than the others.' },
      ]
    if (name === 'position')
      return [
        {
          kind: distance > 0 ? 'first_side' : 'second_side',
          sentence: `Prefers what stands ${distance > 0 ? 'first' : 'second'} more than the others do: odds of ${Math.exp(Math.abs(one.position.estimate ?? 0)).toFixed(2)} to 1 for the ${(one.position.estimate ?? 0) > 0 ? 'first' : 'second'} of two equals.`,
        },
      ]
    if (name === 'length')
      return [
        {
          kind: distance > 0 ? 'longer' : 'shorter',
          sentence: `Prefers the ${distance > 0 ? 'longer' : 'shorter'} of two outputs more than the others do.`,
        },
      ]
    if (name === 'drift' && distance < 0)
      return [{ kind: 'worse_over_time', sentence: `Agreement with the others falls by ${percent(size)} a week.` }]
    if (name === 'fatigue' && distance < 0)
      return [{ kind: 'tires', sentence: `Agreement with the others falls by ${percent(size)} an hour within a sitting.` }]
    return []
  })
}

/** The criterion on which a reviewer is farthest from the others. */
function worst({ leniencyByCriterion }: Figures): string {
  const known = leniencyByCriterion.filter(({ leniency: { low, high } }) => low !== null && high !== null && (low > 0 || high < 0))
  const [most] = known.toSorted((a, b) => Math.abs(b.leniency.estimate ?? 0) - Math.abs(a.leniency.estimate ?? 0))
  if (most === undefined) return ''
  const { estimate } = most.leniency
  return `; on ${most.criterion} by ${Math.abs(estimate ?? 0).toFixed(2)} points`
}

/** What to know about the reviewers as a whole. */
export function reviewersSentence(reviewers: readonly ReviewerFigures[]): string {
  if (reviewers.length === 0) return 'No reviewer has judged anything yet.'
  const compared = reviewers.filter(({ sharedItems }) => sharedItems > 0)
  if (compared.length === 0) return 'No two reviewers judged the same item, so that nobody can be compared with anybody.'
  const noted = reviewers.filter(({ flags }) => flags.length > 0)
  const people = compared.length === 1 ? 'One reviewer' : `${compared.length} reviewers`
  if (noted.length === 0) return `${people} judged items in common; nobody stands out beyond chance.`
  return `${people} judged items in common; ${noted.length === 1 ? 'one stands' : `${noted.length} stand`} out beyond chance.`
}

function percent(share: number | null): string {
  const value = 100 * (share ?? 0)
  return `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)} %`
}
