import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import type { Judgment } from '../evidence.ts'
import type { Pair } from '../pair.ts'
import { trainRewardModel } from './train.ts'

const filler = 'order parcel invoice refund today account number customer street letter office window'.split(' ')

/** A world where outputs with more thanks are better, and each judgment is noisy. */
function world(seed: number) {
  const random = seededRandom(seed)
  const noise = () => Math.log(1 / random.next() - 1)
  const output = (): [text: string, quality: number] => {
    const words = Array.from({ length: 10 }, () =>
      random.next() < 0.2 ? (random.next() < 0.5 ? 'thanks' : 'whatever') : filler[random.int(filler.length)]!,
    )
    const quality = words.reduce((sum, word) => sum + (word === 'thanks' ? 1 : word === 'whatever' ? -1 : 0), 0)
    return [words.join(' '), quality]
  }
  const pair = (i: number, reliability: number, more: Partial<Pair> = {}): Pair => {
    const [[a, qa], [b, qb]] = [output(), output()]
    const difference = reliability * (qa - qb) + noise()
    const [chosen, rejected] = difference > 0 ? [a, b] : [b, a]
    const isTie = Math.abs(difference) < 0.4
    return { prompt: `Question ${i}?`, chosen, rejected, ...(isTie && { tie: true }), ...(difference ** 2 > 4 && { strength: 2 }), ...more }
  }
  return { random, noise, output, pair }
}

describe('feedback of every kind', () => {
  const { noise, output, pair } = world(1)
  const pairs = [
    ...Array.from({ length: 60 }, (_, i) => pair(i, 1, { author: 'careful' })),
    ...Array.from({ length: 150 }, (_, i) => pair(100 + i, -1, { author: 'contrary' })),
    ...Array.from({ length: 150 }, (_, i) => pair(300 + i, 0.5, { source: 'model', author: 'judge' })),
  ]
  const judgments = Array.from({ length: 400 }, (_, i): Judgment => {
    const [text, quality] = output()
    const drawn = quality + noise()
    const level = [-1.5, -0.5, 0.5, 1.5].filter((cut) => drawn > cut).length
    return i % 2 === 0
      ? { prompt: `Rated ${i}`, output: text, level, levels: 5, author: 'rater' }
      : { prompt: `Rated ${i}`, output: text, level: Number(drawn > 0), levels: 2 }
  })
  const { model, card } = trainRewardModel(pairs, { judgments, ties: true, folds: 3, members: 2 })
  const { authors, sources } = model.about.evidence
  const reliabilityOf = (name: string | null, source: string) => authors.find((a) => a.author === name && a.source === source)?.reliability

  it('is judged on the decided pairs of people alone', () => {
    expect(card.pairs).toBe(pairs.filter(({ tie, source }) => tie !== true && source !== 'model').length)
    expect(card.removed.ties).toBe(pairs.filter(({ tie, source }) => tie === true && source !== 'model').length)
  })

  it('tells who can be relied on', () => {
    expect(reliabilityOf('contrary', 'comparison')).toBeLessThan(0.2)
    expect(reliabilityOf('rater', 'rating')).toBeGreaterThan(0.5)
    expect(reliabilityOf(null, 'thumb')).toBeGreaterThan(0.5)
  })

  it('says what each kind was worth, with its interval', () => {
    expect(sources.map(({ source, judgments: count }) => [source, count])).toEqual([
      ['comparison', pairs.filter(({ source }) => source === undefined).length],
      ['model', 150],
      ['rating', 200],
      ['thumb', 200],
    ])
    for (const { gain, accuracyWithout } of sources) {
      expect(accuracyWithout).toBeGreaterThan(0)
      expect(gain!.low).toBeLessThanOrEqual(gain!.estimate)
    }
  })

  it('learns from ratings alone what comparisons then confirm', () => {
    const fresh = Array.from({ length: 40 }, (_, i) => pair(1000 + i, 1)).filter(({ tie }) => tie !== true)
    const few = trainRewardModel(fresh, { folds: 2, members: 2 }).card.accuracy.estimate
    const many = trainRewardModel(fresh, { judgments, folds: 2, members: 2 }).card.accuracy.estimate
    expect(many).toBeGreaterThanOrEqual(few)
    expect(many).toBeGreaterThan(0.65)
  })

  it('refuses a level that the scale does not have', () => {
    expect(() => trainRewardModel(pairs, { judgments: [{ prompt: '', output: 'a', level: 5, levels: 5 }] })).toThrow(
      'level 5 on a scale of 5',
    )
  })
})
