import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { plaudit } from '../../plaudit.ts'
import type { agreementOf } from './agreement.ts'
import type { consensusOf } from './consensus.ts'
import { commandLine } from '../../terminal/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'plaudit-stats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `plaudit stats …` on a file with this content; answers with the exit code, what was printed, and the complaint. */
async function run(content: string | Buffer | null, args: string[], name = 'ratings.csv') {
  const path = join(folder, name)
  if (content !== null) writeFileSync(path, content)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  let complaint = ''
  try {
    const [command = '', ...rest] = args
    const code = await commandLine(plaudit, ['stats', command, path, ...rest], {
      out: (text) => (printed += text),
      error: (text) => (complaint += text),
    })
    return { code, printed, complaint }
  } finally {
    write.mockRestore()
  }
}
const json = async <Result = ReturnType<typeof agreementOf>>(content: string | Buffer, args: string[], name?: string) => {
  const { code, printed, complaint } = await run(content, [...args, '--json'], name)
  expect(complaint).toBe('')
  expect(code).toBe(0)
  return JSON.parse(printed) as Result
}

describe('a file that cannot be read is refused with a sentence that names the line', () => {
  test.each([
    ['an empty file', '', /is empty/],
    [
      'a column that is not there',
      'item,who,value\na,x,1\n',
      /line 1: there is no column rater among item, who, value\. Map it with --rater/,
    ],
    ['a ragged row', 'item,rater,value\na,x,1\na,y,1,2\n', /line 3: this row has another number of cells/],
    ['an open quote', 'item,rater,value\na,x,"1\n', /quote/],
    ['a rating twice', 'item,rater,value\na,x,1\nb,x,1\na,x,2\n', /line 4: x has rated a before, in line 2/],
    ['a value that is not finite', 'item,rater,value\na,x,inf\n', /line 2: value must be finite/],
    ['an item without a name', 'item,rater,value\n,x,1\n', /line 2: the column item is empty/],
    ['a line that is no JSON', '{"item":1,"rater":2,"value":3}\n{oops\n', /line 2: this is no JSON object/],
    ['a field that is not there', '{"item":1,"value":3}\n', /line 1: there is no field rater/],
  ])('%s', async (_name, content, sentence) => {
    const { code, complaint } = await run(content, ['agreement'])
    expect(complaint).toMatch(sentence)
    expect(code).toBe(3)
  })

  test.each([
    [['agreement', '--level', 'cardinal'], /--level must be one of nominal, ordinal, interval, ratio, not cardinal/],
    [['agreement', '--level', 'ordinal'], /declared order/],
    [['agreement', '--order', 'low,low'], /--order must list every value once/],
    [['agreement', '--order', 'low,mid'], /line 3: value: expected one of low, mid, received "high"/],
    [['consensus', '--method', 'kos'], /--method must be one of/],
  ] as const)('%j', async (args, sentence) => {
    const { code, complaint } = await run('item,rater,value\na,x,low\na,y,high\n', [...args])
    expect(complaint).toMatch(sentence)
    expect(code).toBe(3)
  })

  test('marks outside the text', async () => {
    const { code, complaint } = await run('item,rater,type,start,end,length\ni,a,x,0,9,5\n', ['marks'])
    expect(complaint).toMatch(/line 2.*0 ≤ start ≤ end ≤ 5/)
    expect(code).toBe(3)
  })
})

describe('agreement', () => {
  const table = 'item,rater,value\na,x,1\na,y,1\nb,x,2\nb,y,2\nc,x,1\nc,y,2\nd,x,2\nd,y,2\n'

  test('every statistic, from CSV, JSON lines and gzip alike', async () => {
    const result = await json(table, ['agreement'])
    expect(result).toMatchObject({ items: 4, raters: 2, alpha: { estimate: expect.closeTo(8 / 15, 12) }, percent: { estimate: 0.75 } })
    expect(result.cohen).toHaveLength(1)
    for (const key of ['fleiss', 'ac1', 'ac2', 'icc', 'kendallW'] as const) {
      const { estimate } = result[key]
      expect(estimate === null || Number.isFinite(estimate)).toBe(true)
    }
    const lines = table
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','))
    const jsonLines = lines.map(([item, rater, value]) => JSON.stringify({ item, rater, value: Number(value) })).join('\n')
    expect(await json(jsonLines, ['agreement'], 'ratings.jsonl')).toEqual(result)
    expect(await json(gzipSync(table), ['agreement'], 'ratings.csv.gz')).toEqual(result)
  })

  test('what does not exist has a reason in words', async () => {
    const { printed } = await run('item,rater,value\na,x,1\na,y,1\n', ['agreement'])
    expect(printed).toMatch(/alpha +— +Only one value is used/)
  })

  test('measurements that are all different have reasons, and do not fill the memory', async () => {
    const rows = Array.from({ length: 12_000 }, (_, k) => `i${k % 6000},r${k % 5 === 0 ? 1 : k < 6000 ? 2 : 3},${k / 7}`)
    const wide = `item,rater,value\n${rows.join('\n')}\n`
    const result = await json(wide, ['agreement', '--level', 'interval', '--repeats', 'keep'])
    expect(result.alpha.estimate).not.toBeNull()
    expect(result).toMatchObject({ fleiss: { reason: 'too-many-values' }, ac1: { reason: 'too-many-values' }, cohen: [] })
  })

  test('a repeated rating can be kept, or the last one taken', async () => {
    const repeated = `${table}a,x,2\n`
    expect((await json(repeated, ['agreement', '--repeats', 'keep'])).ratings).toBe(9)
    expect((await json(repeated, ['agreement', '--repeats', 'last'])).alpha.estimate).toBeLessThan(8 / 15)
  })
})

test('marks: alpha by type and F1', async () => {
  const rows = ['i,a,x,0,10,50', 'i,a,x,20,30,50', 'i,b,x,0,10,50', 'i,b,x,22,30,50', 'i,b,x,40,44,50']
  const result = await json(`item,rater,type,start,end,length\n${rows.join('\n')}\n`, ['marks'])
  expect(result).toMatchObject({
    alphaByType: { x: { estimate: expect.closeTo(0.756158, 6) } },
    exactF1: { estimate: expect.closeTo(0.4, 12) },
    charF1: { estimate: expect.closeTo(0.857143, 6) },
    boundaryF1: { estimate: expect.closeTo(0.6, 12) },
  })
})

describe('consensus', () => {
  const votes = [
    'a,1,yes',
    'a,2,yes',
    'a,3,yes',
    'b,1,no',
    'b,2,no',
    'b,3,yes',
    'c,1,yes',
    'c,2,yes',
    'c,3,no',
    'd,1,no',
    'd,2,no',
    'd,3,no',
  ]
  const content = `item,rater,value,gold\n${votes.map((row) => `${row},${row.startsWith('a') ? 'yes' : row.startsWith('b') ? 'no' : ''}`).join('\n')}\n`

  test.each(['dawid-skene', 'one-coin', 'glad', 'mace', 'majority'])('%s', async (method) => {
    const result = await json<ReturnType<typeof consensusOf>>(content, ['consensus', '--method', method])
    expect(result.items.map(({ value }) => value)).toEqual(['yes', 'no', 'yes', 'no'])
    expect(result).toMatchObject({ method, accuracyOnGold: 1, goldItems: 2 })
    for (const { posterior } of result.items) expect(posterior['yes']! + posterior['no']!).toBeCloseTo(1, 9)
  })

  test('nothing to infer from is said', async () => {
    const { code, complaint } = await run('item,rater,value\n', ['consensus'])
    expect(code).toBe(1)
    expect(complaint).toMatch(/no ratings/)
  })
})

// Public data sets are not part of the repository: they lie beside it, at ../shared/data.
const crowd = fileURLToPath(new URL('../../../../../../shared/data/llmfao-crowd-pairs/crowd-comparisons.csv', import.meta.url))
test.skipIf(!existsSync(crowd))(
  'llmfao crowd comparisons: alpha 0.2906 over three outcomes, 0.3702 without ties (needs the shared data)',
  async () => {
    const decided = join(folder, 'decided.csv')
    const lines = readFileSync(crowd, 'utf8').split('\n')
    writeFileSync(decided, lines.filter((line) => !line.split(',').includes('tie')).join('\n'))
    for (const [file, alpha] of [
      [crowd, 0.2906],
      [decided, 0.3702],
    ] as const) {
      let printed = ''
      const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
      await commandLine(plaudit, ['stats', 'agreement', file, '--item', 'id', '--rater', 'worker', '--value', 'winner', '--json'])
      write.mockRestore()
      expect((JSON.parse(printed) as { alpha: { estimate: number } }).alpha.estimate).toBeCloseTo(alpha, 4)
    }
  },
)
