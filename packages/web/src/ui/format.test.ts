import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCost, formatCount, formatDuration, formatScore, formatTime, formatValue } from './format.ts'

test('durations read as people say them', () => {
  const written = [0, 0.4, 820, 999.7, 1_240, 12_340, 59_990, 185_000, 7_440_000, -20].map((ms) => formatDuration(ms))
  expect(written).toEqual(['0 ms', '<1 ms', '820 ms', '1.00 s', '1.24 s', '12.3 s', '1 min 00 s', '3 min 05 s', '2 h 04 min', '−20 ms'])
})

test('the cost of one call is never shown as nothing', () => {
  expect([0, 12, 0.5, 0.0034, 0.000_012, 1e-9].map((usd) => formatCost(usd))).toEqual([
    '$0',
    '$12.00',
    '$0.50',
    '$0.0034',
    '$0.000012',
    '<$0.000001',
  ])
})

test('unknown is a dash, never zero and never NaN', () => {
  for (const format of [formatDuration, formatCost, formatCount, formatScore]) {
    expect([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map((value) => format(value))).toEqual(['—', '—', '—', '—'])
  }
  expect(formatTime('soon')).toBe('—')
})

test('scores keep two decimals and a true minus sign', () => {
  expect([4, 4.256, -0.5, -0.001, 1_234.5].map((score) => formatScore(score))).toEqual(['4', '4.26', '−0.5', '0', '1235'])
})

test('a duration in seconds or less says what it means to within one percent', () => {
  fc.assert(
    fc.property(fc.double({ min: 10, max: 59_000, noNaN: true }), (ms) => {
      const [value, unit] = formatDuration(ms).split(' ')
      const read = Number(value) * (unit === 's' ? 1_000 : 1)
      expect(Math.abs(read - ms)).toBeLessThanOrEqual(Math.max(0.5, ms * 0.01))
    }),
  )
})

test('today is a time of day, another day is named', () => {
  const now = new Date(2026, 4, 4, 14, 2)
  expect(formatTime(new Date(2026, 4, 4, 9, 5).toISOString(), now)).toBe('09:05')
  expect(formatTime(new Date(2026, 4, 3, 9, 5).toISOString(), now)).toBe('3 May, 09:05')
  expect(formatTime(new Date(2024, 4, 3, 9, 5).toISOString(), now)).toBe('3 May 2024, 09:05')
})

test('values are text for people', () => {
  expect(formatValue('as it is')).toBe('as it is')
  expect(formatValue({ a: 1 })).toBe('{\n  "a": 1\n}')
})
