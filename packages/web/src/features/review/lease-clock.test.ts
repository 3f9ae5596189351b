import { expect, test } from 'vitest'
import { clockOffset, dueForRenewal, formatLeft, leaseLeft } from './lease-clock.ts'

test('a clock that is an hour slow shows the same time left', () => {
  const server = Date.parse('2030-01-01T12:00:00.000Z')
  const slow = server - 3_600_000
  const offset = clockOffset('2030-01-01T12:00:00.000Z', slow - 50, slow + 50)
  expect(offset).toBe(3_600_000)
  expect(leaseLeft('2030-01-01T12:15:00.000Z', slow, offset)).toBe(900_000)
})

test('leases in use are renewed at half of their time, and asked for once when they seem to be over', () => {
  const now = Date.parse('2030-01-01T12:00:00.000Z')
  const item = (id: string, leftMs: number) => ({ lease: { id, expiresAt: new Date(now + leftMs).toISOString() } })
  const held = [item('fresh', 500_000), item('half', 400_000), item('over', 0), item('lost', -1)]
  const at = { now, offset: 0, leaseMs: 900_000, expired: new Set(['lost']) }
  const due = (isIdle: boolean) => dueForRenewal(held, { ...at, isIdle }).map(({ lease }) => lease.id)
  expect(due(false)).toEqual(['half', 'over'])
  expect(due(true)).toEqual(['over'])
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
