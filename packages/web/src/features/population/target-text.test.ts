import { expect, it } from 'vitest'
import { targetText, targetWeights, weightOf } from './target-text.ts'

it('writes weights as the API takes them, and reads them again', () => {
  const weights = { refund: '3', 'a,b:c\\d': '1.5', 'support-reply 2': '20' }
  expect(targetText(weights)).toBe('refund:3,a\\,b\\:c\\\\d:1.5,support-reply 2:20')
  expect(targetWeights(targetText(weights))).toEqual(weights)
})

it('takes a comma before decimals as a point, and a weight of 0 beside others', () => {
  expect(targetText({ refund: '1,5', warranty: ' 2.25 ', other: ',5' })).toBe('refund:1.5,warranty:2.25,other:0.5')
  expect(targetText({ refund: '3', '(all others)': '1', spam: '0' })).toBe('refund:3,(all others):1,spam:0')
  expect(weightOf('1,000,000')).toBeNull()
})

it('leaves out what weighs nothing or is no number', () => {
  expect(targetText({ a: '0', b: 'many', c: '', d: '-1' })).toBe('')
  expect(targetWeights('')).toEqual({})
})
