import { checkNumber } from '../check.ts'
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
  const { pauseMinutes = 30 } = options
  checkNumber('pauseMinutes', pauseMinutes, 0)
  const ordered = inOrder(judgments)
  const session = new Int32Array(ordered.length)
  const hours = new Float64Array(ordered.length)
  let [sessions, began] = [0, 0]
  for (const [k, { rater, time }] of ordered.entries()) {
    const before = ordered[k - 1]
    if (before === undefined || before.rater !== rater || time - before.time > pauseMinutes * 60_000) {
      sessions += 1
      began = time
    }
    session[k] = sessions
    hours[k] = (time - began) / HOUR
  }
  const clusters = manyRaters(ordered) ? ordered.map(({ rater }) => rater) : session
  const slope = clusteredSlope(values(ordered), hours, { ...options, clusters, within: session })
  return { ...slope, sessions }
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
