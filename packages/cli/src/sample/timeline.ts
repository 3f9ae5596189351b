import type { Draw } from './draw.ts'

export const DAY_MS = 86_400_000
export const days = 42

/** The six weeks of the sample project: from its first day's midnight (UTC) to a day before it was made. */
export interface Timeline {
  /** First moment. */
  startMs: number
  /** A moment of this day, mostly in the working hours. */
  momentOf(draw: Draw, day: number): number
}

export function timelineUntil(nowMs: number): Timeline {
  const startMs = Math.floor(nowMs / DAY_MS) * DAY_MS - days * DAY_MS
  return {
    startMs,
    momentOf(draw, day) {
      const hour = Math.min(23.5, Math.max(0.5, draw.normal(14, 4)))
      return Math.round(startMs + day * DAY_MS + hour * 3_600_000)
    },
  }
}

/** Days in order, `perDay` on a working day and half of that on a weekend. */
export function* spread(timeline: Timeline, perDay: number): Generator<number> {
  for (let day = 0; day < days; day += 1) {
    const weekday = new Date(timeline.startMs + day * DAY_MS).getUTCDay()
    const count = weekday === 0 || weekday === 6 ? Math.ceil(perDay / 2) : perDay
    for (let one = 0; one < count; one += 1) yield day
  }
}
