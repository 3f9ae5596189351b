import { expect, test } from 'vitest'
import { formatKnown, formatScore, formatValue } from './format-known.ts'

test('unknown is a dash, never zero and never NaN', () => {
  expect([null, undefined, Number.NaN, Number.POSITIVE_INFINITY, 0].map((value) => formatKnown(value, String))).toEqual([
    '—',
    '—',
    '—',
    '—',
    '0',
  ])
})

test('scores keep at most two decimals and a true minus sign', () => {
  expect([4, 4.256, -0.5, -0.001, 1_234.5].map(formatScore)).toEqual(['4', '4.26', '−0.5', '0', '1235'])
})

test('values are text for people', () => {
  expect(formatValue('as it is')).toBe('as it is')
  expect(formatValue({ a: 1 })).toBe('{\n  "a": 1\n}')
  expect(formatValue(undefined)).toBe('—')
})
