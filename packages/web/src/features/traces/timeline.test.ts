import type { Span } from '@plaudit/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockSkewMs, timelineBar, timelineOf } from './timeline.ts'

const span = (startMs: number, durationMs: number) => ({ startTime: new Date(startMs).toISOString(), durationMs }) as Span

test('bars are shares of the whole trace, with round ticks', () => {
  const [root, child] = [span(1_000, 400), span(1_100, 100)]
  const timeline = timelineOf([root, child])
  expect(timeline).toMatchObject({ startMs: 1_000, durationMs: 400 })
  expect(timeline.ticks.map((tick) => tick.ms)).toEqual([100, 200, 300])
  expect(timelineBar(timeline, child)).toEqual({ left: 0.25, width: 0.25 })
})

test('a child that a wrong clock puts before its parent widens the axis and is reported', () => {
  const [root, child] = [span(1_000, 100), span(900, 50)]
  expect(timelineOf([root, child])).toMatchObject({ startMs: 900, durationMs: 200 })
  expect(clockSkewMs(child, root)).toBe(100)
  expect(clockSkewMs(root, undefined)).toBe(0)
})

test('no span, and spans without length, are no special case to the page', () => {
  expect(timelineOf([])).toEqual({ startMs: 0, durationMs: 0, ticks: [] })
  expect(timelineBar(timelineOf([span(5, 0)]), span(5, 0))).toEqual({ left: 0, width: 1 })
})

test('every bar lies within the axis', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.integer({ min: -50, max: 100_000 })), { minLength: 1, maxLength: 20 }), (list) => {
      const spans = list.map(([start, duration]) => span(start, duration))
      const timeline = timelineOf(spans)
      for (const one of spans) {
        const { left, width } = timelineBar(timeline, one)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(width).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
  )
})
