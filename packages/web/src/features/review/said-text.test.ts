import { criterionSchema } from '@plaudit/protocol'
import { expect, test } from 'vitest'
import { saidText } from './said-text.ts'

const criterion = (given: Record<string, unknown>) => criterionSchema.parse({ key: 'k', title: 'Question?', ...given })
const options = [
  { value: 'wrong', label: 'Wrong fact' },
  { value: 'vague', label: 'Vague' },
]

test('what another said reads as the options are called', () => {
  expect(saidText(criterion({ type: 'binary' }), 1)).toBe('Yes')
  const points = [
    { value: 1, label: 'No use' },
    { value: 2, label: 'Solves it' },
  ]
  expect(saidText(criterion({ type: 'ordinal', points }), 2)).toBe('Solves it')
  expect(saidText(criterion({ type: 'categorical', options }), 'vague')).toBe('Vague')
  expect(saidText(criterion({ type: 'multi_label', options }), ['vague', 'wrong'])).toBe('Vague, Wrong fact')
  expect(saidText(criterion({ type: 'multi_label', options }), [])).toBe('nothing')
  expect(saidText(criterion({ type: 'comparison' }), { outcome: 'left', strength: 3 })).toBe('Left is better, strength 3')
  const marks = [
    { type: 'wrong', start: 0, end: 2 },
    { type: 'wrong', start: 5, end: 9 },
    { type: 'vague', start: 3, end: 3 },
  ]
  expect(saidText(criterion({ type: 'mark', types: options }), marks)).toBe('2 × Wrong fact, Vague')
  expect(saidText(criterion({ type: 'text' }), 'x'.repeat(500))).toHaveLength(160)
})
