import { describe, expect, it } from 'vitest'
import { trainRewardModel } from '../training/train.ts'
import { buildDataset, type DatasetOptions } from './build-dataset.ts'
import { compareDatasets } from './compare-datasets.ts'
import { isPairRow, type SourcePair } from './dataset-row.ts'

const options: DatasetOptions = {
  judgments: 'author',
  byReliability: false,
  byInclusion: false,
  split: { by: 'prompt', validation: 0, test: 0.25, seed: 1 },
}
const pair = (prompt: string, chosen: string, rejected: string, rest: Partial<SourcePair> = {}): SourcePair => ({
  prompt,
  chosen,
  rejected,
  source: 'comparison',
  ...rest,
})
const many = Array.from({ length: 400 }, (_, i) =>
  pair(`Question ${Math.floor(i / 2)}?`, `good ${i}`, `bad ${i}`, { author: `u${i % 4}`, time: new Date(i * 1e6).toISOString() }),
)

describe('a data set', () => {
  it('refuses what nothing can be learnt from', () => {
    expect(() => buildDataset([], options)).toThrow('no pairs')
    expect(() => buildDataset([pair('q', 'a', 'a')], options)).toThrow('identical')
  })

  it('keeps one row for copies of an author, with every way back, and one for each author', () => {
    const { rows, card } = buildDataset(
      [
        pair('q', 'a', 'b', { author: 'u1', feedbackId: 'f1', traceIds: ['t1'] }),
        pair('q', 'a', 'b', { author: 'u1', feedbackId: 'f2', traceIds: ['t1', 't2'] }),
        pair('q', 'a', 'b', { author: 'u2', feedbackId: 'f3' }),
        pair('p', 'x', 'y'),
        pair('p', 'y', 'x', { tie: true }),
      ],
      options,
    )
    expect(rows.filter(isPairRow).map(({ feedback, traces, tie }) => [feedback, traces, tie])).toEqual([
      [['f1', 'f2'], ['t1', 't2'], undefined],
      [['f3'], [], undefined],
      [[], [], undefined],
      [[], [], true],
    ])
    expect(card).toMatchObject({ rows: 4, prompts: 2, authors: 2, ties: 1, traced: 1, removed: { duplicates: 1 } })
  })

  it('gives the same prompt the same side whatever else is there, and the same rows the same keys', () => {
    const all = buildDataset(many, options)
    const half = buildDataset(many.slice(0, 200), options)
    const sideOf = new Map(all.rows.map(({ prompt, split }) => [prompt, split]))
    for (const { prompt, split } of [...all.rows, ...half.rows]) expect(sideOf.get(prompt)).toBe(split)
    expect(all.card.splits.test / 400).toBeCloseTo(0.25, 1)
    expect(all.card.leakage.prompts).toBe(0)
    expect(half.rows.every(({ key }) => all.rows.some((row) => row.key === key))).toBe(true)
    expect(buildDataset(many, options)).toEqual(all)
  })

  it('splits by author, and by time with the newest rows for the test; and names prompts on both sides', () => {
    const byAuthor = buildDataset(many, { ...options, split: { ...options.split, by: 'author', test: 0.5 } })
    const sides = new Map(byAuthor.rows.map(({ author, split }) => [author, split]))
    for (const { author, split } of byAuthor.rows) expect(sides.get(author)).toBe(split)
    const byTime = buildDataset(many, { ...options, split: { ...options.split, by: 'time', test: 0.1 } })
    const tests = byTime.rows.filter(({ split }) => split === 'test')
    expect(tests).toHaveLength(40)
    expect(tests.every(({ time }) => byTime.rows.every((row) => row.split === 'test' || row.time! <= time!))).toBe(true)
    const crossing = buildDataset([...many, pair('Question 0?', 'new', 'old', { time: new Date(9e9).toISOString() })], {
      ...options,
      split: { ...options.split, by: 'time', test: 0.1 },
    })
    expect(crossing.card.warnings.join(' ')).toMatch(/prompts stand on both sides of the split, such as “Question/)
    expect(crossing.card.leakage.examples).toContain('Question 0?')
  })

  it('weighs authors by how far they agree with others, and items by how rarely they were drawn', () => {
    const judged = Array.from({ length: 60 }, (_, i) =>
      ['u1', 'u2', 'u3', 'spammer'].map((author) =>
        author === 'spammer' && i % 2 === 0 ? pair(`q${i}`, 'bad', 'good', { author }) : pair(`q${i}`, 'good', 'bad', { author }),
      ),
    ).flat()
    const { rows, card } = buildDataset(judged, { ...options, byReliability: true })
    const weightOf = (name: string) => rows.find(({ author }) => author === name)!.weight
    expect(weightOf('spammer')).toBeLessThan(0.4 * weightOf('u1'))
    expect(card.reliability.find(({ author }) => author === 'u1')!.accuracy).toBeGreaterThan(0.95)
    const drawn = buildDataset([pair('a', 'x', 'y', { inclusion: 0.1 }), pair('b', 'x', 'y')], { ...options, byInclusion: true })
    expect(drawn.rows[0]!.weight / drawn.rows[1]!.weight).toBeCloseTo(10, 10)
    expect(drawn.card.effectiveRows).toBeCloseTo(121 / 101, 10)
  })

  it('joins authors to a consensus that counts by its margin', () => {
    const { rows } = buildDataset(
      [
        pair('q', 'a', 'b', { author: 'u1' }),
        pair('q', 'b', 'a', { author: 'u2' }),
        pair('q', 'a', 'b', { author: 'u3' }),
        pair('p', 'a', 'b', { author: 'u1' }),
        pair('r', 'a', 'b', { author: 'u1' }),
        pair('r', 'b', 'a', { author: 'u2' }),
      ],
      { ...options, judgments: 'consensus' },
    )
    expect(rows.filter(isPairRow).map(({ prompt, chosen, tie, author }) => [prompt, chosen, tie, author])).toEqual([
      ['q', 'a', undefined, undefined],
      ['p', 'a', undefined, undefined],
      ['r', 'a', true, undefined],
    ])
    expect(rows[0]!.weight / rows[1]!.weight).toBeCloseTo(1 / 3, 10)
  })

  it('tells versions apart', () => {
    const before = buildDataset(many.slice(0, 300), options).rows
    const after = buildDataset(many.slice(10), options).rows
    expect(compareDatasets(before, after)).toMatchObject({ added: 100, removed: 10, changed: 0, same: 290 })
    expect(compareDatasets(before, before)).toMatchObject({ added: 0, removed: 0, changed: 0, same: 300, examples: [] })
  })

  it('trains as any pairs do', () => {
    const { rows } = buildDataset(many, options)
    expect(
      trainRewardModel(
        rows.filter(isPairRow).filter(({ split }) => split === 'train'),
        { members: 2 },
      ).card.accuracy.estimate,
    ).toBeGreaterThan(0.95)
  })
})
