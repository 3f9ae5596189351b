import { describe, expect, it } from 'vitest'
import { parsePair } from './parse-pair.ts'
import { parseQaFeedback } from './qa-feedback.ts'

describe('parsePair', () => {
  it.each([
    ['a list', [], 'expected an object'],
    ['a row without chosen', { rejected: 'b' }, '"chosen" is missing'],
    ['a row without rejected', { chosen: 'a', rejected: null }, '"rejected" is missing'],
    ['plain outputs without a prompt', { chosen: 'a', rejected: 'b' }, 'whole conversations'],
    [
      'conversations that share nothing',
      { chosen: 'Human: a\n\nAssistant: b', rejected: 'Human: c\n\nAssistant: d' },
      'share no beginning',
    ],
    ['a negative weight', { prompt: 'p', chosen: 'a', rejected: 'b', weight: -1 }, '"weight"'],
  ])('refuses %s', (_, row, sentence) => {
    expect(() => parsePair(row)).toThrow(sentence)
  })

  it('reads strings', () => {
    expect(parsePair({ prompt: 'p', chosen: 'a', rejected: 'b', weight: 2, tie: false })).toEqual({
      prompt: 'p',
      chosen: 'a',
      rejected: 'b',
      weight: 2,
    })
  })

  it('reads messages, and groups by the opening user turn', () => {
    const prompt = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Why?' },
    ]
    expect(parsePair({ prompt, chosen: [{ role: 'assistant', content: 'a' }], rejected: 'b' })).toEqual({
      prompt: 'Be kind.\n\nHi\n\nHello\n\nWhy?',
      chosen: 'a',
      rejected: 'b',
      group: 'Hi',
    })
  })

  it('splits transcripts and whole conversations where they part', () => {
    const same = { prompt: 'Hi\n\nHello\n\nWhy?', chosen: 'Because.', rejected: 'No idea.', group: 'Hi' }
    const context = '\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Why?\n\nAssistant:'
    expect(parsePair({ chosen: `${context} Because.`, rejected: `${context} No idea.` })).toEqual(same)
    const turns = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Why?' },
    ]
    const answered = (content: string) => [...turns, { role: 'assistant', content }]
    expect(parsePair({ chosen: answered('Because.'), rejected: answered('No idea.') })).toEqual(same)
  })

  it('keeps two equal transcripts as equal outputs', () => {
    const text = 'Human: Hi\n\nAssistant: Hello'
    expect(parsePair({ chosen: text, rejected: text })).toMatchObject({ chosen: 'Hello', rejected: 'Hello' })
  })

  it('takes the group from the field named', () => {
    expect(parsePair({ prompt: 'p', chosen: 'a', rejected: 'b', topic: 't' }, 'topic').group).toBe('t')
  })
})

describe('parseQaFeedback', () => {
  const predictions = { 'prediction 1': 'a', 'prediction 2': 'b', 'prediction 3': 'c', 'prediction 4': 'd' }

  it('refuses an entry without six preferences, naming it', () => {
    expect(() => parseQaFeedback([{ question: 'q', ...predictions, preference: [1] }])).toThrow('Entry 1')
  })

  it('orients each pair by the preference and marks ties', () => {
    const pairs = parseQaFeedback([{ question: 'q', ...predictions, preference: [1, 2, 0, 1, 1, 2] }])
    expect(pairs.map(({ chosen, rejected, tie }) => `${chosen}>${rejected}${tie ? ' tie' : ''}`)).toEqual([
      'a>b',
      'c>a',
      'a>d tie',
      'b>c',
      'b>d',
      'd>c',
    ])
  })
})

it('keeps who judged and what kind of pair it is', () => {
  const row = {
    prompt: 'p',
    chosen: 'a',
    rejected: 'b',
    author: 'u1',
    source: 'comparison',
    id: 'x',
    metadata: { type: 'legal', words: 4 },
  }
  expect(parsePair(row)).toEqual({
    prompt: 'p',
    chosen: 'a',
    rejected: 'b',
    author: 'u1',
    source: 'comparison',
    strata: { source: 'comparison', type: 'legal' },
  })
})
