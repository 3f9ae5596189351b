import type { Feedback, FeedbackInput } from '@plaudit/protocol'
import { expect, test } from 'vitest'
import { criteriaOf, ratingScale } from './criterion.ts'
import { expectedFeedback, inputOf, superseded, withPending } from './ledger.ts'
import { comparisonsWith, feedbackOn } from './target.ts'

const traceId = 'a'.repeat(32)
const spanId = 'b'.repeat(16)
const now = new Date('2026-05-04T12:30:00.000Z')

function give(id: string, input: Partial<FeedbackInput>, author = 'ada'): Feedback {
  const base = { id, target: { kind: 'span', traceId, spanId }, criterion: 'helpful', kind: 'thumbs', value: 'up' }
  return expectedFeedback({ ...base, ...input } as FeedbackInput & { id: string }, { id: author, role: 'reviewer' }, now)
}

test('a judgment that is on its way supersedes the same author’s older one and nobody else’s', () => {
  const stored = [give('1', { value: 'down' }), give('2', { value: 'down' }, 'grace')]
  const next = give('3', {})
  expect(superseded(stored, next)?.id).toBe('1')
  expect(withPending(stored, [{ kind: 'give', feedback: next }]).map((one) => one.id)).toEqual(['3', '2'])
})

test('a judgment that the server already shows counts once, and a removed one is gone', () => {
  const stored = [give('1', {}), give('2', {}, 'grace')]
  expect(withPending(stored, [{ kind: 'give', feedback: give('1', {}) }])).toHaveLength(2)
  expect(withPending(stored, [{ kind: 'remove', id: '2' }]).map((one) => one.id)).toEqual(['1'])
})

test('on undo the superseded judgment can be given again as it was', () => {
  expect(inputOf(give('1', { rationale: 'too slow' }))).toMatchObject({
    kind: 'thumbs',
    value: 'up',
    rationale: 'too slow',
    time: now.toISOString(),
  })
})

test('feedback is found by its target; a comparison belongs to each of its outputs', () => {
  const other = 'c'.repeat(16)
  const comparison = give('2', {
    target: {
      kind: 'comparison',
      outputs: [
        { traceId, spanId },
        { traceId, spanId: other },
      ],
    },
    kind: 'comparison',
    value: 'left',
  } as Partial<FeedbackInput>)
  const all = [give('1', {}), comparison]
  expect(feedbackOn(all, all[0]?.target ?? { kind: 'session', sessionId: '' })).toHaveLength(1)
  expect(comparisonsWith(all, other).map((one) => one.id)).toEqual(['2'])
})

test('criteria are told from what was given: kind, options and the scale of people’s ratings', () => {
  const criteria = criteriaOf([
    give('1', { kind: 'flag', criterion: 'problem', value: { reasons: ['wrong', 'rude'] } }),
    give('2', { kind: 'flag', criterion: 'problem', value: { reasons: ['wrong'] } }, 'grace'),
    give('3', { kind: 'rating', criterion: 'tone', value: 7 }),
    { ...give('4', { kind: 'rating', criterion: 'tone', value: -3 }), author: { kind: 'model', id: 'reward', role: null } },
  ])
  expect(criteria[0]).toMatchObject({ name: 'problem', kind: 'flag', options: ['wrong', 'rude'], n: 2 })
  expect(criteria[1]).toMatchObject({ name: 'tone', low: 7, high: 7 })
  expect(ratingScale(criteria[1])).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(ratingScale(undefined)).toEqual([1, 2, 3, 4, 5])
})
