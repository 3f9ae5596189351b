import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordDiff } from './word-diff.ts'
import { trickyText } from './test/tricky-text.ts'

test('one changed word is one removed and one added', () => {
  const diff = wordDiff('Delivery takes five days.', 'Delivery takes three days.')
  expect(diff).toMatchObject({ addedWords: 1, removedWords: 1 })
  expect(diff.parts.filter((part) => part.change !== 'same')).toEqual([
    { text: 'five', change: 'removed' },
    { text: 'three', change: 'added' },
  ])
})

test('both texts can be read back from the parts, for any two texts', () => {
  fc.assert(
    fc.property(trickyText, trickyText, (before, after) => {
      const { parts } = wordDiff(before, after)
      const read = (without: 'added' | 'removed') => parts.flatMap(({ text, change }) => (change === without ? [] : [text])).join('')
      expect(read('added')).toBe(before)
      expect(read('removed')).toBe(after)
    }),
  )
})
