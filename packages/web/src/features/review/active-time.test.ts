import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ActiveTime, IDLE_MS } from './active-time.ts'

test('time counts between signs of life, a longer pause not at all', () => {
  const time = new ActiveTime(1_000)
  time.touch(0)
  time.touch(30_000)
  expect(time.total(40_000)).toBe(41_000)
  time.touch(30_000 + IDLE_MS + 1)
  expect(time.total(30_000 + IDLE_MS + 1)).toBe(31_000)
  expect(time.isIdle(30_000 + IDLE_MS + 2)).toBe(false)
})

test('a window out of sight stops the clock, and coming back starts it', () => {
  const time = new ActiveTime()
  time.touch(0)
  time.stop(5_000)
  expect(time.total(60_000)).toBe(5_000)
  expect(time.isIdle(60_000)).toBe(true)
  time.touch(60_000)
  expect(time.total(61_000)).toBe(6_000)
})

test('it never runs backwards and never counts more than has passed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400_000), { minLength: 1, maxLength: 30 }), (gaps) => {
      const time = new ActiveTime()
      let [now, before] = [0, 0]
      time.touch(now)
      for (const gap of gaps) {
        now += gap
        time.touch(now)
        const total = time.total(now)
        expect(total).toBeGreaterThanOrEqual(before)
        expect(total).toBeLessThanOrEqual(now)
        before = total
      }
    }),
  )
})
