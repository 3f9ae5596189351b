import { describe, expect, it } from 'vitest'
import { parsePairs } from '../node/read-pairs.ts'
import { trainRewardModel } from '../training/train.ts'
import { buildDataset, type DatasetOptions } from './build-dataset.ts'
import { compareDatasets } from './compare-datasets.ts'
import { type DatasetRow, isPairRow, type SourceJudgment, type SourcePair } from './dataset-row.ts'
import { trainingRows } from './training-rows.ts'

const options: DatasetOptions = {
  judgments: 'author',
  byReliability: false,
  byInclusion: false,
  split: { by: 'prompt', validation: 0, test: 0.25, seed: 1 },
}
const rating = (prompt: string, output: string, level: number, rest: Partial<SourceJudgment> = {}): SourceJudgment => ({
  prompt,
  output,
  level,
  levels: 5,
  source: 'rating: tone',
  ...rest,
})
const thumb = (prompt: string, output: string, up: boolean, rest: Partial<SourceJudgment> = {}): SourceJudgment =>
  rating(prompt, output, Number(up), { levels: 2, source: 'thumb: helpful', ...rest })
const pairs = Array.from({ length: 120 }, (_, i): SourcePair => ({
  prompt: `Question ${i}?`,
  chosen: `good answer ${i}`,
  rejected: `bad answer ${i}`,
  source: 'comparison',
  author: 'u1',
}))
const judgments = Array.from({ length: 120 }, (_, i) => [
  rating(`Question ${i}?`, `${i % 3 === 0 ? 'bad' : 'good'} answer ${i}`, i % 3 === 0 ? 1 : 3 + (i % 2), { author: 'u2' }),
  thumb(`Question ${200 + i}?`, `${i % 2 === 0 ? 'bad' : 'good'} answer ${i}`, i % 2 === 1),
]).flat()
const verdicts = (rows: readonly DatasetRow[]) =>
  rows.map((row) => (isPairRow(row) ? row.chosen : 'label' in row ? row.label : `${row.rating} of ${row.levels}`))

describe('ratings and thumbs in a data set', () => {
  it('keep the newest of an author on an output, with every way back, and each of the nameless', () => {
    const { rows, card } = buildDataset([], options, [
      rating('q', 'a', 4, { author: 'u1', time: '2026-05-02', feedbackId: 'f2', traceIds: ['t2'] }),
      rating('q', 'a', 1, { author: 'u1', time: '2026-05-01', feedbackId: 'f1', traceIds: ['t1'] }),
      rating('q', 'a', 2, { author: 'u2', feedbackId: 'f3' }),
      thumb('q', 'a', true, { feedbackId: 'f4' }),
      thumb('q', 'a', true, { feedbackId: 'f5' }),
      thumb('q', ' ', true),
      thumb('q', 'b', true, { weight: 0 }),
    ])
    expect(verdicts(rows)).toEqual(['5 of 5', '3 of 5', true, true])
    expect(rows[0]).toMatchObject({ feedback: ['f2', 'f1'], traces: ['t2', 't1'] })
    expect(card).toMatchObject({
      comparisons: 0,
      ratings: 4,
      sources: { 'rating: tone': 2, 'thumb: helpful': 2 },
      removed: { duplicates: 1, empty: 1, weightless: 1 },
    })
    expect(card.warnings[0]).toMatch(
      /accuracy, its advantage over length, its calibration and the best of n are measured on comparisons alone/,
    )
    expect(() => buildDataset([], options, [thumb('q', '', true)])).toThrow('No row is left')
  })

  it('lie on the side of their prompt, whatever else is there', () => {
    const { rows, card } = buildDataset(pairs, options, judgments)
    const sides = new Map(buildDataset(pairs, options).rows.map(({ prompt, split }) => [prompt, split]))
    for (const { prompt, split } of rows) expect(split).toBe(sides.get(prompt) ?? split)
    expect(card.leakage.prompts).toBe(0)
    expect([card.comparisons, card.ratings, card.rows]).toEqual([120, 240, 360])
    expect(card.comparisonSplits.test).toBeLessThan(card.splits.test)
    const { prompt } = rows[0]!
    const byTime = buildDataset(
      [{ ...pairs[0]!, prompt, time: '2026-01-01' }],
      { ...options, split: { ...options.split, by: 'time', test: 0.5 } },
      [rating(prompt, 'a', 1, { time: '2026-01-02' })],
    )
    expect(byTime.card.leakage.prompts).toBe(1)
    expect(byTime.card.warnings.join(' ')).toContain('The test side holds ratings and thumbs alone')
  })

  it('count by the reliability of their author, whether lenient or severe, and by how rarely they were drawn', () => {
    const judged = Array.from({ length: 60 }, (_, i) => {
      const isGood = i % 2 === 0
      return [
        rating(`q${i}`, 'a', isGood ? 4 : 3, { author: 'lenient' }),
        rating(`q${i}`, 'a', isGood ? 1 : 0, { author: 'severe' }),
        rating(`q${i}`, 'a', isGood ? 3 : 1, { author: 'usual' }),
        rating(`q${i}`, 'a', i % 4 < 2 ? 4 : 0, { author: 'spammer' }),
      ]
    }).flat()
    const { rows, card } = buildDataset([], { ...options, byReliability: true }, judged)
    const weightOf = (name: string) => rows.find(({ author }) => author === name)!.weight
    expect(weightOf('severe')).toBeCloseTo(weightOf('lenient'), 1)
    expect(weightOf('spammer')).toBeLessThan(0.3 * weightOf('usual'))
    expect(card.reliability.find(({ author }) => author === 'severe')).toMatchObject({ kind: 'rating: tone', judgments: 60 })
    const drawn = buildDataset([], { ...options, byInclusion: true }, [thumb('p', 'a', true, { inclusion: 0.1 }), thumb('q', 'a', true)])
    expect(drawn.rows[0]!.weight / drawn.rows[1]!.weight).toBeCloseTo(10, 10)
  })

  it('join to the median of their authors, which counts by how close they lie', () => {
    const { rows, card } = buildDataset([], { ...options, judgments: 'consensus' }, [
      ...[0, 4, 4].map((level, i) => rating('far', 'a', level, { author: `u${i}` })),
      ...[3, 3, 3].map((level, i) => rating('near', 'a', level, { author: `u${i}`, feedbackId: `f${i}` })),
      ...[true, true, false].map((up, i) => thumb('thumbs', 'a', up, { author: `u${i}` })),
      ...[true, false].map((up, i) => thumb('split', 'a', up, { author: `u${i}` })),
    ])
    expect(rows.map(({ prompt }) => prompt)).toEqual(['far', 'near', 'thumbs'])
    expect(verdicts(rows)).toEqual(['5 of 5', '4 of 5', true])
    const [far, near, thumbs] = rows.map(({ weight }) => weight) as [number, number, number]
    expect([far / near, thumbs / near]).toEqual([expect.closeTo(1 / 3, 10), expect.closeTo(1 / 3, 10)])
    expect(rows[1]!.feedback).toEqual(['f0', 'f1', 'f2'])
    expect(rows[1]!.strata).toEqual({ judgments: '3' })
    expect(card.removed.weightless).toBe(1)
  })

  it('differ from a version in which somebody thought otherwise', () => {
    const before = buildDataset(pairs, options, judgments).rows
    const [changed, ...others] = judgments
    const after = buildDataset(pairs, options, [{ ...changed!, level: 4 }, ...others]).rows
    const diff = compareDatasets(before, after)
    expect(diff).toMatchObject({ added: 0, removed: 0, changed: 1, same: 359 })
    expect(diff.examples).toEqual([expect.objectContaining({ change: 'changed', prompt: changed!.prompt, verdict: '5 of 5' })])
  })

  it('train a model beside comparisons, the same from the rows as from their file', () => {
    const { rows, card } = buildDataset(pairs, options, judgments)
    const learnt = trainingRows(rows, ['train', 'validation'])
    const read = parsePairs(rows.flatMap((row) => (row.split === 'test' ? [] : [JSON.stringify(row)])).join('\n'))
    expect(read.judgments).toEqual(learnt.judgments)
    expect(read.pairs).toHaveLength(learnt.pairs.length)
    const { model, card: report } = trainRewardModel(learnt.pairs, { judgments: learnt.judgments, members: 2, folds: 2 })
    expect(report.pairs).toBe(card.comparisonSplits.train)
    expect(report.learning).toMatchObject({ unit: 'judgments', sentence: expect.stringContaining('judgments') as string })
    expect(model.about.evidence.sources.map(({ source }) => source).toSorted()).toEqual(['comparison', 'rating: tone', 'thumb: helpful'])
    expect(() => trainRewardModel([], { judgments: learnt.judgments })).toThrow('no comparison by people with an order')
  })
})
