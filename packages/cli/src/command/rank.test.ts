import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { plaudit } from '../plaudit.ts'
import { commandLine } from '../terminal/command-line.ts'
import type { rankingOf } from './rank.ts'

const folder = mkdtempSync(join(tmpdir(), 'plaudit-rank-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `plaudit rank …`; answers with the exit code, what was printed, and the complaint. */
async function rank(path: string, args: string[]) {
  let printed = ''
  let complaint = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  try {
    const code = await commandLine(plaudit, ['rank', path, ...args], {
      out: (text) => (printed += text),
      error: (text) => (complaint += text),
    })
    return { code, printed, complaint }
  } finally {
    write.mockRestore()
  }
}
function file(content: string | Buffer, name = 'pairs.csv'): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
type Ranking = Extract<ReturnType<typeof rankingOf>, { scores: object }>
async function json(path: string, args: string[]): Promise<Ranking> {
  const { code, printed, complaint } = await rank(path, [...args, '--json'])
  expect(complaint).toBe('')
  expect(code).toBe(0)
  return JSON.parse(printed) as Ranking
}

const header = 'left,right,outcome,item,rater,left_length,right_length\n'
describe('is refused with a sentence that names line and column', () => {
  test.each([
    ['an outcome that is none', `${header}a,b,left,1,x,1,1\nb,a,up,1,x,1,1\n`, [], /line 3: the column outcome must be left.*not "up"/],
    ['something against itself', `${header}a,a,left,1,x,1,1\n`, [], /line 2: "a" is compared with itself in the columns left and right/],
    ['a missing column', 'left,right,winner\na,b,left\n', [], /line 1: there is no column outcome.*Map it with --outcome/],
    ['clusters that are not there', 'left,right,outcome\na,b,left\n', ['--cluster', 'rater'], /line 1: there is no column rater/],
    ['an empty cluster', `${header}a,b,left,,x,1,1\n`, [], /line 2: the column item is empty/],
    [
      'a length that is no number',
      `${header}a,b,left,1,x,long,1\n`,
      ['--control', 'length'],
      /line 2: the column left_length must be a number/,
    ],
    ['a negative length', `${header}a,b,left,1,x,1,-4\n`, ['--control', 'length'], /line 2: the column right_length must be/],
    ['a ragged row', `${header}a,b,left,1,x,1\n`, [], /line 2: this row has another number of cells/],
    ['an unknown rule for ties', header, ['--ties', 'glicko'], /--ties must be one of davidson, rao-kupper, half, not glicko/],
    ['an unknown control', header, ['--control', 'style'], /--control must be one of length/],
    ['a cluster twice', header, ['--cluster', 'item,item'], /--cluster must name each/],
  ])('%s', async (_what, content, args, sentence) => {
    const { code, complaint } = await rank(file(content), args)
    expect(complaint).toMatch(sentence)
    expect(code).toBe(3)
  })
})

describe('answers', () => {
  const rows = ['a,b,left', 'a,b,left', 'b,a,left', 'b,c,left', 'c,b,Left', 'a,c,tie', 'a,c,both bad', 'b,c,', 'c,a,cannot_judge']
  const content = `left,right,outcome\n${rows.join('\n')}\n`

  test('the same for CSV, JSON lines and gzip', async () => {
    const expected = await json(file(content), [])
    expect(expected).toMatchObject({ comparisons: 6, bothBad: 1, position: null, control: {}, tie: { model: 'davidson' } })
    expect(expected.scores.map(({ name }) => name)).toEqual(['a', 'c', 'b'])
    for (const { estimate, low, high, elo } of expected.scores) {
      expect(low! < estimate && estimate < high!).toBe(true)
      expect(elo).toBeCloseTo(1000 + (estimate * 400) / Math.LN10, 9)
    }
    const lines = rows.map((row) => row.split(',')).map(([left, right, outcome]) => JSON.stringify({ left, right, outcome }))
    expect(await json(file(lines.join('\n'), 'pairs.jsonl'), [])).toEqual(expected)
    expect(await json(file(gzipSync(content), 'pairs.csv.gz'), [])).toEqual(expected)
  })

  test('with a reason where there is no ranking', async () => {
    const empty = file('left,right,outcome\n')
    expect(await json(empty, [])).toEqual({ scores: null, reason: 'no-ratings', explanation: 'There are no ratings.' })
    expect((await rank(empty, [])).printed).toBe('No ranking: There are no ratings.\n')
  })

  test('the effect of side and length, where asked for', async () => {
    const sides = Array.from({ length: 40 }, (_, k) => {
      const [left, right] = k % 2 === 0 ? ['a', 'b'] : ['b', 'a']
      return `${left},${right},${k % 5 === 0 ? 'right' : 'left'},${k % 8},r${k % 3},${100 + 7 * (k % 6)},${100 + 5 * (k % 7)}`
    })
    const path = file(header + sides.join('\n'))
    const result = await json(path, ['--position', '--control', 'length', '--cluster', 'item,rater'])
    expect(result.position!.estimate).toBeGreaterThan(0.5)
    expect(Object.keys(result.position!)).toEqual(expect.arrayContaining(['estimate', 'se', 'p']))
    expect(Number.isFinite(result.control['length']!.estimate)).toBe(true)
    expect(result.method).toMatch(/clustered by item and rater/)
    expect((await rank(path, ['--position', '--control', 'length'])).printed).toMatch(/left side .*\nlength .*\nfragility: /)
  })
})

// Public data sets are not part of the repository: they lie beside it, at ../shared/data.
const crowd = fileURLToPath(new URL('../../../../../shared/data/llmfao-crowd-pairs/', import.meta.url))
const isThere = existsSync(crowd)
if (!isThere) console.warn(`SKIPPED: no ${crowd}, so rankings are not tested on real comparisons.`)
test.skipIf(!isThere)('59 models of real comparisons get the worths that evalica computes with half ties', async () => {
  const options = ['--outcome', 'winner', '--item', 'id', '--rater', 'worker', '--ties', 'half']
  const { scores, fragility } = await json(`${crowd}crowd-comparisons.csv`, options)
  const total = scores.reduce((sum, { estimate }) => sum + Math.exp(estimate), 0)
  const golden = readFileSync(`${crowd}evalica-golden.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .filter(([algorithm]) => algorithm === 'bradley_terry')
  expect(golden).toHaveLength(59)
  for (const [, name, worth] of golden)
    expect(Math.exp(scores.find((score) => score.name === name)!.estimate) / total).toBeCloseTo(Number(worth), 10)
  expect(fragility).toMatchObject({ leader: 'GPT 4', removed: 13 })
})
