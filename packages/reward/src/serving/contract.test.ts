import { describe, expect, it } from 'vitest'
import { readScoreRequest } from './contract.ts'

const scores = [
  { reward: 2, std: 0.5 },
  { reward: -1.5, std: 0.25 },
]

describe('readScoreRequest', () => {
  it.each([
    ['nothing', null, 'send {"items"'],
    ['another object', { text: 'a' }, 'send {"items"'],
    ['an item without output', { items: [{ input: 'a' }] }, 'an input and an output'],
    ['a query that is no list', { query: 'a' }, '"query" must be a list'],
    ['numbers for texts', { input: [1] }, '"input" must hold texts'],
    ['a row without messages', [{ id: 1 }], 'messages'],
  ])('refuses %s', (_, body, sentence) => {
    expect(() => readScoreRequest(body, 'm')).toThrow(sentence)
  })

  it('takes our own form, with texts and messages', () => {
    const body = {
      items: [
        { input: 'q', output: 'a' },
        { input: [{ role: 'user', content: 'q' }], output: 'b' },
      ],
    }
    const request = readScoreRequest(body, 'm@1')
    expect(request.items).toEqual([
      { input: 'q', output: 'a' },
      { input: 'q', output: 'b' },
    ])
    expect(request.reply(scores)).toEqual({ items: scores.map((score) => ({ ...score, model: 'm@1' })) })
  })

  it('takes the completion of OpenRLHF, without its prompt and special tokens', () => {
    const prompt = '<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n'
    const request = readScoreRequest({ query: [`${prompt}Hello there<|im_end|>`, 'plain'], prompts: [prompt, 'q'], labels: ['', ''] }, 'm')
    expect(request.items[0]).toMatchObject({ output: 'Hello there' })
    expect(request.items[0]!.input).toContain('Hi')
    expect(request.items[1]).toEqual({ input: 'q', output: 'plain' })
    expect(request.reply(scores)).toEqual({ rewards: [2, -1.5], scores: [2, -1.5], extra_logs: {} })
  })

  it('takes the last turn of LLaMA-Factory’s conversations', () => {
    const request = readScoreRequest({ model: 'm', messages: ['Human: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d'] }, 'm')
    expect(request.items).toEqual([{ input: expect.stringContaining('Human: c') as string, output: 'd' }])
    expect(request.reply(scores)).toEqual({ scores: [2, -1.5] })
  })

  it('clips the reward for Google, and gives probabilities where vLLM would', () => {
    const google = readScoreRequest(
      { example: { contents: [{ role: 'user', parts: [{ text: 'q' }] }] }, response: { parts: [{ text: 'a' }] } },
      'm',
    )
    expect(google.items).toEqual([{ input: 'q', output: 'a' }])
    expect(google.reply(scores)).toEqual({ reward: 1 })
    const reply = readScoreRequest({ model: 'm', input: 'a' }, 'm').reply([{ reward: 0, std: 1 }])
    expect(reply).toMatchObject({ data: [{ index: 0, probs: [0.5], num_classes: 1 }] })
  })

  it('answers AWS Nova row by row', () => {
    const row = {
      id: 'x',
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'a' },
      ],
    }
    const request = readScoreRequest([row], 'm')
    expect(request.items).toEqual([{ input: 'q', output: 'a' }])
    expect(request.reply(scores.slice(0, 1))).toMatchObject([{ id: 'x', aggregate_reward_score: 2 }])
  })
})
