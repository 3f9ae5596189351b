const steps = [
  [60_000, 1_000, 's'],
  [3_600_000, 60_000, 'min'],
  [86_400_000, 3_600_000, 'h'],
  [30 * 86_400_000, 86_400_000, 'd'],
] as const

/** How long ago, in one short unit: "12 s", "5 min", "3 h", "8 d"; the date after 30 days. `now` in milliseconds. */
export function formatAgo(time: string, now: number): string {
  const age = now - Date.parse(time)
  if (age < 5_000) return 'now'
  for (const [below, unit, name] of steps) if (age < below) return `${Math.floor(age / unit)} ${name}`
  return formatDate(time, now)
}

/** How long ago, as it stands in a sentence: "just now", "5 min ago", "on 3 Nov". */
export function formatSince(time: string, now: number): string {
  const ago = formatAgo(time, now)
  if (ago === 'now') return 'just now'
  return ago === formatDate(time, now) ? `on ${ago}` : `${ago} ago`
}

/** Day and, when it is another year than `now`'s, the year: "3 Nov", "3 Nov 2025". In the reader's time zone. */
export function formatDate(time: string, now = Date.now()): string {
  const date = new Date(time)
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** Date and time to the second, in the reader's time zone. */
export function formatDateTime(time: string): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
}

/** Time of day to the minute, in the reader's time zone. */
export function formatClock(time: string): string {
  return new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
