import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bradleyTerry, type Ranking } from './bradley-terry.ts'
import { encodeComparisons, type Outcome } from './comparisons.ts'
import { elo } from './elo.ts'
import { leaderFragility } from './leader-fragility.ts'

// Public data sets are not part of the repository: they lie beside it, at ../shared/data.
const folder = fileURLToPath(new URL('../../../../../shared/data/llmfao-crowd-pairs/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere) console.warn(`SKIPPED: no ${folder}, so rankings are not tested on real comparisons.`)

describe.skipIf(!isThere)('8,931 crowd judgments of 59 models (llmfao)', () => {
  // No cell of these files has a comma or a quote.
  const read = (name: string) =>
    isThere
      ? readFileSync(folder + name, 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.split(','))
      : []
  const comparisons = encodeComparisons(
    read('crowd-comparisons.csv').map(([, prompt, x, y, rater, outcome, left, right]) => ({
      left: left!,
      right: right!,
      outcome: outcome as Outcome,
      item: `${prompt} ${x} ${y}`,
      rater: rater!,
    })),
  )

  it('get the worths that evalica computes with half ties', () => {
    const { scores } = bradleyTerry(comparisons, { ties: 'half' })
    const total = scores!.reduce((sum, { estimate }) => sum + Math.exp(estimate), 0)
    const worths = new Map(scores!.map(({ name, estimate }) => [name, Math.exp(estimate) / total]))
    const golden = read('evalica-golden.csv').filter(([algorithm]) => algorithm === 'bradley_terry')
    expect([comparisons.left.length, golden.length, worths.size]).toEqual([8931, 59, 59])
    for (const [, name, worth] of golden) expect(worths.get(name!)).toBeCloseTo(Number(worth), 12)
  })

  it('are wider apart than votes counted as independent would have it, and favour the left', () => {
    const { scores, position, tie } = bradleyTerry(comparisons, { cluster: ['item', 'rater'], position: true }) as Ranking
    const alone = new Map(bradleyTerry(comparisons, { cluster: [], position: true }).scores!.map(({ name, se }) => [name, se!]))
    const ratio = scores.reduce((sum, { name, se }) => sum + se! / alone.get(name)!, 0) / scores.length
    expect(ratio).toBeGreaterThan(1.2)
    expect(position!.low).toBeGreaterThan(0)
    expect(tie).toMatchObject({ model: 'davidson', estimate: expect.closeTo(1.48, 2) as number })
  })

  it('get the Elo ratings that evalica computes in their order', () => {
    const ratings = new Map(elo(comparisons).map(({ name, rating }) => [name, rating]))
    const golden = read('evalica-golden.csv').filter(([algorithm]) => algorithm === 'elo')
    expect(golden).toHaveLength(59)
    for (const [, name, rating] of golden) expect(ratings.get(name!)).toBeCloseTo(Number(rating), 9)
  })

  it('crown a leader whom a handful of votes would dethrone', () => {
    expect(leaderFragility(comparisons, { ties: 'half' })).toMatchObject({ leader: 'GPT 4', removed: 13 })
  })
})
