import { expect, test } from 'vitest'
import { clockOffset, formatLeft, leaseLeft, needsRenewal } from './lease-clock.ts'

test('a clock that is an hour slow shows the same time left', () => {
  const server = Date.parse('2030-01-01T12:00:00.000Z')
  const slow = server - 3_600_000
  const offset = clockOffset('2030-01-01T12:00:00.000Z', slow - 50, slow + 50)
  expect(offset).toBe(3_600_000)
  expect(leaseLeft('2030-01-01T12:15:00.000Z', slow, offset)).toBe(900_000)
})

test('a lease in use is renewed at half of its time, one that has run out is not', () => {
  expect([500_000, 400_000, 0, -1].map((left) => needsRenewal(left, 900_000))).toEqual([false, true, false, false])
})

test.each([
  [-5_000, '0:00'],
  [61_000, '1:01'],
  [119_400, '2 min'],
  [900_000, '15 min'],
  [3 * 3_600_000, '3 h'],
  [7 * 86_400_000, '7 d'],
])('%i ms are shown as %s', (ms, text) => {
  expect(formatLeft(ms)).toBe(text)
})
