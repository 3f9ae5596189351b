import { describe, expect, test } from 'vitest'
import { readReference } from '../test/reference.ts'
import { bradleyTerry, type BradleyTerryOptions, type Effect, type Ranking } from './bradley-terry.ts'
import { encodeComparisons } from './comparisons.ts'

interface Strengths {
  estimate: number[]
  se: number[]
  /** Estimates and standard errors of position or of a control. */
  extra: [number, number][]
}
const reference = readReference<{
  rows: [number, number, number, number, number, number][]
  half: { evalica: number[] }
  decided: Record<'choix' | 'choix ilsr', number[]> & Record<'statsmodels by item' | 'statsmodels by rater' | 'statsmodels', Strengths>
  position: { 'statsmodels by item': Strengths }
  control: { 'statsmodels by item': Strengths }
  davidson: { statsmodels: { estimate: number[]; tie: number } }
}>('ranking')
const outcomes = ['left', 'right', 'tie'] as const
const toComparisons = (rows: typeof reference.rows) =>
  encodeComparisons(rows.map(([left, right, outcome, item, rater]) => ({ left, right, outcome: outcomes[outcome]!, item, rater })))
const all = toComparisons(reference.rows)
const decidedRows = reference.rows.filter(([, , outcome]) => outcome < 2)
const decided = toComparisons(decidedRows)

function rank(comparisons: typeof all, options: BradleyTerryOptions): Ranking {
  const ranking = bradleyTerry(comparisons, { variance: 'CR1', ...options })
  if (ranking.scores === null) throw new Error(ranking.reason)
  return ranking
}
function expectStrengths({ scores }: Ranking, estimates: readonly number[], errors: readonly number[] = [], digits = 7): void {
  for (const [k, estimate] of estimates.entries()) {
    const score = scores.find(({ name }) => name === String(k))!
    expect(score.estimate).toBeCloseTo(estimate, digits)
    if (errors[k] !== undefined) expect(score.se).toBeCloseTo(errors[k], 7)
  }
}
const near = ([estimate, se]: [number, number]): Effect =>
  expect.objectContaining({ estimate: expect.closeTo(estimate, 7), se: expect.closeTo(se, 7) }) as Effect

describe('360 comparisons of five systems on 60 items', () => {
  test('half ties of evalica', () => expectStrengths(rank(all, { ties: 'half' }), reference.half.evalica, [], 6))

  test.each(['choix', 'choix ilsr'] as const)('without ties, of %s', (program) =>
    expectStrengths(rank(decided, {}), reference.decided[program]),
  )

  test.each([
    ['statsmodels by item', ['item']],
    ['statsmodels by rater', ['rater']],
    ['statsmodels', []],
  ] as const)('standard errors of %s', (program, cluster) => {
    const { estimate, se } = reference.decided[program]
    expectStrengths(rank(decided, { cluster }), estimate, se)
  })

  test('the effect of the left side, of statsmodels', () => {
    const { estimate, se, extra } = reference.position['statsmodels by item']
    const ranking = rank(decided, { position: true })
    expectStrengths(ranking, estimate, se)
    expect(ranking.position).toEqual(near(extra[0]!))
  })

  test('a control, of statsmodels', () => {
    const { estimate, se, extra } = reference.control['statsmodels by item']
    const ranking = rank(decided, { controls: { length: decidedRows.map((row) => row[5]) } })
    expectStrengths(ranking, estimate, se)
    expect(ranking.controls[0]).toEqual(near(extra[0]!))
  })

  test("Davidson's ties, as a log-linear model of statsmodels", () => {
    const ranking = rank(all, { ties: 'davidson' })
    expectStrengths(ranking, reference.davidson.statsmodels.estimate)
    expect(ranking.tie!.estimate).toBeCloseTo(reference.davidson.statsmodels.tie, 7)
  })
})
