import type { TextRange } from './mark-anchor.ts'

/** A stretch of text under the same marks, by their index; `start = end` is an insertion point. */
export type MarkSegment = TextRange & { marks: number[] }

/**
 * Cuts a text into stretches at every edge of a mark, so that marks can overlap and nest in any way. The stretches cover the whole text in order;
 * an insertion point is a stretch of its own of length 0.
 */
export function markSegments(length: number, ranges: readonly TextRange[]): MarkSegment[] {
  const clamped = ranges.map(({ start, end }) => ({ start: Math.max(0, Math.min(length, start)), end: Math.max(0, Math.min(length, end)) }))
  const edges = [...new Set([0, length, ...clamped.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  const segments: MarkSegment[] = []
  for (const [index, edge] of edges.entries()) {
    const inserted = clamped.flatMap((range, mark) => (range.start === edge && range.end === edge ? [mark] : []))
    if (inserted.length > 0) segments.push({ start: edge, end: edge, marks: inserted })
    const next = edges[index + 1]
    if (next === undefined) continue
    const marks = clamped.flatMap((range, mark) => (range.start <= edge && range.end >= next ? [mark] : []))
    segments.push({ start: edge, end: next, marks })
  }
  return segments
}
