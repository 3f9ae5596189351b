import type { Dataset, DatasetDiff, DatasetRow, FeedbackInput, Page, RewardModel, RewardRun } from '@plaudit/protocol'
import { parsePairs } from '@plaudit/reward'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLearning, polite, rude } from '../test-support/learning-app.ts'
import { sampleSpan, textMessage } from '../test-support/sample-span.ts'

const QUESTIONS = 60

/** For each question a polite trace, 2i + 1, and a rude one, 2i + 2, whose root only passes on what its generation says. */
const spans = Array.from({ length: QUESTIONS }, (_, i) =>
  [polite(i), rude(i)].flatMap((output, k) => {
    const n = 2 * i + k + 1
    const said = { input: [textMessage('user', `Where is ${i}?`)], output: [textMessage('assistant', output)] }
    const root = sampleSpan(n, 1_000 + n, { kind: 'chain' })
    return [root, { ...sampleSpan(n, n, said), parentSpanId: root.spanId }]
  }),
).flat()
const generations = spans.filter(({ kind }) => kind === 'generation')
const refOf = (index: number) => ({ traceId: generations[index]!.traceId, spanId: generations[index]!.spanId })

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k)
/** Feedback of every kind, as an application and reviewers send it. */
const feedback: FeedbackInput[] = [
  ...range(0, 30).map((i): FeedbackInput => ({
    criterion: 'preference',
    kind: 'comparison',
    value: 'left',
    author: { id: `r${i % 2}` },
    target: { kind: 'comparison', outputs: [refOf(2 * i), refOf(2 * i + 1)] },
  })),
  ...range(30, 36).map((i): FeedbackInput => ({
    criterion: 'preference',
    kind: 'ranking',
    value: { ranks: [2, 1] },
    author: { id: 'r2' },
    target: { kind: 'comparison', outputs: [refOf(2 * i + 1), refOf(2 * i)] },
  })),
  ...range(36, 40).map((i): FeedbackInput => ({
    criterion: 'preference',
    kind: 'correction',
    value: `Thanks, here is number ${i}.`,
    author: { id: 'r2' },
    target: { kind: 'span', ...refOf(2 * i + 1) },
  })),
  ...range(20, 60).flatMap((i) =>
    ['lenient', 'severe'].flatMap((id, k) =>
      [0, 1].map((side): FeedbackInput => ({
        criterion: 'tone',
        kind: 'rating',
        value: (side === 0 ? 5 : 3) - 2 * k,
        author: { id },
        target: { kind: 'span', ...refOf(2 * i + side) },
        ...(i === 20 ? { presentation: { inclusionProbability: 0.5 } } : {}),
      })),
    ),
  ),
  // Whole conversations, by users who are not named.
  ...range(0, 60).map((i): FeedbackInput => ({
    criterion: 'helpful',
    kind: 'thumbs',
    value: i % 2 === 0 ? 'up' : 'down',
    target: { kind: 'trace', traceId: refOf(2 * i + (i % 2)).traceId },
  })),
  ...range(0, 10).map((i): FeedbackInput => ({
    criterion: 'rude',
    kind: 'rating',
    value: i % 2,
    author: { id: 'lenient' },
    target: { kind: 'span', ...refOf(2 * i + (i % 2)) },
  })),
  // No person, and nothing that can be read.
  { criterion: 'tone', kind: 'rating', value: 1, author: { kind: 'model', id: 'judge' }, target: { kind: 'span', ...refOf(0) } },
  { criterion: 'helpful', kind: 'thumbs', value: 'up', target: { kind: 'trace', traceId: 'f'.repeat(32) } } as FeedbackInput,
]

const { server, projectId, secretKey, withKey, person, until, close } = await openLearning('rated-datasets')

describe('ratings and thumbs in data sets', () => {
  let first: Dataset
  let rows: DatasetRow[]

  const over = <T extends { state: string }>(path: string) =>
    until(
      async () => (await person<T>('GET', path)).body,
      ({ state }) => !['building', 'queued', 'running'].includes(state),
    )
  const make = async (given: object, more: object = {}) => {
    const { status, body } = await person<Dataset>('POST', '/api/v1/datasets', { name: 'every-kind', feedback: given, ...more })
    expect(status).toBe(202)
    return over<Dataset>(`/api/v1/datasets/${body.id}`)
  }
  const rubric = (name: string, higherIsBetter: boolean) =>
    person('POST', '/api/v1/rubrics', { name, criteria: [{ type: 'binary', key: 'rude', title: 'Rude?', higherIsBetter }] })

  beforeAll(async () => {
    await server.context.events.appendSpans(projectId, spans)
    await rubric('Manners', false)
    const { status } = await withKey('POST', '/api/v1/feedback', { items: feedback })
    expect(status).toBeLessThan(300)
  })
  afterAll(close)

  test('become rows of their own, weighted, dealt with their prompt, and leading back to their judgments', async () => {
    first = await make({ criterion: 'preference', ratedOn: ['tone', 'helpful', 'rude'] }, { byInclusion: true })
    expect(first.error).toBeNull()
    expect(first.card).toMatchObject({
      comparisons: 40,
      ratings: 160 + 60 + 10,
      sources: { comparison: 30, ranking: 6, correction: 4, 'rating: tone': 160, 'thumb: helpful': 60, 'rating: rude': 10 },
      traced: 270,
      leakage: { prompts: 0 },
    })
    const { body } = await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${first.id}/rows?limit=200`)
    const rest = await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${first.id}/rows?limit=200&cursor=${body.nextCursor}`)
    rows = [...body.items, ...rest.body.items]
    for (const own of Map.groupBy(rows, ({ prompt }) => prompt).values()) expect(new Set(own.map(({ split }) => split)).size).toBe(1)

    const tone = rows.filter((row) => 'rating' in row)
    expect(new Set(tone.map(({ author, output, rating, levels }) => `${author} ${output.slice(0, 6)} ${rating}/${levels}`))).toEqual(
      new Set(['lenient Thanks 5/5', 'lenient Whatev 3/5', 'severe Thanks 3/5', 'severe Whatev 1/5']),
    )
    const weightOf = (question: number) => tone.find(({ prompt }) => prompt === `Where is ${question}?`)!.weight
    expect(weightOf(20) / weightOf(21)).toBeCloseTo(2, 10)
    // Thumbs are about the output of the trace; “rude: yes” is a thumb down, as the rubric says that less is better.
    const thumbs = rows.filter((row) => 'label' in row)
    expect(thumbs).toHaveLength(70)
    for (const { label, completion } of thumbs) expect(completion.startsWith('Thanks')).toBe(label)

    for (const { feedback: ids, traces, author } of [tone[0]!, thumbs[0]!]) {
      expect((await withKey('GET', `/api/v1/feedback/${ids[0]}`)).body['author']).toMatchObject(author === undefined ? {} : { id: author })
      expect((await withKey('GET', `/api/v1/traces/${traces[0]}`)).status).toBe(200)
    }
  })

  test('train through the one likelihood, and the model is judged on comparisons', async () => {
    const run = await person<RewardRun>('POST', '/api/v1/reward/runs', {
      kind: 'train',
      datasetId: first.id,
      name: 'every',
      members: 2,
      folds: 2,
    })
    const done = await over<RewardRun>(`/api/v1/reward/runs/${run.body.id}`)
    expect(done).toMatchObject({ state: 'done', error: null })
    const model = (await person<RewardModel>('GET', `/api/v1/reward/models/${done.modelId}`)).body
    const { comparisonSplits } = first.card as { comparisonSplits: { train: number; test: number } }
    expect(comparisonSplits.test).toBeGreaterThan(1)
    const { test: held, evidence } = model.training as {
      test: { pairs: number }
      evidence: { sources: { source: string; judgments: number; gain: object | null }[] }
    }
    expect([model.report['pairs'], held.pairs]).toEqual([comparisonSplits.train, comparisonSplits.test])
    const learnt = Map.groupBy(
      rows.filter(({ split }) => split === 'train'),
      ({ source }) => source,
    )
    expect(new Map(evidence.sources.map(({ source, judgments }) => [source, judgments]))).toEqual(
      new Map([...learnt].map(([source, own]) => [source, own.length])),
    )
    for (const { gain } of evidence.sources) expect(gain).not.toBeNull()
    const page = await withKey('GET', `/api/v1/reward/models/${model.id}/card`)
    expect(page.body['text']).toContain('rating: tone')
  })

  test('are downloaded in the shape of unpaired preferences, and read again as they were', async () => {
    const answer = await server.app.request(`/api/v1/datasets/${first.id}/file`, { headers: { authorization: `Bearer ${secretKey}` } })
    const text = await answer.text()
    const { pairs, judgments, skipped } = parsePairs(text)
    expect([pairs.length, judgments.length, skipped.length]).toEqual([40, 230, 0])
    expect(new Set(judgments.map(({ source, levels }) => `${source} ${levels}`))).toEqual(
      new Set(['rating: tone 5', 'thumb: helpful 2', 'rating: rude 2']),
    )
    const imported = (await withKey('POST', '/api/v1/datasets/import?name=again', Buffer.from(text), {
      'content-type': 'application/octet-stream',
    })) as unknown as { body: Dataset }
    expect((await over<Dataset>(`/api/v1/datasets/${imported.body.id}`)).card).toMatchObject({ comparisons: 40 })
    const joint = await make({ sources: [], ratedOn: ['helpful'] }, { include: [first.id] })
    // What both have is there once.
    expect(joint.card).toMatchObject({ comparisons: 40, ratings: 230 })
  })

  test('differ from a version in which somebody thought otherwise', async () => {
    const changed = feedback.find(({ criterion }) => criterion === 'tone')!
    await withKey('POST', '/api/v1/feedback', { items: [{ ...changed, value: 4 }] })
    const later = await make({ criterion: 'preference', ratedOn: ['tone', 'helpful', 'rude'] }, { byInclusion: true })
    expect(later.version).toBeGreaterThan(first.version)
    const { body } = await person<DatasetDiff>('GET', `/api/v1/datasets/${later.id}/diff?since=${first.id}`)
    expect(body).toMatchObject({ added: 0, removed: 0, examples: [{ change: 'changed', verdict: '4 of 5' }] })
  })

  test('say what cannot be known without comparisons', async () => {
    const alone = await make({ sources: [], ratedOn: ['helpful', 'tone'] })
    expect(alone).toMatchObject({ state: 'ready', rows: 220, card: { comparisons: 0 } })
    expect((alone.card as { warnings: string[] }).warnings[0]).toContain('measured on comparisons alone')
    const run = await person<RewardRun>('POST', '/api/v1/reward/runs', { kind: 'train', datasetId: alone.id, name: 'alone' })
    const failed = await over<RewardRun>(`/api/v1/reward/runs/${run.body.id}`)
    expect(failed).toMatchObject({ state: 'failed', error: expect.stringContaining('its calibration and the best of n') as string })
    expect((await person('POST', '/api/v1/datasets', { name: 'none', feedback: { sources: [] } })).status).toBe(400)
    expect((await make({ sources: [], ratedOn: ['nowhere'] })).error).toContain('no pairs')
  })

  test('are refused where rubrics disagree on what is better', async () => {
    await rubric('Bluntness', true)
    expect((await make({ ratedOn: ['rude'] })).error).toContain('disagree on whether more is better on “rude”')
  })
})
