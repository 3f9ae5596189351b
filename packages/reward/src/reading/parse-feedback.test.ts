import { describe, expect, it } from 'vitest'
import { parseFeedback } from './parse-feedback.ts'

describe('parseFeedback', () => {
  it.each([
    ['a label that is no boolean', { prompt: 'p', completion: 'c', label: 'good' }, '"label" must be true or false'],
    ['a rating without its scale', { prompt: 'p', output: 'o', rating: 3 }, '"rating" needs "levels"'],
    ['a rating off its scale', { prompt: 'p', output: 'o', rating: 6, levels: 5 }, 'from 1 to "levels"'],
    ['a judgment without a prompt', { output: 'o', rating: 1, levels: 5 }, '"prompt" is missing'],
    ['a ranking of one', { prompt: 'p', ranking: ['a'] }, 'fewer than two'],
    ['a negative weight', { prompt: 'p', output: 'o', label: true, weight: -1 }, '"weight"'],
    ['neither pair nor judgment', { prompt: 'p', output: 'o' }, '"chosen" is missing'],
    ['no object', 3, 'expected an object'],
  ])('refuses %s', (_, row, sentence) => {
    expect(() => parseFeedback(row)).toThrow(sentence)
  })

  it('reads thumbs and ratings, as texts and as messages', () => {
    const prompt = [{ role: 'user', content: 'Hello?' }]
    expect(parseFeedback({ prompt, completion: [{ role: 'assistant', content: 'Hi.' }], label: false, author: 'a' }).judgments).toEqual([
      { prompt: 'Hello?', output: 'Hi.', level: 0, levels: 2, author: 'a' },
    ])
    expect(parseFeedback({ input: 'q', output: 'o', rating: 5, levels: 5, source: 'survey' }).judgments).toEqual([
      { prompt: 'q', output: 'o', level: 4, levels: 5, source: 'survey' },
    ])
  })

  it('reads a ranking as pairs that together count k − 1', () => {
    const { pairs } = parseFeedback({ prompt: 'p', ranking: ['a', 'b', 'c', 'd'] })
    expect(pairs.map(({ chosen, rejected }) => chosen + rejected)).toEqual(['ab', 'ac', 'ad', 'bc', 'bd', 'cd'])
    expect(pairs.every(({ weight, source }) => weight === 1 / 3 && source === 'ranking')).toBe(true)
  })

  it('reads pairs with their strength', () => {
    expect(parseFeedback({ prompt: 'p', chosen: 'a', rejected: 'b', strength: 2 }).pairs).toMatchObject([{ chosen: 'a', strength: 2 }])
  })
})
