import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OUTCOME_MODELS } from './outcome-model.ts'

const models = Object.values(OUTCOME_MODELS)

describe.each(models)('$name', (model) => {
  const read = (eta: number, tau: number, outcome: number) => {
    const out = new Float64Array(6)
    model.read(eta, tau, outcome, out)
    return Array.from(out)
  }
  const eta = fc.double({ min: -4, max: 4, noNaN: true })
  const tau = fc.double({ min: 0.2, max: 3, noNaN: true })

  test('chances add up to 1', () => {
    // Half ties are no outcome of their own there.
    const outcomes = model.hasTie ? [0, 1, 2] : [0, 1]
    fc.assert(
      fc.property(eta, tau, (e, t) => {
        expect(outcomes.reduce((sum, outcome) => sum + Math.exp(read(e, t, outcome)[0]!), 0)).toBeCloseTo(1, 12)
      }),
    )
  })

  test('derivatives are those of the log-chance', () => {
    fc.assert(
      fc.property(eta, tau, fc.constantFrom(0, 1, 2), (e, t, outcome) => {
        const h = 1e-5
        const slope = (k: number, byEta: number) =>
          (read(e + byEta * h, t + (1 - byEta) * h, outcome)[k]! - read(e - byEta * h, t - (1 - byEta) * h, outcome)[k]!) / (2 * h)
        const [, dEta, dTau, minusEtaEta, minusEtaTau, minusTauTau] = read(e, t, outcome)
        expect(dEta).toBeCloseTo(slope(0, 1), 6)
        expect(dTau).toBeCloseTo(slope(0, 0), 6)
        expect(minusEtaEta).toBeCloseTo(-slope(1, 1), 6)
        expect(minusEtaTau).toBeCloseTo(-slope(1, 0), 6)
        expect(minusTauTau).toBeCloseTo(-slope(2, 0), 6)
      }),
    )
  })

  test('starts where even strengths tie as often as observed', () => {
    if (model.hasTie) expect(Math.exp(read(0, model.start(0.3), 2)[0]!)).toBeCloseTo(0.3, 12)
  })

  test('is finite far out', () => {
    for (const outcome of [0, 1, 2]) for (const e of [-700, 700]) expect(read(e, 1, outcome).every(Number.isFinite)).toBe(true)
  })
})
