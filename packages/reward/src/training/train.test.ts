import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import { evaluateRewardModel } from '../evaluation/evaluate.ts'
import { loadRewardModel, readRewardModel, writeRewardModel } from '../model/model-file.ts'
import { createScorer } from '../model/scorer.ts'
import type { Pair } from '../pair.ts'
import { cleanPairs } from './clean-pairs.ts'
import { dealFolds } from './fold.ts'
import { trainRewardModel } from './train.ts'

const good = ['clear', 'thanks', 'source', 'correct']
const bad = ['whatever', 'dunno', 'stupid', 'nonsense']
const filler = ['the', 'order', 'parcel', 'invoice', 'refund', 'today', 'account', 'please', 'with', 'number', 'customer', 'street']

/** People here prefer the output with more good and fewer bad words, most of the time. */
function simulatePairs(count: number, seed: number): Pair[] {
  const random = seededRandom(seed)
  const pick = (list: string[]) => list[random.int(list.length)]!
  const output = (quality: number) =>
    Array.from({ length: 12 }, () => (random.next() < 0.15 ? pick(random.next() < quality ? good : bad) : pick(filler))).join(' ')
  return Array.from({ length: count }, (_, i) => {
    const [better, worse] = [output(0.85), output(0.15)]
    const pair = { prompt: `Question ${Math.floor(i / 2)}?`, chosen: better, rejected: worse }
    return random.next() < 0.9 ? pair : { ...pair, chosen: worse, rejected: better }
  })
}

describe('trainRewardModel refuses', () => {
  const pair = { prompt: 'p', chosen: 'a', rejected: 'b' }
  it.each([
    ['no pairs', [], 'no pairs'],
    ['ties alone', [{ ...pair, tie: true }], '1 ties'],
    ['identical outputs', [{ ...pair, rejected: ' a ' }], '1 with identical outputs'],
    ['empty outputs', [{ ...pair, rejected: ' ' }], '1 with an empty output'],
    ['pairs of weight zero', [{ ...pair, weight: 0 }], '1 of weight zero'],
    ['one prompt only', [pair, { prompt: ' P', chosen: 'c', rejected: 'd' }], 'one prompt'],
  ])('%s', (_, pairs, sentence) => {
    expect(() => trainRewardModel(pairs)).toThrow(sentence)
  })

  it('options outside their domain', () => {
    expect(() => trainRewardModel(simulatePairs(10, 1), { folds: 1 })).toThrow('folds')
    expect(() => trainRewardModel(simulatePairs(10, 1), { members: 0.5 })).toThrow('members')
  })
})

describe('trainRewardModel', () => {
  const pairs = simulatePairs(300, 1)
  const { model, card } = trainRewardModel(pairs)

  it('finds what people prefer, on prompts it has not seen', () => {
    expect(card.accuracy.estimate).toBeGreaterThan(0.7)
    expect(card.advantage.low).toBeGreaterThan(0)
    expect(card.verdict).toMatch(/^Beats length alone by .* on 300 pairs from 150 prompts\.$/)
    expect(card.warnings.join(' ')).toContain('Fewer than 2,000 comparisons')
  })

  it('rewards good words above bad ones, and is less sure of words it never saw than of its average', () => {
    const scores = createScorer(model).score([
      { input: '', output: 'clear and correct, thanks' },
      { input: '', output: 'whatever, dunno, stupid' },
    ])
    expect(scores[0]!.reward).toBeGreaterThan(scores[1]!.reward + 1)
    for (const { std } of scores) expect(std).toBeGreaterThan(0)
  })

  it('centres rewards on the training outputs', () => {
    const scores = createScorer(model).score(
      pairs.flatMap(({ prompt, chosen, rejected }) => [chosen, rejected].map((output) => ({ input: prompt, output }))),
    )
    expect(scores.reduce((sum, { reward }) => sum + reward, 0) / scores.length).toBeCloseTo(0, 6)
  })

  it('gives the same bits for the same seed, and others for another', () => {
    expect(writeRewardModel(trainRewardModel(pairs).model)).toEqual(writeRewardModel(model))
    expect(trainRewardModel(pairs, { seed: 2 }).card.accuracy).not.toEqual(card.accuracy)
  })

  it('learns nothing from preferences without a pattern, and says so', () => {
    const random = seededRandom(5)
    const shuffled = pairs.map((pair) => (random.next() < 0.5 ? pair : { ...pair, chosen: pair.rejected, rejected: pair.chosen }))
    const { card: blank } = trainRewardModel(shuffled)
    expect(blank.accuracy.low).toBeLessThan(0.5)
    expect(blank.warnings.join(' ')).toContain('cannot be told from a coin')
  })

  it('works from two prompts on', () => {
    const { card: tiny } = trainRewardModel([
      { prompt: 'a', chosen: 'yes', rejected: 'no' },
      { prompt: 'b', chosen: 'yes', rejected: 'no' },
    ])
    expect(tiny).toMatchObject({ folds: 2, pairs: 2, prompts: 2 })
    expect(JSON.stringify(tiny)).not.toContain('NaN')
  })

  it('reports progress to the end', () => {
    const steps: number[] = []
    trainRewardModel(pairs.slice(0, 40), { folds: 3, members: 2 }, ({ step, steps: all }) => steps.push(step / all))
    expect(steps.at(-1)).toBe(1)
  })

  it('counts what it removes, and lets one pair count for its copies', () => {
    const { removed, judgments } = trainRewardModel([
      ...pairs,
      pairs[0]!,
      { prompt: 'x', chosen: 'same', rejected: 'same' },
      { ...pairs[1]!, tie: true },
    ]).card
    expect(removed).toMatchObject({ duplicates: 1, identical: 1, ties: 1 })
    expect(judgments).toBe(301)
  })

  it('names prompts of an evaluation that it was trained on', () => {
    const scorer = createScorer(model)
    const fresh = simulatePairs(100, 9).map((pair) => ({ ...pair, prompt: `New ${pair.prompt}` }))
    expect(evaluateRewardModel(scorer, fresh).leakedPrompts).toBe(0)
    const leaky = evaluateRewardModel(scorer, [...fresh, pairs[0]!])
    expect(leaky.leakedPrompts).toBe(1)
    expect(leaky.warnings[0]).toContain('training set')
  })
})

describe('the model file', () => {
  const { model } = trainRewardModel(simulatePairs(40, 2))
  const bytes = writeRewardModel(model)

  it('brings back a model that scores the same', () => {
    const items = [{ input: 'Question?', output: 'A clear answer, 日本語.' }]
    expect(loadRewardModel(bytes).score(items)).toEqual(createScorer(model).score(items))
    expect(readRewardModel(bytes).about).toEqual(model.about)
  })

  it.each([
    ['nothing', () => new Uint8Array(0), 'no Plaudit reward model'],
    ['another file', () => new TextEncoder().encode('{"a":1}'), 'no Plaudit reward model'],
    ['a truncated file', () => bytes.subarray(0, bytes.length - 7), 'cut short'],
    ['the mark alone', () => bytes.subarray(0, 8), 'cut short'],
    ['a changed byte', () => bytes.map((byte, i) => (i === 2000 ? byte ^ 1 : byte)), 'damaged'],
    ['another specification', () => writeRewardModel({ ...model, about: { ...model.about, specification: 'f00' } }), 'specification f00'],
  ])('refuses %s', (_, make, sentence) => {
    expect(() => readRewardModel(make())).toThrow(sentence)
  })
})

describe('dealFolds', () => {
  it('never splits a group, and keeps folds about equal', () => {
    const { groups } = cleanPairs(simulatePairs(200, 3))
    const dealt = dealFolds(groups, groups.keys(), 5, 1)
    const foldOf = new Map<number, number>()
    groups.forEach((group, row) => {
      expect(foldOf.get(group) ?? dealt[row]).toBe(dealt[row])
      foldOf.set(group, dealt[row]!)
    })
    for (let fold = 0; fold < 5; fold += 1) expect(dealt.filter((f) => f === fold).length).toBe(40)
  })
})
