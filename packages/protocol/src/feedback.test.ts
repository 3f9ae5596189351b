import { describe, expect, test } from 'vitest'
import { describeIssues, feedbackInputSchema, feedbackScore } from './index.ts'

const span = { kind: 'span', traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
const other = { traceId: span.traceId, spanId: '00f067aa0ba902b8' }
const pair = { kind: 'comparison', outputs: [{ traceId: span.traceId, spanId: span.spanId }, other] }
const parse = (feedback: object) => feedbackInputSchema.safeParse({ target: span, criterion: 'helpfulness', ...feedback })
const refusal = (feedback: object) => {
  const parsed = parse(feedback)
  if (parsed.success) throw new Error('was accepted')
  return describeIssues(parsed.error)
}

describe('a feedback record is refused with a sentence', () => {
  test.each([
    ['a kind that does not exist', { kind: 'stars', value: 5 }, /kind/],
    ['a rating that is text', { kind: 'rating', value: '5' }, /value/],
    ['an all-zero trace id', { kind: 'thumbs', value: 'up', target: { ...span, traceId: '0'.repeat(32) } }, /32 hexadecimal digits/],
    ['a comparison of one span', { kind: 'comparison', value: 'left' }, /needs a target of kind comparison/],
    ['a rating of a comparison', { kind: 'rating', value: 3, target: pair }, /cannot be about a comparison/],
    [
      'ranks that are too few',
      { kind: 'ranking', value: { ranks: [1, 2] }, target: { ...pair, outputs: [...pair.outputs, other] } },
      /one rank per output: 3, not 2/,
    ],
    ['a mark that ends before it starts', { kind: 'marks', value: [{ type: 'wrong', start: 5, end: 4 }] }, /end before it starts/],
  ])('%s', (_name, feedback, message) => {
    expect(refusal(feedback)).toMatch(message)
  })
})

test('short forms are stored in their full form', () => {
  const value = (feedback: object) => parse(feedback).data?.value
  expect(value({ kind: 'thumbs', value: true })).toBe('up')
  expect(value({ kind: 'thumbs', value: -1 })).toBe('down')
  expect(value({ kind: 'flag', value: 'inaccurate' })).toEqual({ reasons: ['inaccurate'] })
  expect(value({ kind: 'correction', value: 'Better.' })).toEqual({ text: 'Better.' })
  expect(value({ kind: 'comparison', value: 'both_bad', target: pair })).toEqual({ outcome: 'both_bad' })
})

test('the author is an anonymous human unless the record says otherwise', () => {
  expect(parse({ kind: 'thumbs', value: 'up' }).data?.author).toEqual({ kind: 'human' })
})

test('charts average thumbs as 1 and 0 and ratings as they are', () => {
  expect([
    feedbackScore('thumbs', 'up'),
    feedbackScore('thumbs', 'down'),
    feedbackScore('rating', 4.5),
    feedbackScore('label', 'x'),
  ]).toEqual([1, 0, 4.5, null])
})
