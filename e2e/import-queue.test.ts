// Public data sets become queues, through the command line: feedback of all kinds on answers, and pairs that 124 people compared. They are judged
// again, and what comes out is a table. The data is not part of the repository: it lies beside it, at ../shared/data.
import { parse } from 'csv-parse/sync'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SignedIn, signInAs } from './support/sign-in.ts'
import { startTestServer, type TestServer } from './support/start-server.ts'

const here = dirname(fileURLToPath(import.meta.url))
const program = join(here, '../packages/cli/src/main.ts')
const qa = join(here, '../../shared/data/qa-feedback/dev_feedback.json')
const crowd = join(here, '../../shared/data/llmfao-crowd-pairs')
const isThere = existsSync(qa) && existsSync(crowd)
if (!isThere) console.warn('The data sets at ../shared/data are missing, so that their import as queues is not tested.')

describe.runIf(isThere)('data sets as queues', () => {
  let server: TestServer
  let owner: SignedIn
  const plaudit = async (...args: string[]) =>
    (
      await promisify(execFile)(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', program, ...args], {
        env: { ...process.env, PLAUDIT_SECRET_KEY: server.keys.secretKey },
        maxBuffer: 64 * 1_048_576,
      })
    ).stdout

  beforeAll(async () => {
    server = await startTestServer()
    owner = await signInAs(server)
  })
  afterAll(() => server.remove())

  test('marks, corrections and pairs of questions and answers', { timeout: 120_000 }, async () => {
    const said = await plaudit('import', 'fine-grained-qa', qa, '--server', server.url, '--queue', 'Answers', '--overlap', '2')
    expect(said).toContain('Queue Answers: comparisons: 3000 of 3000 items added.')
    expect(said).toContain('Queue Answers: spans: 500 of 500 items added.')
    const { items: queues } = await owner.client.queues.list()
    const spans = queues.find(({ itemKind }) => itemKind === 'span')!
    const { criteria } = await owner.client.rubrics.get(spans.rubricId)
    expect(criteria.map(({ key, type }) => [key, type])).toEqual([
      ['errors', 'mark'],
      ['missing_information', 'mark'],
      ['correction', 'correction'],
    ])
    const { work } = await owner.client.desk.claim(spans.id)
    expect(work).toMatchObject({ available: true, outputs: [expect.anything()] })
    const again = await plaudit('import', 'fine-grained-qa', qa, '--server', server.url, '--queue', 'Answers')
    expect(again).toContain('Queue Answers: spans: 0 of 500 items added.')
  })

  test('pairs that many people compared, judged once more, and out again as a table', { timeout: 120_000 }, async () => {
    const columns = ['--item', 'prompt', '--left', 'left', '--right', 'right', '--outcome', 'winner', '--rater', 'worker']
    const texts = [
      `--inputs=${join(crowd, 'prompts.jsonl')}`,
      '--inputs-columns=item=id,input=text',
      `--outputs=${join(crowd, 'results.jsonl')}`,
      '--outputs-columns=item=prompt,name=name,output=result',
    ]
    const queue = ['--queue', 'Which is better?', '--overlap', '3', '--guideline', join(crowd, 'crowd-instruction.md')]
    const file = join(crowd, 'crowd-comparisons.csv')
    const said = await plaudit('import', 'comparisons', file, '--server', server.url, ...columns, ...texts, ...queue)
    expect(said).toContain('8931 judgments')
    expect(said).toContain('Queue Which is better?: 2139 of 2139 items added.')
    const { items: queues } = await owner.client.queues.list()
    const made = queues.find(({ name }) => name === 'Which is better?')!
    await owner.client.guidelines.acknowledge(made.guidelineId!, 1)
    for (let count = 0; count < 3; count += 1) {
      const { work } = await owner.client.desk.claim(made.id)
      expect(work).toMatchObject({ available: true, input: [expect.anything()], outputs: [{ model: null }, { model: null }] })
      await owner.client.desk.submit(made.id, {
        leaseId: work!.lease.id,
        submissionId: randomUUID(),
        answers: { preference: { outcome: 'left' } },
        rubricVersion: work!.rubricVersion,
        guidelineVersion: work!.guidelineVersion,
      })
    }
    const table = await plaudit('export', 'queue', 'Which is better?', '--server', server.url)
    const rows = parse(table, { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(2_139)
    const column = Object.keys(rows[0] ?? {}).find((name) => name.startsWith('preference: ') && name !== 'preference: decision')!
    // Said of the left, stored of the output: either, by the side that it was shown on.
    expect(rows.flatMap((row) => row[column] || []).toSorted()).toHaveLength(3)
    for (const row of rows) expect(['', 'left', 'right']).toContain(row[column])
  })
})
