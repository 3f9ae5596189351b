import { expect, test } from 'vitest'
import { keyFilter } from './key-filter.ts'

const id = (index: number) => `project-${index % 3} 0199${(index * 2_654_435_761).toString(16).padStart(16, '0')}-${index}`

test('a key that was added is never said to be new, and hardly one that was not is said to be known', () => {
  const filter = keyFilter()
  expect(filter.mayHave(id(0))).toBe(false)
  // More than the first two layers hold.
  const count = 250_000
  for (let index = 0; index < count; index += 1) filter.add(id(index))
  let missed = 0
  let mistaken = 0
  for (let index = 0; index < count; index += 1) {
    if (!filter.mayHave(id(index))) missed += 1
    if (filter.mayHave(id(count + index))) mistaken += 1
  }
  expect(missed).toBe(0)
  expect(mistaken / count).toBeLessThan(0.003)
})
