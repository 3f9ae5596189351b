import { checkInteger, checkNumber } from '../check.ts'
import { clusteredMean, clusteredProportion, type ClusteredDetails } from '../inference/clustered-mean.ts'
import { clusteredSlope, type SlopeDetails } from '../inference/clustered-slope.ts'
import type { Estimate } from '../result.ts'

/** A judgment with its time, and what is watched of it: 1 for agreeing with the consensus, a deviation from it, a rating, seconds. */
export interface TimedJudgment {
  rater: string
  /** Milliseconds since 1970. */
  time: number
  value: number
}

export interface TrendOptions {
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** From so many raters on, they are the clusters; with fewer, their sessions or days are. */
const ENOUGH_RATERS = 6

/**
 * Fatigue: how much what is watched changes per hour within a sitting.
 *
 * Misleads where hard items come late, or where people stop when they are tired, which hides it. Watch agreement with the consensus or with gold
 * rather than the ratings themselves.
 *
 * @param judgments In any order. @param options.pauseMinutes A longer pause ends a sitting; 30 by default.
 * @param options.confidence 0.95 by default.
 * @returns `estimate` in the value's unit per hour, each sitting measured from its own level, with `sessions`; jackknife interval over raters, or with
 *   fewer than six over sittings. Null with `no-ratings`, or `no-variance` if no sitting has two moments.
 * @throws StatsError `range` for times or values that are not finite, or a pause below 0.
 *
 * Source: as `clusteredSlope`. O(N log N).
 *
 * @example
 * fatigueTrend([0, 30, 60].map((minute) => ({ rater: 'a', time: minute * 60000, value: -minute / 60 })), { pauseMinutes: 40 }).estimate // => -1
 */
export function fatigueTrend(
  judgments: readonly TimedJudgment[],
  options: TrendOptions & { pauseMinutes?: number } = {},
): Estimate<SlopeDetails & { sessions: number }> {
  const { ordered, session, sessions, elapsed } = inSittings(judgments, options.pauseMinutes)
  const hours = elapsed.map((time) => time / HOUR)
  const clusters = manyRaters(ordered) ? ordered.map(({ rater }) => rater) : session
  const slope = clusteredSlope(values(ordered), hours, { ...options, clusters, within: session })
  return { ...slope, sessions }
}

/** What is watched in one stretch of the time since sittings began. */
export interface SittingStretch {
  fromMinutes: number
  /** Null for the last stretch, which holds all that comes later. */
  toMinutes: number | null
  value: Estimate<ClusteredDetails>
}

export interface SittingOptions extends TrendOptions {
  /** A longer pause ends a sitting; 30 by default. */
  pauseMinutes?: number
  /** Length of a stretch; 15 by default. */
  stretchMinutes?: number
  /** How many stretches there are at most; 16 by default. */
  most?: number
  /** True for values in 0..1; false by default. */
  proportion?: boolean
}

/**
 * What is watched by the time since the sitting began: the picture behind `fatigueTrend`.
 *
 * Misleads as `fatigueTrend` does, and because only long sittings reach the late stretches: who sits long may be another person, or the same one on
 * a good day. The slope compares each sitting with itself, the stretches do not.
 *
 * @param judgments In any order. @param options.pauseMinutes A longer pause ends a sitting; 30 by default.
 * @param options.stretchMinutes Length of a stretch; 15 by default. @param options.most Stretches at most, the last one open; 16 by default.
 * @param options.proportion True for values in 0..1: the interval stays there. @param options.confidence 0.95 by default.
 * @returns The stretches that hold a judgment, in order, each with its mean and an interval over sittings (jackknife, t); none where a stretch is of
 *   one sitting only.
 * @throws StatsError `range` for times or values that are not finite, a pause below 0, a stretch below a minute, or a proportion outside 0..1.
 *
 * Source: as `clusteredMean` and `clusteredProportion`, with the sittings as clusters. O(N log N).
 *
 * @example
 * fatigueCourse([0, 5, 20].map((minute) => ({ rater: 'a', time: minute * 60000, value: minute }))).map(({ value }) => value.estimate) // => [2.5, 20]
 */
export function fatigueCourse(judgments: readonly TimedJudgment[], options: SittingOptions = {}): SittingStretch[] {
  const { stretchMinutes = 15, most = 16, proportion = false, pauseMinutes, ...rest } = options
  checkNumber('stretchMinutes', stretchMinutes, 1)
  checkInteger('most', most, 1)
  const { ordered, session, elapsed } = inSittings(judgments, pauseMinutes)
  const stretches = Array.from({ length: most }, () => new Map<number, { sum: number; size: number }>())
  ordered.forEach(({ value }, k) => {
    const own = stretches[Math.min(most - 1, Math.floor(elapsed[k]! / 60_000 / stretchMinutes))]!
    const { sum, size } = own.get(session[k]!) ?? { sum: 0, size: 0 }
    own.set(session[k]!, { sum: sum + value, size: size + 1 })
  })
  return stretches.flatMap((own, at): SittingStretch[] => {
    if (own.size === 0) return []
    const sittings = [...own.values()]
    const sums = { sums: sittings.map(({ sum }) => sum), sizes: sittings.map(({ size }) => size) }
    return [
      {
        fromMinutes: at * stretchMinutes,
        toMinutes: at === most - 1 ? null : (at + 1) * stretchMinutes,
        value: proportion ? clusteredProportion(sums, rest) : clusteredMean(sums, rest),
      },
    ]
  })
}

/** Judgments by rater and time, each with its sitting and the time since that began, in milliseconds. */
function inSittings(judgments: readonly TimedJudgment[], pauseMinutes = 30) {
  checkNumber('pauseMinutes', pauseMinutes, 0)
  const ordered = inOrder(judgments)
  const session = new Int32Array(ordered.length)
  const elapsed = new Float64Array(ordered.length)
  let [sessions, began] = [0, 0]
  for (const [k, { rater, time }] of ordered.entries()) {
    const before = ordered[k - 1]
    if (before === undefined || before.rater !== rater || time - before.time > pauseMinutes * 60_000) {
      sessions += 1
      began = time
    }
    session[k] = sessions
    elapsed[k] = time - began
  }
  return { ordered, session, sessions, elapsed }
}

export interface Drift {
  /** Change per week over all raters, each measured from their own level. */
  overall: Estimate<SlopeDetails>
  raters: { rater: string; drift: Estimate<SlopeDetails> }[]
}

/**
 * Drift: how much what is watched changes per week, over all raters and for each.
 *
 * Misleads when the items change over time as well: watch the deviation from the consensus or from gold, not the ratings themselves.
 *
 * @param judgments In any order. @param options.confidence 0.95 by default.
 * @returns Slopes in the value's unit per week. Overall, jackknife interval over raters, or with fewer than six over rater's days; for each rater
 *   over days. Null with `no-ratings`, or `no-variance` if all judgments are of one moment.
 * @throws StatsError `range` for times or values that are not finite.
 *
 * Source: as `clusteredSlope`. O(N log N).
 *
 * @example
 * driftPerWeek([0, 7, 14].map((day) => ({ rater: 'a', time: day * 86400000, value: day }))).overall.estimate // => 7
 */
export function driftPerWeek(judgments: readonly TimedJudgment[], options: TrendOptions = {}): Drift {
  const ordered = inOrder(judgments)
  const weeks = (some: readonly TimedJudgment[]) => some.map(({ time }) => (time - (ordered[0]?.time ?? 0)) / (7 * DAY))
  const days = (some: readonly TimedJudgment[]) => some.map(({ rater, time }) => `${Math.floor(time / DAY)} ${rater}`)
  const raters = ordered.map(({ rater }) => rater)
  const clusters = manyRaters(ordered) ? raters : days(ordered)
  return {
    overall: clusteredSlope(values(ordered), weeks(ordered), { ...options, clusters, within: raters }),
    raters: Array.from(
      Map.groupBy(ordered, ({ rater }) => rater),
      ([rater, own]) => ({
        rater,
        drift: clusteredSlope(values(own), weeks(own), { ...options, clusters: days(own) }),
      }),
    ),
  }
}

function inOrder(judgments: readonly TimedJudgment[]): TimedJudgment[] {
  for (const [k, { time }] of judgments.entries()) checkNumber(`judgments[${k}].time`, time)
  return judgments.toSorted((a, b) => (a.rater < b.rater ? -1 : a.rater > b.rater ? 1 : a.time - b.time))
}

function values(judgments: readonly TimedJudgment[]): number[] {
  return judgments.map(({ value }) => value)
}

function manyRaters(judgments: readonly TimedJudgment[]): boolean {
  return new Set(judgments.map(({ rater }) => rater)).size >= ENOUGH_RATERS
}
