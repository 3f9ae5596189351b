import { expect, it } from 'vitest'
import { targetText, targetWeights } from './target-text.ts'

it('writes weights as the API takes them, and reads them again', () => {
  const weights = { refund: '3', 'a,b:c\\d': '1.5', 'support-reply 2': '20' }
  expect(targetText(weights)).toBe('refund:3,a\\,b\\:c\\\\d:1.5,support-reply 2:20')
  expect(targetWeights(targetText(weights))).toEqual(weights)
})

it('leaves out what weighs nothing or is no number', () => {
  expect(targetText({ a: '0', b: 'many', c: '', d: '-1' })).toBe('')
  expect(targetWeights('')).toEqual({})
})
