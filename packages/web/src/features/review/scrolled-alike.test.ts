import { expect, test } from 'vitest'
import { scrolledAlike } from './scrolled-alike.ts'

const column = (scrollTop: number, scrollHeight: number) => ({ scrollTop, scrollHeight, clientHeight: 100 })

test('columns stand at the same share of their length', () => {
  expect(scrolledAlike(column(50, 200), column(0, 500))).toBe(200)
  expect(scrolledAlike(column(100, 200), column(0, 500))).toBe(400)
  expect(scrolledAlike(column(0, 100), column(7, 500))).toBe(0)
  expect(scrolledAlike(column(50, 200), column(0, 80))).toBe(0)
})
