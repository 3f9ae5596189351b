import type { Overview, RewardModel } from '@plaudit/sdk'
import { formatCount, formatShare, formatWhole } from '../../ui/format-number.ts'
import { mainComparison, type Comparison, type Criterion } from './compare-variants.ts'

/** A step of the loop as it stands now. */
export type Station = {
  step: 'Collect' | 'Review' | 'Trust' | 'Learn' | 'Guide' | 'Watch'
  /** The figure, already written. */
  value: string
  /** What the figure counts. */
  label: string
  /** The link from this step to the next one. */
  link: Link
}

/** Health of a link: it works, it is too thin to rely on, or nothing passes yet. Said in words too. */
export type Link = { health: 'works' | 'thin' | 'idle'; note: string }

/** What the loop is drawn from. */
export type LoopState = { overview: Overview; models: readonly RewardModel[] | null }

/** Below this share of traces with human feedback, what users think is known of too few. */
const thinFeedbackRate = 0.01
/** Fewer judgments than this hardly move an interval. */
export const thinJudgments = 100
/** At least this much of the judged traces should have a second judgment for agreement to be known. */
const thinDoubleJudged = 0.1

/** The six steps, in the order of the loop. */
export function loopStations({ overview, models }: LoopState): Station[] {
  const { totals, feedbackRate } = overview
  const active = models?.find(({ state }) => state === 'active')
  const repeats = judgmentsPerTrace(overview)
  const variants = new Set(
    overview.criteria.flatMap(({ variants }) =>
      variants.map(({ promptName, promptVersion, model }) => `${promptName}\n${promptVersion}\n${model}`),
    ),
  ).size
  const clear = clearestComparison(overview)
  const errorShare = totals.traces === 0 ? null : totals.errors / totals.traces

  return [
    {
      step: 'Collect',
      value: formatCount(totals.traces),
      label: totals.traces === 1 ? 'trace' : 'traces',
      link:
        totals.tracesWithFeedback === 0
          ? { health: 'idle', note: 'no feedback on them yet' }
          : {
              health: (feedbackRate.estimate ?? 0) < thinFeedbackRate ? 'thin' : 'works',
              note: `${formatShare(feedbackRate.estimate ?? 0)} have human feedback`,
            },
    },
    {
      step: 'Review',
      value: formatCount(totals.humanFeedback),
      label: totals.humanFeedback === 1 ? 'human judgment' : 'human judgments',
      link:
        repeats === null
          ? { health: 'idle', note: 'nothing to compare yet' }
          : { health: repeats < 1 + thinDoubleJudged ? 'thin' : 'works', note: `${repeats.toFixed(2)} judgments per trace and criterion` },
    },
    {
      step: 'Trust',
      value: formatCount(overview.criteria.filter(({ authorKind }) => authorKind === 'human').length),
      label: 'criteria judged by people',
      link:
        totals.humanFeedback === 0
          ? { health: 'idle', note: 'no preferences to learn from' }
          : {
              health: active === undefined ? 'thin' : 'works',
              note: active === undefined ? 'no model learns from them' : 'a model has learnt from them',
            },
    },
    {
      step: 'Learn',
      value: active === undefined ? '0' : `${active.name} v${active.version}`,
      label: active === undefined ? 'active reward models' : 'is the active reward model',
      link:
        overview.totals.feedback > overview.totals.humanFeedback
          ? { health: 'works', note: `${formatCount(totals.feedback - totals.humanFeedback)} automatic judgments` }
          : { health: 'idle', note: 'no output is scored automatically' },
    },
    {
      step: 'Guide',
      value: formatWhole(variants),
      label: variants === 1 ? 'variant judged' : 'variants judged',
      link:
        variants < 2
          ? { health: 'idle', note: 'nothing to choose between' }
          : { health: clear === null ? 'thin' : 'works', note: clear === null ? 'no clear difference yet' : 'a clear difference is known' },
    },
    {
      step: 'Watch',
      value: errorShare === null ? '–' : formatShare(errorShare),
      label: 'of traces failed',
      link:
        totals.traces === 0
          ? { health: 'idle', note: 'no traces arrive' }
          : { health: 'works', note: `${formatCount(totals.generations)} generations seen` },
    },
  ]
}

/** Judgments per judged trace, over the criteria that people judge; null while there are none. */
function judgmentsPerTrace({ criteria }: Overview): number | null {
  const human = criteria.filter(({ authorKind }) => authorKind === 'human')
  const clusters = human.reduce((sum, { overall }) => sum + overall.clusters, 0)
  return clusters === 0 ? null : human.reduce((sum, { overall }) => sum + overall.n, 0) / clusters
}

/** Of the criteria that people judge, the comparison with most judgments whose interval leaves zero out. */
export function clearestComparison({ criteria }: Overview): { criterion: Criterion; comparison: Comparison } | null {
  return (
    criteria
      .filter(({ authorKind }) => authorKind === 'human')
      .flatMap((criterion) => {
        const comparison = mainComparison(criterion)
        return comparison?.isClear === true ? [{ criterion, comparison }] : []
      })
      .toSorted((a, b) => b.comparison.judgments - a.comparison.judgments)[0] ?? null
  )
}

/** The one thing to do next: where the loop is weakest, counted from its beginning. */
export type NextStep = {
  kind: 'ask-users' | 'judge' | 'second-opinion' | 'train' | 'decide' | 'improve'
  title: string
  why: string
  action: string
}

/** Chooses the next step. A project without any trace is greeted by the onboarding instead. */
export function nextStep({ overview, models }: LoopState): NextStep {
  const { totals } = overview
  if (totals.humanFeedback === 0)
    return {
      kind: 'ask-users',
      title: 'Ask for feedback',
      why: `${formatCount(totals.traces)} traces came in, and nobody has judged one yet. A thumbs widget in your application, or ten minutes of your own judging, starts the loop.`,
      action: 'Judge the first trace',
    }
  if (totals.humanFeedback < thinJudgments || (overview.feedbackRate.estimate ?? 0) < thinFeedbackRate)
    return {
      kind: 'judge',
      title: 'Judge more traces',
      why: `${formatCount(totals.humanFeedback)} human judgments on ${formatCount(totals.tracesWithFeedback)} traces leave every interval wide.`,
      action: 'Judge traces without feedback',
    }
  const repeats = judgmentsPerTrace(overview)
  if (repeats !== null && repeats < 1 + thinDoubleJudged)
    return {
      kind: 'second-opinion',
      title: 'Get second opinions',
      why: 'Almost every trace has one judgment. Until two people judge the same ones, nobody can say how far the judgments can be trusted.',
      action: 'Judge traces that have feedback',
    }
  if (models !== null && !models.some(({ state }) => state === 'active'))
    return {
      kind: 'train',
      title: 'Train a reward model',
      why: `${formatCount(totals.humanFeedback)} human judgments are there to learn from. A reward model then scores every output, also those that nobody judges.`,
      action: 'See how',
    }
  const clear = clearestComparison(overview)
  if (clear !== null)
    return {
      kind: 'decide',
      title: `Decide about ${clear.comparison.differsBy === 'version' ? 'the prompt version' : 'the model'}`,
      why: '',
      action: 'See the figures',
    }
  return {
    kind: 'improve',
    title: 'Look at what people disliked',
    why: 'No variant stands out. The traces with thumbs down, flags and corrections show what the next prompt version should change.',
    action: 'Open them',
  }
}
