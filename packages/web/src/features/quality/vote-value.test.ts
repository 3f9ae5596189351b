import { expect, test } from 'vitest'
import { valueText } from './vote-value.ts'

test('votes read as words: outcomes, labels, and marks by type', () => {
  expect(valueText('comparison', 'both_bad')).toBe('both bad')
  expect(valueText('labels', '[]')).toBe('no label')
  expect(
    valueText('marks', '[{"type":"wrong","start":0,"end":2},{"type":"vague","start":4,"end":5},{"type":"wrong","start":7,"end":9}]'),
  ).toBe('2 × wrong, 1 × vague')
  expect(valueText('marks', '[]')).toBe('nothing marked')
  expect(valueText('label', 'keep')).toBe('keep')
})
