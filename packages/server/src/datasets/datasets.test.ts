import type { Dataset, DatasetDiff, DatasetRow, Page } from '@plaudit/protocol'
import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openLearning, pairsFile } from '../test-support/learning-app.ts'

const { server, secretKey, withKey, person, ready, importFile, storeJudgedPairs, close } = await openLearning('datasets')
afterAll(close)

let first: Dataset

test('refuses what nothing can be made of, and says why', async () => {
  expect((await importFile('empty', '')).status).toBe(400)
  expect((await importFile('../x', pairsFile(0, 5))).status).toBe(400)
  const refused = [
    ['rows', '{"chosen": "a"}', 'No row is a pair'],
    ['cut', pairsFile(0, 50).subarray(0, 60), 'unexpected end'],
    ['ties', '{"prompt":"q","chosen":"a","rejected":"b","tie":true}', 'no pairs'],
  ] as const
  const begun = await Promise.all(refused.map(([name, body]) => importFile(name, body)))
  for (const [index, [, , reason]] of refused.entries()) {
    const { id } = begun[index]!.body
    const failed = await ready(id)
    expect(failed).toMatchObject({ state: 'failed', rows: 0, checksum: null })
    expect(failed.error).toContain(reason)
    expect((await person('GET', `/api/v1/datasets/${id}/rows`)).status).toBe(409)
  }
  const nothing = await person<Dataset>('POST', '/api/v1/datasets', { name: 'none', feedback: null })
  expect(nothing.status).toBe(400)
})

test('makes a snapshot of a file, with a card and a checksum of its rows', async () => {
  const { status, body } = await importFile(
    'polite',
    pairsFile(0, 120),
    '&licence=CC+BY+4.0&provenance=made+for+a+test&file=polite.jsonl.gz',
  )
  expect(status).toBe(202)
  first = await ready(body.id)
  expect(first).toMatchObject({
    version: 1,
    state: 'ready',
    rows: 120,
    licence: 'CC BY 4.0',
    definition: { file: { name: 'polite.jsonl.gz' } },
  })
  expect(first.card).toMatchObject({ prompts: 120, authors: 3, leakage: { prompts: 0 }, sources: { file: 120 } })
  const download = await server.app.request(`/api/v1/datasets/${first.id}/file`, { headers: { authorization: `Bearer ${secretKey}` } })
  const lines = await download.text()
  expect(createHash('sha256').update(lines).digest('hex')).toBe(first.checksum)
  const again = await ready((await importFile('polite', pairsFile(0, 120))).body.id)
  expect(again).toMatchObject({ version: 2, checksum: first.checksum })
})

test('lists rows by page and side, and what changed since a version', async () => {
  const seen: DatasetRow[] = []
  for (let cursor = ''; ;) {
    const { body } = await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${first.id}/rows?limit=50${cursor}`)
    seen.push(...body.items)
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  expect(new Set(seen.map(({ key }) => key)).size).toBe(120)
  const { items } = (await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${first.id}/rows?split=test&limit=200`)).body
  expect(items).toEqual(seen.filter(({ split }) => split === 'test'))
  const later = await ready((await importFile('polite', pairsFile(20, 150))).body.id)
  const { body: diff } = await person<DatasetDiff>('GET', `/api/v1/datasets/${later.id}/diff?since=${first.id}`)
  expect(diff).toMatchObject({ added: 30, removed: 20, same: 100 })
})

test('joins feedback with an imported file, and leads every row back to its judgment', async () => {
  await storeJudgedPairs()
  const made = await person<Dataset>('POST', '/api/v1/datasets', {
    name: 'joint',
    feedback: { criterion: 'preference', excludeAuthors: ['r1'] },
    include: [first.id],
    split: { by: 'prompt', test: 0.25 },
  })
  const joint = await ready(made.body.id)
  expect(joint).toMatchObject({ state: 'ready', rows: 130, card: { traced: 10, sources: { file: 120, comparison: 10 } } })
  const { items } = (await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${joint.id}/rows?limit=200`)).body
  const traced = items.find(({ source }) => source === 'comparison')!
  expect(traced.strata).toMatchObject({ criterion: 'preference', scenario: 'delivery' })
  expect((await withKey('GET', `/api/v1/feedback/${traced.feedback[0]}`)).body['author']).toMatchObject({ id: 'r0' })
  expect((await withKey('GET', `/api/v1/traces/${traced.traces[0]}`)).status).toBe(200)
})
