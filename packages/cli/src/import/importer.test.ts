import { feedbackInputSchema, messageText } from '@plaudit/protocol'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { openText } from '../table/open-text.ts'
import { parseColumnMap } from './column-map.ts'
import { comparisonsImporter } from './comparisons.ts'
import { importFeedback } from './feedback.ts'
import { importFineGrainedQa } from './fine-grained-qa.ts'
import { importHhRlhf } from './hh-rlhf.ts'
import type { GoodRow, ImportedRow, Importer } from './import-format.ts'
import { ratingsImporter } from './ratings.ts'
import { recordIds } from './record-id.ts'
import { runImport } from './run-import.ts'
import { outputColumns } from './texts.ts'

async function rowsOf(importer: Importer, text: string, chunk = 7): Promise<ImportedRow[]> {
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${chunk}}`, 'g')) ?? []
  const source = {
    name: 'test',
    stream: Readable.from(pieces.map((piece) => Buffer.from(piece))),
    first: text.trim()[0] ?? '',
    progress: () => null,
  }
  const rows: ImportedRow[] = []
  for await (const row of importer(source, recordIds('test'))) rows.push(row)
  return rows
}
function good(row: ImportedRow | undefined): GoodRow {
  if (row === undefined || 'problem' in row) throw new Error(`not a good row: ${JSON.stringify(row)}`)
  for (const one of row.feedback) expect(feedbackInputSchema.safeParse(one).error).toBeUndefined()
  return row
}
const problems = (rows: ImportedRow[]) => rows.flatMap((row) => ('problem' in row ? [`${row.line}: ${row.problem}`] : []))
const json = (...rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

describe('hh-rlhf', () => {
  const pair = { chosen: '\n\nHuman: Hi\n\nAssistant: Hello!', rejected: '\n\nHuman: Hi\n\nAssistant: What?' }

  test('a pair is two generations of one input, and a comparison that prefers the chosen one', async () => {
    const { spans, feedback } = good((await rowsOf(importHhRlhf, json(pair)))[0])
    const [root, left, right] = spans
    expect(spans.map(({ kind }) => kind)).toEqual(['chain', 'generation', 'generation'])
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1)
    expect([left?.parentSpanId, right?.parentSpanId]).toEqual([root?.spanId, root?.spanId])
    expect(messageText(left?.input ?? [])).toBe('Hi')
    const [given] = feedback
    if (given?.kind !== 'comparison' || given.target.kind !== 'comparison' || typeof given.value !== 'object')
      throw new Error('no comparison')
    expect(given.target.outputs.map(({ spanId }) => spanId)).toEqual([left?.spanId, right?.spanId])
    const preferred = given.value.outcome === 'left' ? left : right
    expect(messageText(preferred?.output ?? [])).toBe('Hello!')
  })

  test('the chosen one stands on either side about equally often', async () => {
    const rows = await rowsOf(
      importHhRlhf,
      json(...Array.from({ length: 400 }, (_, i) => ({ ...pair, rejected: `${pair.rejected} ${i}` }))),
      9_999,
    )
    const lefts = rows.filter((row) => JSON.stringify(good(row).feedback[0]).includes('"left"')).length
    expect(lefts).toBeGreaterThan(150)
    expect(lefts).toBeLessThan(250)
  })

  test('the same row twice is two pairs, the same at every reading', async () => {
    const [one, two] = await rowsOf(importHhRlhf, json(pair, pair))
    expect(good(one).feedback[0]?.id).not.toBe(good(two).feedback[0]?.id)
    expect(await rowsOf(importHhRlhf, json(pair, pair))).toEqual([one, two])
  })

  test('bad rows are named with their line and reason', async () => {
    const text = `${json(pair)}\n{"chosen": 1}\nnot json\n${json({ chosen: 'Hi', rejected: 'Hi' }, { ...pair, rejected: '\n\nHuman: Bye\n\nAssistant: Bye' })}`
    const rows = await rowsOf(importHhRlhf, text)
    expect(problems(rows)).toEqual([
      '3: a JSON object with the texts "chosen" and "rejected" is needed',
      '4: a JSON object with the texts "chosen" and "rejected" is needed',
      '5: a transcript must begin with "Human:"',
      '6: "chosen" and "rejected" do not begin alike, so they do not answer the same input',
    ])
    expect(rows).toHaveLength(5)
  })
})

describe('fine-grained-qa', () => {
  const row = {
    question: 'Who? {"quoted"}',
    passages: [
      ['Title', 'It was Ada. \\ }', 'She wrote.'],
      ['Other', 'No.'],
    ],
    gold: 'Ada',
    'prediction 1': 'It was 😀 Bob.',
    'prediction 2': 'B',
    'prediction 3': 'C',
    'prediction 4': 'D',
    preference: [1, 2, 0, 1, 1, 0],
    feedback: {
      errors: [{ 'error type': 'Wrong-Grounding', explanation: 'no', start: 9, end: 12 }],
      'missing-info': [{ 'error type': 'Missing-Answer', passage_id: 1, sentence_id: [1] }],
      'corrected-prediction': 'It was Ada.',
    },
  }

  test('a question is passages, four predictions, six comparisons, marks in code points and a correction', async () => {
    const rows = await rowsOf(importFineGrainedQa, JSON.stringify([row, row], null, 1), 5)
    const { spans, feedback } = good(rows[0])
    // The array's bracket stands on the first line, and the second element right after the lines of the first.
    expect(rows.map(({ line }) => line)).toEqual([2, 2 + JSON.stringify(row, null, 1).split('\n').length])
    expect(spans.map(({ kind }) => kind)).toEqual(['chain', 'retriever', ...Array.from({ length: 4 }, () => 'generation')])
    expect(spans[1]?.documents?.map(({ content }) => content)).toEqual(['Title It was Ada. \\ } She wrote.', 'Other No.'])
    const outcomes = feedback.flatMap(({ kind, value }) => (kind === 'comparison' && typeof value === 'object' ? [value] : []))
    expect(outcomes.map((value) => ('outcome' in value ? value.outcome : null))).toEqual(['left', 'right', 'tie', 'left', 'left', 'tie'])
    const of = (criterion: string) => feedback.find((one) => one.criterion === criterion)?.value
    expect(of('errors')).toEqual([{ type: 'Wrong-Grounding', start: 9, end: 12, field: 'output', quote: 'Bob', note: 'no' }])
    expect(of('missing-information')).toEqual([
      { type: 'Missing-Answer', start: 13, end: 13, field: 'output', note: 'passage 1, sentence 1: It was Ada. \\ }' },
    ])
    expect(of('correction')).toEqual({ text: 'It was Ada.' })
  })

  test('a row that does not fit is named, also one with an error outside the text, and one that is cut off', async () => {
    const errors = [{ 'error type': 'X', explanation: '', start: 0, end: 14 }]
    const outside = { ...row, feedback: { ...row.feedback, errors } }
    const rows = await rowsOf(
      importFineGrainedQa,
      `[${JSON.stringify({ ...row, preference: [1] })},\n${JSON.stringify(outside)},\n{"question": "cut`,
    )
    expect(problems(rows)).toEqual([
      expect.stringMatching(/^1: preference: /),
      '2: an error from 0 to 14 is outside prediction 1, which has 13 characters',
      '3: this is no JSON object',
    ])
  })
})

describe('ratings', () => {
  const importer = ratingsImporter({ names: {}, criterion: 'quality', kind: 'auto' })

  test('an item becomes one span with its texts; numbers are ratings and words labels', async () => {
    const text = 'item,rater,value,output,time\na,x,4,"Good, ""very""",2026-05-04T10:00:00Z\na,y,spam,,\n'
    const [one, two] = (await rowsOf(importer, text)).map(good)
    expect([one?.spans.length, two?.spans.length]).toEqual([1, 0])
    expect(messageText(one?.spans[0]?.output ?? [])).toBe('Good, "very"')
    expect(one?.timeMs).toBe(Date.UTC(2026, 4, 4, 10))
    expect(one?.feedback[0]).toMatchObject({ kind: 'rating', value: 4, criterion: 'quality', author: { id: 'x' } })
    expect(two?.feedback[0]).toMatchObject({ kind: 'label', value: 'spam', target: one?.feedback[0]?.target })
  })

  test('an item that is a trace or span of the server is the target itself', async () => {
    const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
    const rows = (await rowsOf(importer, `item,rater,value\n${traceId},x,4\n${traceId}:${spanId},x,4\n`)).map(good)
    expect(rows.map(({ spans }) => spans.length)).toEqual([0, 0])
    expect(rows.map(({ feedback }) => feedback[0]?.target)).toEqual([
      { kind: 'trace', traceId },
      { kind: 'span', traceId, spanId },
    ])
  })

  test('bad rows are named in their place', async () => {
    const text = 'item,rater,value,time\n,x,4,\na,x,,\na,x,4\na,x,4,yesterday\na,x,four,\n'
    const strict = ratingsImporter({ names: {}, criterion: 'quality', kind: 'rating' })
    expect(problems(await rowsOf(strict, text))).toEqual([
      '2: item is empty',
      '3: value is empty',
      '4: this row has another number of cells than the header',
      '5: time: "yesterday" is not ISO 8601 with a zone, such as 2026-05-04T12:30:00Z',
      '6: value: "four" is no number',
    ])
  })
})

describe('comparisons', () => {
  const texts = {
    inputOf: (item: string) => (item === 'p1' ? 'Why?' : undefined),
    outputOf: (item: string, name: string) => `${name} on ${item}`,
  }

  test('columns are mapped, texts come from beside, and an output is sent once', async () => {
    const importer = comparisonsImporter({ names: { outcome: 'winner', item: 'prompt', rater: 'worker' }, criterion: 'preference', texts })
    const rows = (await rowsOf(importer, 'prompt,left,right,worker,winner\np1,A,B,w1,tie\np1,B,A,w2,left\n')).map(good)
    expect(rows.map(({ spans }) => spans.length)).toEqual([2, 0])
    expect(rows[0]?.spans.map(({ model, input, output }) => [model, messageText(input ?? []), messageText(output ?? [])])).toEqual([
      ['A', 'Why?', 'A on p1'],
      ['B', 'Why?', 'B on p1'],
    ])
    const targets = rows.map(({ feedback }) => feedback[0]?.target)
    if (targets[0]?.kind !== 'comparison' || targets[1]?.kind !== 'comparison') throw new Error('no comparison')
    expect(targets[1].outputs).toEqual(targets[0].outputs.toReversed())
    expect(rows.map(({ feedback }) => feedback[0]?.value)).toEqual([{ outcome: 'tie' }, { outcome: 'left' }])
  })

  test('bad rows are named; a column that is not there ends the import', async () => {
    const importer = comparisonsImporter({ names: {}, criterion: 'preference', texts })
    const rows = await rowsOf(importer, 'left,right,outcome,strength\nA,B,won,\nA,B,left,9\nA,,left,1\nA,B,both bad,7\n')
    expect(problems(rows)).toEqual([
      '2: outcome: "won" is not left, right, tie, both_bad or cannot_judge',
      '3: strength: "9" is no whole number from 1 to 7',
      '4: right is empty',
    ])
    expect(good(rows[3]).feedback[0]?.value).toEqual({ outcome: 'both_bad', strength: 7 })
    await expect(rowsOf(importer, 'left,right\nA,B\n')).rejects.toThrow(/no column outcome among left, right\. Map it with --outcome/)
  })

  test('a map of columns is checked', () => {
    expect(parseColumnMap('--outputs-columns', 'item=prompt, output=result', outputColumns)).toEqual({ item: 'prompt', output: 'result' })
    expect(() => parseColumnMap('--outputs-columns', 'text=result', outputColumns)).toThrow(/"text=result" does not fit/)
  })
})

describe('feedback records', () => {
  test('a stored record is taken as it was sent; one that is none is named', async () => {
    const stored = {
      id: '0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17',
      target: { kind: 'session', sessionId: 's' },
      criterion: 'helpful',
      kind: 'thumbs',
      value: 'up',
      score: 1,
      author: { kind: 'human', id: '', role: null },
      identifier: '',
      rationale: '',
      time: '2026-05-04T10:00:00.000Z',
      receivedAt: '2026-05-04T10:00:01.000Z',
      metadata: {},
      presentation: {},
    }
    const rows = await rowsOf(importFeedback, json(stored, { ...stored, kind: 'rating' }))
    expect(good(rows[0]).feedback[0]).toMatchObject({ id: stored.id, value: 'up', author: { kind: 'human' }, time: stored.time })
    expect(problems(rows)).toEqual([expect.stringMatching(/^2: value: /)])
  })
})

describe('the run', () => {
  test('counts without a server, dates rows in their order, and ends where the handler of bad rows says so', async () => {
    const source = await openText(new URL('fixture/ratings.csv', import.meta.url).pathname)
    const importer = ratingsImporter({ names: {}, criterion: 'quality', kind: 'auto' })
    const bad: number[] = []
    const options = { client: null, format: 'ratings', importer, nowMs: Date.UTC(2026, 4, 4, 10, 40) }
    const result = await runImport(source, { ...options, onBadRow: ({ line }) => void bad.push(line) })
    expect(result).toEqual({ spans: 2, feedback: 3, refused: [], rows: 4, badRows: 1 })
    expect(bad).toEqual([4])
    expect(source.progress()).toBe(1)
  })
})
