/** The traces an overview is about: those that start from `fromMs` to before `toMs`, in buckets of `bucketMs`. Milliseconds since the epoch. */
export type Window = { fromMs: number; toMs: number; bucketMs: number }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const DEFAULT_DAYS = 30
const MOST_BUCKETS = 62

const lengths = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS]

/**
 * The window that was asked for. Left out, it ends with the day (UTC) of the newest data and begins 30 days before its end. Buckets are the
 * shortest round length that makes at most 62 of them.
 */
export function windowOf(asked: { from?: string | undefined; to?: string | undefined }, newestMs: number): Window {
  const toMs = asked.to === undefined ? (Math.floor(newestMs / DAY_MS) + 1) * DAY_MS : Date.parse(asked.to)
  const fromMs = asked.from === undefined ? toMs - DEFAULT_DAYS * DAY_MS : Date.parse(asked.from)
  const end = Math.max(toMs, fromMs)
  const bucketMs = lengths.find((length) => (end - fromMs) / length <= MOST_BUCKETS) ?? 365 * DAY_MS
  return { fromMs, toMs: end, bucketMs }
}
