import { formatDate } from '../../ui/format-time.ts'

const dayMs = 86_400_000

/** A bucket of time in words: the day, the days, or the day with its hours. In the reader's time zone. */
export function formatBucket(time: string, bucketMs: number): string {
  const end = new Date(Date.parse(time) + bucketMs)
  if (bucketMs < dayMs) return `${formatDate(time)}, ${clock(new Date(time))}–${clock(end)}`
  if (bucketMs === dayMs) return formatDate(time)
  return `${formatDate(time)} – ${formatDate(new Date(end.getTime() - 1).toISOString())}`
}

function clock(date: Date): string {
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
