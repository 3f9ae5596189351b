// How quantities are written. Every function answers with an em dash for what is not known, so that "unknown" never looks like zero.

export const UNKNOWN = '—'

/** Milliseconds as `0 ms`, `820 ms`, `1.24 s`, `3 min 05 s` or `2 h 04 min`. */
export function formatDuration(ms: number | null | undefined): string {
  if (!isNumber(ms)) return UNKNOWN
  if (ms < 0) return `−${formatDuration(-ms)}`
  if (ms > 0 && ms < 1) return '<1 ms'
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9_995) return `${(ms / 1_000).toFixed(2)} s`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
}

/** US dollars; small amounts keep two significant digits, so that the cost of one call is never shown as $0.00. */
export function formatCost(usd: number | null | undefined): string {
  if (!isNumber(usd)) return UNKNOWN
  if (usd === 0) return '$0'
  if (usd < 0.000_001) return '<$0.000001'
  return `$${usd >= 0.1 ? usd.toFixed(2) : usd.toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))))}`
}

/** A count with thousands apart: `1,240`. */
export function formatCount(count: number | null | undefined): string {
  return isNumber(count) ? count.toLocaleString('en-US', { maximumFractionDigits: 0 }) : UNKNOWN
}

/** A mean or score with at most two decimals and a true minus sign. */
export function formatScore(score: number | null | undefined): string {
  if (!isNumber(score)) return UNKNOWN
  const rounded = Math.abs(score) >= 100 ? score.toFixed(0) : score.toFixed(2).replace(/\.?0+$/u, '')
  return rounded === '-0' ? '0' : rounded.replace('-', '−')
}

const dayMs = 86_400_000

/** Time of day for today, else the day as well, else the year as well; in the reader's time zone. */
export function formatTime(iso: string, now: Date = new Date()): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return UNKNOWN
  const clock = `${pad(time.getHours())}:${pad(time.getMinutes())}`
  if (time.toDateString() === now.toDateString()) return clock
  const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return Math.abs(now.getTime() - time.getTime()) < 300 * dayMs ? `${day}, ${clock}` : `${day} ${time.getFullYear()}, ${clock}`
}

/** The moment to the millisecond with its zone, for titles and details. */
export function formatExactTime(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return UNKNOWN
  return time.toLocaleString('en-GB', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  })
}

/** Any value as text for people: strings as they are, all else as indented JSON. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value, null, 2) ?? UNKNOWN
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
