import type { BiasFinding, BiasReport, BiasVerdict, Criterion, EstimateView, ReviewerFlag, ReviewerReport } from '@plaudit/protocol'
import { anchoring, clusteredDifference, clusteredMean, type Estimate, type PrelabelledJudgment } from '@plaudit/stats'
import type { TraceScore } from './bias-store.ts'
import { undefinedEstimate } from '../insights/estimate.ts'
import { viewOf } from './estimate-view.ts'

type Given = {
  reviewers: Omit<ReviewerReport, 'source'>
  prelabelled: readonly PrelabelledJudgment[]
  traces: readonly TraceScore[]
}

/** Where judgments lean, found or not: what was looked for is always listed. */
export function biasFindings({ reviewers, prelabelled, traces }: Given): BiasFinding[] {
  const { all } = reviewers
  const severity = farthest(reviewers, 'leniency', ['lenient', 'strict'])
  const length = mean(reviewers.reviewers.map(({ lengthOfRatings }) => lengthOfRatings))
  const ends = farthest(reviewers, 'extremeness', ['middle', 'extreme'])
  const halo = mean(reviewers.reviewers.map((one) => one.halo))
  const { shift } = anchoring(prelabelled)
  const selection = selfSelection(traces)
  return [
    finding('position', 'log_odds', 'Log-odds that standing first adds in a comparison', all.position, 0.1, {
      found: (value) =>
        `What stands ${value > 0 ? 'first' : 'second'} is preferred, whatever it is: odds of ${Math.exp(Math.abs(value)).toFixed(2)} to 1 between equals.`,
      clear: 'The side on which an output stands does not decide comparisons.',
      advice: 'Keep sides drawn at random for each reviewer, so that it cancels out; rank with the position in the model.',
    }),
    finding('length', 'log_odds', 'Log-odds that being longer adds in a comparison, per standard deviation', all.length, 0.1, {
      found: (value) => `The ${value > 0 ? 'longer' : 'shorter'} output is preferred beyond what the variants are worth.`,
      clear: 'Length does not decide comparisons beyond what the variants are worth.',
      advice:
        'Longer outputs may be better ones: compare rankings with and without length control, and say in the guideline what length is worth.',
    }),
    finding(
      'length_of_ratings',
      'points_of_scale',
      'Rating above the others’ for each doubling of the length, as a share of the scale',
      length,
      0.02,
      {
        found: (value) =>
          `Reviewers differ in what length is worth to them: on average a doubling moves a rating ${percent(Math.abs(value))} of the scale against the others’.`,
        clear: 'Reviewers do not differ in what length is worth to them.',
        advice: 'See which reviewers it is, on the reviewers’ page.',
      },
    ),
    finding(
      'severity',
      'points_of_scale',
      'Rating of the reviewer farthest from the others, above or below them on the same items, as a share of the scale',
      severity.estimate,
      0.05,
      {
        found: (value) => `Who judges matters: a reviewer lies ${percent(value)} of the scale above or below the others on the same items.`,
        clear: 'It hardly matters which reviewer an item gets.',
        advice: 'Use the consensus, which takes severity out; calibrate on items that the reviewers part on.',
      },
      severity.isFound,
    ),
    finding(
      'central_tendency',
      'points_of_scale',
      'How much nearer to the middle or the ends of the scale the reviewer farthest from the others keeps',
      ends.estimate,
      0.05,
      {
        found: () => 'Some reviewers keep to the middle of the scale, others go to its ends.',
        clear: 'Reviewers use the scale alike.',
        advice: 'Describe every point of the scale in the rubric, with an example.',
      },
      ends.isFound,
    ),
    finding('halo', 'correlation', 'Mean correlation between the criteria of an output, by reviewer', halo, 0.6, {
      found: () => 'The criteria move together: one impression may decide them all.',
      clear: 'The criteria are told apart.',
      advice: 'Ask them in a random order, or one criterion at a time over many items; drop what is never told apart.',
    }),
    finding('fatigue', 'points_of_scale', 'Change of agreement an hour within a sitting', all.fatigue, 0.02, {
      found: (value) => `Agreement ${value < 0 ? 'falls' : 'rises'} by ${percent(Math.abs(value))} an hour within a sitting.`,
      clear: 'Agreement holds through a sitting.',
      advice: 'Shorter sittings, or a break after the time at which it falls.',
    }),
    finding('drift', 'points_of_scale', 'Change of agreement a week', all.drift, 0.01, {
      found: (value) =>
        `Agreement ${value < 0 ? 'falls' : 'rises'} by ${percent(Math.abs(value))} a week, beside what is usual on the same criteria.`,
      clear: 'Agreement holds over the weeks.',
      advice: 'Look at what changed: the guideline, the traffic, or the people. Calibrate again.',
    }),
    finding(
      'anchoring',
      'share',
      'Agreement with a model’s label when it is shown, less when it is not',
      prelabelled.length === 0
        ? undefinedEstimate('No judgment in a queue is on an item that a model had labelled before.')
        : viewOf(shift, counts(prelabelled)),
      0.05,
      {
        found: (value) => `Reviewers follow a label that they are shown: ${percent(value)} more of them agree with it.`,
        clear: 'Showing a label does not change what reviewers say.',
        advice: 'Hide labels until the judgment is made, or check the accepted ones against gold.',
      },
    ),
    finding(
      'self_selection',
      'points_of_scale',
      'Reviewers’ scores of traces whose users gave feedback, less those of the others',
      selection,
      0.05,
      {
        found: (value) =>
          `Users give feedback on ${value > 0 ? 'better' : 'worse'} outputs than the rest: by ${percent(Math.abs(value))} of the scale, as reviewers see them.`,
        clear: 'Outputs that users gave feedback on are like the others, as reviewers see them.',
        advice: 'Take end users’ feedback as a signal of where to look, and the quality of traffic from a drawn sample.',
      },
    ),
  ]
}

type Words = { found: (value: number) => string; clear: string; advice: string }

function finding(
  kind: BiasFinding['kind'],
  unit: BiasFinding['unit'],
  measure: string,
  estimate: EstimateView,
  matters: number,
  { found, clear, advice }: Words,
  isFound?: boolean,
): BiasFinding {
  const verdict =
    isFound === undefined ? verdictOf(estimate, matters, kind === 'halo') : isFound ? 'found' : verdictOfFarthest(estimate, matters)
  const sentence = {
    found: () => found(estimate.estimate ?? 0),
    clear: () => clear,
    unsure: () => 'The interval holds both nothing and something that matters: more judgments would tell.',
    unknown: () => estimate.reason ?? 'It cannot be told yet.',
  }[verdict]()
  return { kind, verdict, measure, unit, estimate, sentence, advice }
}

/**
 * Found: wholly on one side of 0, and more than what matters. Clear: wholly within what does not matter. Criteria of one output may well
 * correlate, so that halo is found only where the whole interval lies beyond what matters.
 */
function verdictOf({ estimate, low, high }: EstimateView, matters: number, isAbsolute: boolean): BiasVerdict {
  if (estimate === null || low === null || high === null) return 'unknown'
  if (isAbsolute) return low > matters ? 'found' : high <= matters ? 'clear' : 'unsure'
  if ((low > 0 || high < 0) && Math.abs(estimate) >= matters) return 'found'
  return low > -matters && high < matters ? 'clear' : 'unsure'
}

/**
 * The reviewer farthest from the others, as a distance. Being the farthest of many is no news: whether any stands out beyond chance is what the
 * reviewers' flags say, which allow for how many were looked at.
 */
function farthest(
  { reviewers }: Omit<ReviewerReport, 'source'>,
  key: 'leniency' | 'extremeness',
  kinds: readonly ReviewerFlag['kind'][],
): { estimate: EstimateView; isFound: boolean } {
  const flagged = reviewers.filter(({ flags }) => flags.some(({ kind }) => kinds.includes(kind)))
  // Who is lenient is near an end of the scale for that reason.
  const others = reviewers.filter(({ flags }) => key === 'leniency' || !flags.some(({ kind }) => kind === 'lenient' || kind === 'strict'))
  const known = (flagged.length > 0 ? flagged : others).map((one) => one[key]).filter(({ estimate }) => estimate !== null)
  // Who has judged next to nothing is easily the farthest: only where nobody has an interval do they speak for all.
  const sure = known.filter(({ low, high }) => low !== null && high !== null)
  const [most] = (sure.length > 0 ? sure : known).toSorted((a, b) => Math.abs(b.estimate ?? 0) - Math.abs(a.estimate ?? 0))
  if (most === undefined) return { estimate: undefinedEstimate('No two reviewers rated the same items.'), isFound: false }
  const { estimate, low, high } = most
  const turned =
    (estimate ?? 0) < 0
      ? { ...most, estimate: -(estimate ?? 0), low: high === null ? null : -high, high: low === null ? null : -low }
      : most
  return { estimate: turned, isFound: flagged.length > 0 }
}

/** Nobody stands out; whether that means that nobody differs by much is for the interval of the farthest to say. */
function verdictOfFarthest({ estimate, high }: EstimateView, matters: number): BiasVerdict {
  if (estimate === null || high === null) return 'unknown'
  return high < 2 * matters ? 'clear' : 'unsure'
}

/** The mean over reviewers of a figure; the reviewers are the clusters. */
function mean(figures: readonly EstimateView[]): EstimateView {
  const known = figures.flatMap(({ estimate }) => estimate ?? [])
  const n = figures.reduce((sum, figure) => sum + figure.n, 0)
  return viewOf(clusteredMean({ sums: known, sizes: known.map(() => 1) }), { n, clusters: known.length })
}

function selfSelection(traces: readonly TraceScore[]): EstimateView {
  const side = (hasUser: boolean) => {
    const own = traces.filter((trace) => (trace[3] === 1) === hasUser)
    return { sums: own.map((trace) => trace[1]), sizes: own.map((trace) => Number(trace[2])) }
  }
  const [users, others] = [side(true), side(false)]
  const size = { n: traces.reduce((sum, trace) => sum + Number(trace[2]), 0), clusters: traces.length }
  if (users.sums.length < 2 || others.sums.length < 2)
    return undefinedEstimate('There are too few judged traces with or without feedback of their users.', size)
  return viewOf(clusteredDifference(users, others) as Estimate<object>, size)
}

function counts(judgments: readonly PrelabelledJudgment[]) {
  return { n: judgments.length, clusters: new Set(judgments.map(({ item }) => item)).size }
}

/** What the findings come to. */
export function biasSentence(findings: readonly BiasFinding[]): string {
  const found = findings.filter(({ verdict }) => verdict === 'found')
  const known = findings.filter(({ verdict }) => verdict !== 'unknown')
  if (known.length === 0) return 'There are too few judgments to tell where they lean.'
  if (found.length === 0)
    return `Of ${known.length} things that could be looked at, none leans beyond chance and by an amount that matters.`
  const names = found.map(({ kind }) => kind.replaceAll('_', ' '))
  const list = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
  return `Judgments lean by ${list}; ${known.length - found.length} other thing${known.length - found.length === 1 ? '' : 's'} that could be looked at do${known.length - found.length === 1 ? 'es' : ''} not, or not surely.`
}

/** What rubrics in use ask and nobody answers, or answers with part of the scale alone. */
export function unusedAnswers(
  rubrics: readonly { name: string; criteria: readonly Criterion[] }[],
  values: readonly { criterion: string; given: string; n: string }[],
  judgments: readonly { criterion: string; n: string }[],
): BiasReport['unused'] {
  const byCriterion = Map.groupBy(values, ({ criterion }) => criterion)
  const total = new Map(judgments.map(({ criterion, n }) => [criterion, Number(n)]))
  return rubrics.flatMap(({ name, criteria }) =>
    criteria.flatMap((criterion) => {
      const n = total.get(criterion.key) ?? 0
      const used = new Set((byCriterion.get(criterion.key) ?? []).map(({ given }) => given))
      const unused = n === 0 ? [] : answersOf(criterion).filter((value) => !used.has(value))
      // With few judgments an unused value means nothing.
      const isTelling = n === 0 || (unused.length > 0 && n >= 20 * answersOf(criterion).length)
      return isTelling ? [{ rubric: name, criterion: criterion.key, values: unused, judgments: n }] : []
    }),
  )
}

function answersOf(criterion: Criterion): string[] {
  if (criterion.type === 'ordinal') return criterion.points.map(({ value }) => String(value))
  return criterion.type === 'categorical' || criterion.type === 'multi_label' ? criterion.options.map(({ value }) => value) : []
}

function percent(share: number): string {
  const value = 100 * share
  return `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)} %`
}
