import { expect, it } from 'vitest'
import { trainRewardModel } from '../training/train.ts'
import { explainReward } from './explain.ts'
import { createScorer } from './scorer.ts'

const { model } = trainRewardModel(
  Array.from({ length: 60 }, (_, i) => ({
    prompt: `Question ${i}?`,
    chosen: `Thanks for asking, here is answer ${i}.`,
    rejected: `Whatever, find number ${i} yourself.`,
  })),
  { members: 2 },
)

it('says what the reward of an output is made of, and where in the text', () => {
  const output = '🙂 Thanks for asking. Whatever you do, zyx qqq.'
  const explained = explainReward(model, 'Question?', output)
  const [score] = createScorer(model).score([{ input: 'Question?', output }])
  expect(explained).toMatchObject({ reward: score!.reward, std: score!.std, novelty: score!.novelty })
  const sum = explained.words + explained.traits.reduce((total, { contribution }) => total + contribution, 0)
  expect(sum).toBeCloseTo(explained.reward, 10)
  const [thanks, whatever] = explained.sentences
  expect(thanks!.contribution).toBeGreaterThan(0)
  expect(whatever!.contribution).toBeLessThan(0)
  for (const { start, end, text } of [...explained.sentences, ...explained.tokens])
    expect(Array.from(output).slice(start, end).join('')).toBe(text)
  expect(explained.tokens[0]!.text).toMatch(/Thanks|for|asking|Whatever/)
})

it('knows how much of an output it has never seen', () => {
  const scores = createScorer(model).score([
    { input: '', output: 'Thanks for asking, here is answer 3.' },
    { input: '', output: 'Zylophon quarzit brumm' },
    { input: '', output: '' },
  ])
  expect(scores[0]!.novelty).toBeLessThan(0.05)
  expect(scores[1]!.novelty).toBeGreaterThan(0.9)
  expect(scores[2]!.novelty).toBe(0)
})
