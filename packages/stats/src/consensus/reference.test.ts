import { describe, expect, test } from 'vitest'
import { encodeRatings } from '../agreement/ratings.ts'
import { readReference } from '../test/reference.ts'
import type { Consensus, NoConsensus } from './consensus.ts'
import { dawidSkene } from './dawid-skene.ts'
import { glad } from './glad.ts'
import { mace } from './mace.ts'
import { majorityVote } from './majority.ts'
import { oneCoin } from './one-coin.ts'

interface Fitted {
  posteriors: number[][]
  prior: number[]
}
const reference = readReference<{
  rows: [number, number, number][]
  dawidSkene: { 'crowd-kit': Fitted; peerannot: Fitted & { confusion: number[][][] } }
  oneCoin: { 'crowd-kit': { posteriors: number[][]; skills: number[] } }
  glad: { 'crowd-kit': { labels: number[]; abilities: number[] } }
  mace: { 'crowd-kit': { labels: number[]; competence: number[] } }
  majority: { 'crowd-kit': number[] }
}>('consensus')
const ratings = encodeRatings(
  reference.rows.map(([item, rater, value]) => ({ item, rater, value })),
  { order: [0, 1, 2] },
)

/** The entries of a list by rater, in the order of the numbers that the raters are called by. */
function byRater<T>({ raters }: Consensus, entries: (rater: Consensus['raters'][number], at: number) => T): T[] {
  return raters
    .map((rater, at) => ({ name: Number(rater.rater), entry: entries(rater, at) }))
    .sort((a, b) => a.name - b.name)
    .map(({ entry }) => entry)
}
function fitted<T extends Consensus>(consensus: T | NoConsensus): T {
  if (consensus.labels === null) throw new Error(consensus.reason)
  return consensus
}
function expectNear(consensus: Consensus, posteriors: number[][], digits: number): void {
  for (const [i, row] of posteriors.entries()) {
    const at = consensus.itemNames.indexOf(String(i))
    for (const [k, value] of row.entries()) expect(consensus.posteriors[3 * at + k]).toBeCloseTo(value, digits)
  }
}
function shareAlike(consensus: Consensus, labels: number[]): number {
  const alike = labels.filter((label, i) => consensus.labels[consensus.itemNames.indexOf(String(i))] === label)
  return alike.length / labels.length
}
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(x), mean(y)]
  const product = (u: readonly number[], c: number, v: readonly number[], d: number) =>
    u.reduce((sum, value, i) => sum + (value - c) * (v[i]! - d), 0)
  return product(x, a, y, b) / Math.sqrt(product(x, a, x, a) * product(y, b, y, b))
}

describe('150 items, nine raters, one of whom always says the same', () => {
  test('Dawid–Skene of crowd-kit and peerannot', () => {
    const consensus = fitted(dawidSkene(ratings, { smoothing: 0, tolerance: 0, maxIterations: 2000 }))
    for (const { posteriors, prior } of Object.values(reference.dawidSkene)) {
      expectNear(consensus, posteriors, 6)
      for (const [k, share] of prior.entries()) expect(consensus.prior[k]).toBeCloseTo(share, 6)
    }
    const confusion = byRater(consensus, (rater) => rater.confusion!)
    for (const [r, matrix] of reference.dawidSkene.peerannot.confusion.entries())
      for (const [k, row] of matrix.entries()) for (const [v, chance] of row.entries()) expect(confusion[r]![k]![v]).toBeCloseTo(chance, 6)
    // The default's pseudo-count does not move what a hundred ratings a rater say.
    expectNear(fitted(dawidSkene(ratings)), reference.dawidSkene.peerannot.posteriors, 3)
  })

  test('one-coin Dawid–Skene of crowd-kit', () => {
    const consensus = fitted(oneCoin(ratings, { smoothing: 0, tolerance: 0, maxIterations: 2000 }))
    expectNear(consensus, reference.oneCoin['crowd-kit'].posteriors, 4)
    const skills = byRater(consensus, (rater) => rater.confusion![0]![0]!)
    for (const [r, skill] of reference.oneCoin['crowd-kit'].skills.entries()) expect(skills[r]).toBeCloseTo(skill, 4)
  })

  test('GLAD and MACE of crowd-kit, which climb differently, come to the same labels and rank raters alike', () => {
    const skilled = fitted(glad(ratings))
    expect(shareAlike(skilled, reference.glad['crowd-kit'].labels)).toBeGreaterThan(0.97)
    expect(
      correlation(
        byRater(skilled, (_, at) => skilled.abilities[at]!),
        reference.glad['crowd-kit'].abilities,
      ),
    ).toBeGreaterThan(0.97)
    const competent = fitted(mace(ratings))
    expect(shareAlike(competent, reference.mace['crowd-kit'].labels)).toBeGreaterThan(0.95)
    // The last rater is the one who always says the same.
    for (const competence of [byRater(competent, (_, at) => competent.competence[at]!), reference.mace['crowd-kit'].competence])
      expect(competence.indexOf(Math.min(...competence))).toBe(8)
  })

  test('majority vote, but for ties', () => {
    expect(shareAlike(fitted(majorityVote(ratings)), reference.majority['crowd-kit'])).toBeGreaterThan(0.95)
  })
})
