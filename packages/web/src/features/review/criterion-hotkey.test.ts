import { type Criterion, criterionSchema } from '@plaudit/protocol'
import { expect, test } from 'vitest'
import { answerByKey, criterionHotkeys } from './criterion-hotkey.ts'
import { completes } from './criterion-key.ts'

const criterion = (given: object): Criterion => criterionSchema.parse({ key: 'k', title: 'T', ...given })
const ordinal = criterion({ type: 'ordinal', points: [0, 1, 2].map((value) => ({ value, label: String(value) })) })
const labels = criterion({
  type: 'multi_label',
  options: [
    { value: 'a', label: 'A', hotkey: 's' },
    { value: 'b', label: 'B', hotkey: 'n' },
  ],
})
const pair = criterion({ type: 'comparison', strength: 3, allowTie: false })
const ranking = criterion({ type: 'ranking' })
const at = { outputs: 3, ties: false }

test('a point of a scale has the digit that it shows, an option its place, and a key of its own unless the screen has it', () => {
  expect(criterionHotkeys(ordinal, 1, () => false).map(({ keys, value }) => [keys, value])).toEqual([
    ['0', 0],
    ['1', 1],
    ['2', 2],
  ])
  expect(criterionHotkeys(labels, 1, (key) => key === 'n').map(({ keys, value }) => [keys, value])).toEqual([
    ['1', 'a'],
    ['s', 'a'],
    ['2', 'b'],
  ])
})

test('a comparison offers only what its criterion allows, and its strength after a side', () => {
  expect(criterionHotkeys(pair, 2, () => false).map(({ keys }) => keys)).toEqual(['a', 'b', 'x', 'q', '1', '2', '3'])
  expect(answerByKey(pair, undefined, 2, at)).toEqual({ answer: undefined, isChanged: false })
  const left = answerByKey(pair, undefined, 'left', at).answer
  expect(completes(pair, left)).toBe(false)
  const strong = answerByKey(pair, left, 2, at).answer
  expect(strong).toEqual({ outcome: 'left', strength: 2 })
  expect(completes(pair, strong)).toBe(true)
  expect(answerByKey(pair, strong, 'both_bad', at).answer).toEqual({ outcome: 'both_bad' })
})

test('a choice pressed again stays, labels come and go', () => {
  expect(answerByKey(ordinal, 2, 2, at).answer).toBe(2)
  expect(answerByKey(labels, ['a'], 'b', at).answer).toEqual(['a', 'b'])
  expect(answerByKey(labels, ['a'], 'a', at).answer).toBeUndefined()
})

test('outputs are ranked by their numbers', () => {
  const first = answerByKey(ranking, undefined, 2, at).answer
  expect(first).toEqual({ ranks: [null, null, 1] })
  expect(answerByKey(ranking, first, 'back', at).answer).toBeUndefined()
})
