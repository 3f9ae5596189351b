import type { Span } from '@plaudit/protocol'

/** Where a span lies on the time axis: shares of the axis's length. */
export type TimelineBar = { left: number; width: number }
export type Timeline = { startMs: number; durationMs: number; ticks: { ms: number; left: number }[] }

/** The time axis that holds every span, however the clocks of their machines disagree, with about `tickCount` round ticks. */
export function timelineOf(spans: readonly Span[], tickCount = 4): Timeline {
  let startMs = Number.POSITIVE_INFINITY
  let endMs = Number.NEGATIVE_INFINITY
  for (const span of spans) {
    const start = Date.parse(span.startTime)
    startMs = Math.min(startMs, start)
    endMs = Math.max(endMs, start + lengthMs(span))
  }
  if (!Number.isFinite(startMs)) return { startMs: 0, durationMs: 0, ticks: [] }
  const durationMs = endMs - startMs
  return { startMs, durationMs, ticks: roundTicks(durationMs, tickCount).map((ms) => ({ ms, left: ms / durationMs })) }
}

export function timelineBar(timeline: Timeline, span: Span): TimelineBar {
  if (timeline.durationMs === 0) return { left: 0, width: 1 }
  const left = clamp((Date.parse(span.startTime) - timeline.startMs) / timeline.durationMs)
  return { left, width: Math.min(1 - left, clamp(lengthMs(span) / timeline.durationMs)) }
}

/**
 * By how many milliseconds a span begins before its parent, or 0. More than that is not an error of ours: the clocks of two machines differ,
 * and the page says so instead of moving bars.
 */
export function clockSkewMs(span: Span, parent: Span | undefined): number {
  return parent === undefined ? 0 : Math.max(0, Date.parse(parent.startTime) - Date.parse(span.startTime))
}

function lengthMs(span: Span): number {
  return Number.isFinite(span.durationMs) ? Math.max(0, span.durationMs) : 0
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share))
}

/** Multiples of 1, 2 or 5 times a power of ten, above zero and below the end. */
function roundTicks(durationMs: number, count: number): number[] {
  if (durationMs <= 0) return []
  const rough = durationMs / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const ticks: number[] = []
  for (let index = 1; index * step < durationMs * 0.97; index += 1) ticks.push(index * step)
  return ticks
}
