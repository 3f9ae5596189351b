/**
 * How the outcome of a comparison depends on the difference η in strength and on a tie parameter τ. `read` writes the log-probability
 * of an outcome and its derivatives into `out`: [log P, ∂η, ∂τ, −∂η², −∂η∂τ, −∂τ²].
 */
export interface OutcomeModel {
  readonly name: 'half' | 'davidson' | 'rao-kupper'
  /** Whether ties have a parameter of their own. */
  readonly hasTie: boolean
  /** τ at which even strengths give a share of ties in (0, 1). */
  start(tieShare: number): number
  read(eta: number, tau: number, outcome: number, out: Float64Array): void
}

/** log σ(x) without overflow. */
export function logSigmoid(x: number): number {
  return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x))
}

export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))
}

/** Bradley & Terry (1952): a tie counts as half a win for each side. */
const half: OutcomeModel = {
  name: 'half',
  hasTie: false,
  start: () => 0,
  read(eta, _tau, outcome, out) {
    const p = sigmoid(eta)
    const y = outcome === 0 ? 1 : outcome === 1 ? 0 : 0.5
    const log = logSigmoid(eta)
    out[0] = y * log + (1 - y) * (log - eta)
    out[1] = y - p
    out[2] = 0
    out[3] = p * (1 - p)
    out[4] = 0
    out[5] = 0
  },
}

/** Davidson (1970): left, right and tie in the ratio π₁ : π₂ : ν√(π₁π₂), with τ = log ν. */
const davidson: OutcomeModel = {
  name: 'davidson',
  hasTie: true,
  start: (share) => Math.log((2 * share) / (1 - share)),
  read(eta, tau, outcome, out) {
    const top = Math.max(Math.abs(eta) / 2, tau)
    const l = Math.exp(eta / 2 - top)
    const r = Math.exp(-eta / 2 - top)
    const t = Math.exp(tau - top)
    const sum = l + r + t
    const tie = t / sum
    const lead = (l - r) / (2 * sum)
    const own = outcome === 0 ? 0.5 : outcome === 1 ? -0.5 : 0
    out[0] = own * eta + (outcome === 2 ? tau : 0) - top - Math.log(sum)
    out[1] = own - lead
    out[2] = (outcome === 2 ? 1 : 0) - tie
    out[3] = (l + r) / (4 * sum) - lead * lead
    out[4] = -lead * tie
    out[5] = tie * (1 - tie)
  },
}

/** Rao & Kupper (1967): left wins with chance σ(η − τ), right with σ(−η − τ), with τ = log θ > 0; a tie is what remains. */
const raoKupper: OutcomeModel = {
  name: 'rao-kupper',
  hasTie: true,
  start: (share) => Math.log((1 + share) / (1 - share)),
  read(eta, tau, outcome, out) {
    out.fill(0)
    if (outcome !== 1) side(eta, tau, 1, out)
    if (outcome !== 0) side(eta, tau, -1, out)
    if (outcome !== 2) return
    // P(tie) = (θ² − 1) σ(η − τ) σ(−η − τ).
    const grown = Math.expm1(2 * tau)
    out[0]! += tau > 0 ? Math.log(grown) : -Infinity
    out[2]! += 2 + 2 / grown
    out[5]! += (4 * (grown + 1)) / (grown * grown)
  },
}

function side(eta: number, tau: number, sign: 1 | -1, out: Float64Array): void {
  const x = sign * eta - tau
  const p = sigmoid(x)
  out[0]! += logSigmoid(x)
  out[1]! += sign * (1 - p)
  out[2]! -= 1 - p
  out[3]! += p * (1 - p)
  out[4]! -= sign * p * (1 - p)
  out[5]! += p * (1 - p)
}

export const OUTCOME_MODELS = { half, davidson, 'rao-kupper': raoKupper } as const
