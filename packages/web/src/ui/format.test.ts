import { expect, it } from 'vitest'
import { formatCount, formatDecimal, formatDuration, formatShare, formatSigned, formatUsd } from './format-number.ts'
import { formatAgo, formatSince } from './format-time.ts'

it('shortens counts from ten thousand', () => {
  expect([0, 9_999, 12_345, 2_500_000].map(formatCount)).toEqual(['0', '9,999', '12.3K', '2.5M'])
})

it('writes a true minus, and never a signed zero', () => {
  expect([-0.4, 0.4, -0.001].map((value) => formatSigned(value))).toEqual(['−0.40', '+0.40', '0.00'])
  expect(formatDecimal(-1.5, 1)).toBe('−1.5')
})

it('writes shares with a decimal where they are small', () => {
  expect([0, 0.034, 0.5, 1].map(formatShare)).toEqual(['0 %', '3.4 %', '50 %', '100 %'])
})

it('chooses the unit of a duration without ever printing 60 s or 1000 ms', () => {
  expect([0, 0.4, 12, 999.6, 1_240, 59_960, 185_000, 7_440_000].map(formatDuration)).toEqual([
    '0 ms',
    '<1 ms',
    '12 ms',
    '1.00 s',
    '1.24 s',
    '1 min 00 s',
    '3 min 05 s',
    '2 h 04 min',
  ])
})

it('never shows the cost of one call as nothing', () => {
  expect([0, 0.000_012, 0.0034, 0.25, 12].map(formatUsd)).toEqual(['$0', '$0.000012', '$0.0034', '$0.25', '$12.00'])
})

it('says how long ago in one unit', () => {
  const now = Date.parse('2026-03-10T12:00:00Z')
  expect(
    ['2026-03-10T11:59:58Z', '2026-03-10T11:58:00Z', '2026-03-10T09:00:00Z', '2026-03-02T12:00:00Z'].map((time) => formatAgo(time, now)),
  ).toEqual(['now', '2 min', '3 h', '8 d'])
})

it('says how long ago as it stands in a sentence', () => {
  const now = Date.parse('2026-03-10T12:00:00Z')
  const times = ['2026-03-10T11:59:58Z', '2026-03-10T11:58:00Z', '2026-01-02T12:00:00Z']
  expect(times.map((time) => formatSince(time, now))).toEqual(['just now', '2 min ago', 'on 2 Jan'])
})
