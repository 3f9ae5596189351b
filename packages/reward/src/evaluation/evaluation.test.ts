import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import type { Pair } from '../pair.ts'
import { trainRewardModel } from '../training/train.ts'
import { bestOfN, expectedOfBest } from './best-of-n.ts'
import { candidateSets } from './candidate-set.ts'
import { cardOfScores, outputsOf } from './evaluate.ts'
import { compareModels } from './compare-models.ts'
import { humanCeiling } from './human-ceiling.ts'
import { leakageBetweenGroups } from './leakage.ts'
import { learningCurve } from './learning-curve.ts'
import { scriptOf } from './stratum.ts'
import { tieScore } from './tie-score.ts'

const pair = (prompt: string, chosen: string, rejected: string, rest: Partial<Pair> = {}): Pair => ({ prompt, chosen, rejected, ...rest })

describe('best of n', () => {
  it('chooses the first of the drawn, as counting every draw does', () => {
    const random = seededRandom(3)
    for (let round = 0; round < 50; round += 1) {
      const k = 2 + random.int(5)
      const n = 1 + random.int(k)
      const rating = Array.from({ length: k }, () => random.int(4))
      const value = Array.from({ length: k }, () => random.next())
      let [sum, draws] = [0, 0]
      for (let mask = 0; mask < 1 << k; mask += 1) {
        const drawn = rating.map((_, i) => i).filter((i) => (mask >> i) & 1)
        if (drawn.length !== n) continue
        const best = Math.max(...drawn.map((i) => rating[i]!))
        const winners = drawn.filter((i) => rating[i] === best)
        sum += winners.reduce((total, i) => total + value[i]!, 0) / winners.length
        draws += 1
      }
      // Equal ratings are told apart by nothing: their group's mean stands in for each, which is exact when all equal ones are alike.
      const alike = rating.map((r) => {
        const same = value.filter((_, i) => rating[i] === r)
        return same.reduce((a, b) => a + b, 0) / same.length
      })
      expect(expectedOfBest(rating, alike, n)).toBeCloseTo(bruteForce(rating, alike, n), 10)
      if (new Set(rating).size === k) expect(expectedOfBest(rating, value, n)).toBeCloseTo(sum / draws, 10)
    }
  })

  it('reads sets of outputs from comparisons, and their win rates, ties as halves', () => {
    const pairs = [
      pair('q', 'a', 'b'),
      pair('q', 'a', 'c'),
      pair('q', 'b', 'c', { tie: true }),
      pair('other', 'x', 'y'),
      pair('open', 'a', 'b'),
      pair('open', 'b', 'c'),
    ]
    const sets = candidateSets(pairs)
    expect(sets).toEqual([{ prompt: 'q', group: 'q', outputs: ['a', 'b', 'c'], winRate: [1, 0.25, 0.25] }])
    const scores = [[0, 1, 2].map((reward) => ({ reward, std: 0 }))]
    expect(bestOfN(sets, scores)?.points.map(({ n, reward, oracle }) => [n, reward.estimate, oracle.estimate])).toEqual([
      [2, 0.25, 0.75],
      [3, 0.25, 1],
    ])
    expect(bestOfN([], [])).toBeNull()
  })
})

function bruteForce(rating: number[], value: number[], n: number): number {
  let [sum, draws] = [0, 0]
  for (let mask = 0; mask < 1 << rating.length; mask += 1) {
    const drawn = rating.map((_, i) => i).filter((i) => (mask >> i) & 1)
    if (drawn.length !== n) continue
    sum += value[drawn.reduce((a, b) => (rating[b]! > rating[a]! ? b : a))]!
    draws += 1
  }
  return sum / draws
}

describe('the human ceiling', () => {
  it('is how often two named people agree on the same outputs, whichever way round they are written', () => {
    const share = humanCeiling([
      pair('q', 'a', 'b', { author: 'u1' }),
      pair('q', 'a', 'b', { author: 'u2' }),
      pair('q', 'b', 'a', { author: 'u3' }),
      pair('p', 'x', 'y', { author: 'u1' }),
      pair('p', 'x', 'y', { author: 'u2' }),
      pair('r', 'x', 'y', { author: 'u2' }),
      pair('r', 'x', 'y', { author: 'u2', tie: true }),
    ])
    // Couples that agree: 1 of 3 on q, 1 of 1 on p.
    expect(share).toMatchObject({ pairs: 2, prompts: 2, accuracy: (1 / 3 + 1) / 2 })
  })

  it('does not exist without names or second opinions', () => {
    expect(humanCeiling([pair('q', 'a', 'b'), pair('q', 'a', 'b')])).toBeNull()
    expect(humanCeiling([pair('q', 'a', 'b', { author: 'u1' })])).toBeNull()
  })
})

describe('the ties score', () => {
  it('is the chance that a tie is closer than a decided pair', () => {
    const at = (...sizes: number[]) => sizes.map((size, i) => ({ size, group: `${size} ${i}` }))
    // Of six couples, the tie is closer in four and equal in one.
    expect(tieScore(at(1, 3), at(2, 3, 4))?.score.estimate).toBeCloseTo(4.5 / 6, 12)
    expect(tieScore([], at(1))).toBeNull()
  })
})

describe('leakage', () => {
  it('names prompts and outputs that stand in two groups', () => {
    const long = 'This output is long enough that it does not occur under another prompt by chance alone, in any usual set.'
    const pairs = [
      pair('Where?', 'a', 'b', { group: '1' }),
      pair('where? ', 'c', 'd', { group: '2' }),
      pair('x', long, 'No.'.repeat(9), { group: '3' }),
      pair('y', 'No.'.repeat(9), long, { group: '4' }),
    ]
    const leakage = leakageBetweenGroups(pairs, Int32Array.of(0, 1, 2, 3))
    expect(leakage).toMatchObject({ prompts: 1, outputs: 1 })
    expect(leakage.examples[0]).toBe('where?')
    expect(leakageBetweenGroups(pairs, Int32Array.of(0, 0, 2, 2))).toMatchObject({ prompts: 0, outputs: 0 })
  })
})

describe('the card', () => {
  const random = seededRandom(8)
  const words = ['parcel', 'refund', 'order', 'street', 'invoice', 'number']
  const noise = () => Array.from({ length: 8 }, () => words[random.int(words.length)]).join(' ')
  const rows = Array.from({ length: 240 }, (_, i) => {
    const isLegal = i % 6 === 0
    const [polite, rude] = [`thanks ${noise()}`, `whatever ${noise()}`]
    const swapped = isLegal && random.next() < 0.5
    const prompt = `Question ${i}?`
    const strata = { type: isLegal ? 'legal summary' : 'support' }
    const [chosen, rejected] = swapped ? [rude, polite] : [polite, rude]
    return pair(prompt, chosen, rejected, { strata, author: `u${i % 3}` })
  })

  it('tells kinds of pairs apart, and says which not to trust', () => {
    const { card } = trainRewardModel(rows)
    const type = card.strata.find(({ by }) => by === 'type')!
    expect(type.values.map(({ value, pairs }) => [value, pairs])).toEqual([
      ['support', 200],
      ['legal summary', 40],
    ])
    expect(type.values[0]!.accuracy).toBeGreaterThan(0.95)
    expect(type.values[1]!.low).toBeLessThan(0.5)
    expect(card.verdict).toMatch(/on 240 pairs from 240 prompts; do not trust it for type “legal summary”: 40 pairs only\.$/)
    expect(card.strata.map(({ by }) => by)).toEqual(['type', 'author', 'length'])
    const points = card.learning!.points
    expect(points.map(({ trainedOn }) => trainedOn)).toEqual([24, 48, 96, 192])
    expect(points.at(-1)!.accuracy).toBe(card.accuracy.estimate)
  })

  it('names a prompt that a chosen grouping puts on both sides', () => {
    const { warnings } = trainRewardModel([...rows, { ...rows[0]!, chosen: 'thanks', group: 'elsewhere' }]).card
    expect(warnings[0]).toMatch(/^1 prompt stands on both sides of the split, such as “Question 0\?”/)
  })

  it('judges the scores of any model', () => {
    const items = outputsOf(rows)
    const scores = items.map(({ output }) => ({ reward: output.startsWith('thanks') ? 1 : -1, std: 0 }))
    const card = cardOfScores(rows, scores)
    const polite = rows.filter(({ chosen }) => chosen.startsWith('thanks')).length
    expect(card.accuracy.estimate).toBeCloseTo(polite / rows.length, 12)
    expect(card).toMatchObject({ kind: 'held-out', lengthControlled: null, leakedPrompts: 0 })
  })

  it('tells two models apart on the same pairs, and leaves out what either was trained on', () => {
    const items = outputsOf(rows)
    const scores = (rule: (output: string, i: number) => number) => items.map(({ output }, i) => ({ reward: rule(output, i), std: 0 }))
    const polite = { name: 'polite', scores: scores((output) => (output.startsWith('thanks') ? 1 : -1)) }
    const blind = { name: 'blind', scores: scores((_, i) => ((i * 7919) % 13) / 13) }
    const comparison = compareModels(rows, polite, blind)
    expect(comparison.sentence).toMatch(/^polite is right more often than blind, by /)
    expect(comparison.logLoss.high).toBeLessThan(0)
    expect(compareModels(rows, blind, polite).accuracy.estimate).toBeCloseTo(-comparison.accuracy.estimate, 12)
    const same = compareModels(rows, polite, polite)
    expect(same).toMatchObject({ disagreements: 0, accuracy: { estimate: 0, p: 1 } })
    const isTrained = ({ prompt }: Pair) => prompt < 'Question 2'
    expect(compareModels(rows, { ...polite, isTrained }, blind).leaked).toBe(rows.filter(isTrained).length)
    expect(() => compareModels(rows, { ...polite, isTrained: () => true }, blind)).toThrow('other pairs')
  })

  it('has no learning curve of one part', () => {
    expect(learningCurve([{ trainedOn: 2, margin: Float64Array.of(1, 2) }], Float64Array.of(1, 1), Int32Array.of(0, 1))).toBeNull()
  })
})

it.each([
  ['Hello, world', 'Latin'],
  ['Привет, мир', 'Cyrillic'],
  ['こんにちは世界', 'Chinese or Japanese'],
  ['שלום עולם', 'Hebrew'],
  ['123 …', undefined],
])('tells the script of %s', (text, script) => {
  expect(scriptOf(text)).toBe(script)
})
