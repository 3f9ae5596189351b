import { criteriaSchema } from '@plaudit/protocol'
import { expect, it } from 'vitest'
import { answerText, isUnanimous } from './answer-text.ts'

const [safe, scale, labels, marks, pair] = criteriaSchema.parse([
  { type: 'binary', key: 'safe', title: 'Safe', no: { label: 'Never' } },
  { type: 'ordinal', key: 'helpful', title: 'Helpful', points: [1, 2].map((value) => ({ value, label: `Point ${value}` })) },
  { type: 'multi_label', key: 'faults', title: 'Faults', options: [{ value: 'rude', label: 'Rude' }] },
  { type: 'mark', key: 'errors', title: 'Errors', types: [{ value: 'wrong', label: 'Wrong' }] },
  { type: 'comparison', key: 'better', title: 'Better', strength: 5 },
])

it('says an answer in the words of the rubric', () => {
  expect(answerText(safe!, false)).toBe('Never')
  expect(answerText(scale!, 2)).toBe('2 · Point 2')
  expect(answerText(labels!, ['rude', 'gone'])).toBe('Rude, gone')
  expect(answerText(labels!, [])).toBe('None of these')
  expect(answerText(marks!, [{ type: 'wrong', quote: 'five days' }])).toBe('Wrong: “five days”')
  expect(answerText(pair!, { outcome: 'tie' })).toBe('Equally good')
  expect(answerText(pair!, { outcome: 'left', strength: 4 })).toBe('Left is better, strength 4 of 5')
  expect(answerText(scale!, undefined)).toBe('')
})

it('knows when all who answered agree', () => {
  expect(isUnanimous(scale!, [1, 1, undefined])).toBe(true)
  expect(isUnanimous(scale!, [1, 2])).toBe(false)
})
