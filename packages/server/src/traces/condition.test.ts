import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feedbackCondition, metadataPairs } from './condition.ts'
import { searchTerms } from './text.ts'

test('metadata conditions may hold commas, colons and backslashes', () => {
  expect(metadataPairs('type:contract,url:http://a\\,b')).toEqual([
    { key: 'type', value: 'contract' },
    { key: 'url', value: 'http://a,b' },
  ])
  const escape = (text: string, special: RegExp) => text.replace(special, (character) => `\\${character}`)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { minLength: 1, maxLength: 4 }), (pairs) => {
      const text = pairs.map(([key, value]) => `${escape(key, /[\\,:]/g)}:${escape(value, /[\\,]/g)}`).join(',')
      expect(metadataPairs(text)).toEqual(pairs.map(([key, value]) => ({ key, value })))
    }),
  )
})

test.each(['contract', ':contract', 'a:b,c'])('refuses the metadata condition %s', (text) => {
  expect(() => metadataPairs(text)).toThrow(/key:value/)
})

test.each([
  ['any', { is: 'any' }],
  ['helpfulness', { is: 'criterion', criterion: 'helpfulness' }],
  ['helpfulness<3', { is: 'score', criterion: 'helpfulness', operator: '<', score: 3 }],
  ['tone >= 2.5', { is: 'score', criterion: 'tone', operator: '>=', score: 2.5 }],
  ['topic=refund', { is: 'label', criterion: 'topic', label: 'refund' }],
])('reads the feedback filter %s', (text, condition) => {
  expect(feedbackCondition(text)).toEqual(condition)
})

test('refuses to compare a criterion with text', () => {
  expect(() => feedbackCondition('tone<bad')).toThrow(/helpful|number/)
})

test.each([
  ['Refund, e-mail!', { words: ['refund', 'e', 'mail'], fragments: [] }],
  ['naïve 東京', { words: [], fragments: ['naïve', '東京'] }],
  ['great 👍🏽', { words: ['great'], fragments: ['👍🏽'] }],
  ['?!', { words: [], fragments: ['?!'] }],
  ['  ', { words: [], fragments: [] }],
])('cuts the search %j', (text, terms) => {
  expect(searchTerms(text)).toEqual(terms)
})

test('a search that says something never matches everything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { words, fragments } = searchTerms(text)
      expect(words.length + fragments.length > 0).toBe(text.trim() !== '')
    }),
  )
})
