/** Qualities that raters may have, from nearly always contrary to nearly always right. */
const GRID = Float64Array.from({ length: 41 }, (_, k) => 0.005 + (0.99 * k) / 40)

/** How many answers each rater gave on each ordered pair of systems: entry e is of rater `rater[e]` on pair `pair[e]`. Raters in ascending order. */
export interface AnswerCounts {
  rater: Int32Array
  pair: Int32Array
  count: Float64Array
  /** Ordered pairs: who won against whom. */
  winner: Int32Array
  loser: Int32Array
}

/**
 * The qualities of raters whose distribution is estimated with them: any distribution over a grid, with `smoothing` raters imagined who are mostly
 * careful (density ∝ q³). Nothing need be known of how good raters are: were they held to answer as the strengths say four times in five, the
 * strengths of a crowd that does so more often would come out too large.
 *
 * Source: Kiefer & Wolfowitz (1956), Annals of Mathematical Statistics 27(4), doi:10.1214/aoms/1177728066; on a grid as Laird (1978), J. American
 *   Statistical Association 73(364), doi:10.1080/01621459.1978.10480103.
 */
export class QualityDistribution {
  readonly posteriors: Float64Array
  readonly #imagined: Float64Array
  readonly #raters: number
  readonly #smoothing: number
  #shares: Float64Array

  constructor(raters: number, smoothing: number) {
    const density = GRID.map((quality) => quality ** 3)
    const total = density.reduce((sum, value) => sum + value, 0)
    this.#imagined = density.map((value) => value / total)
    this.#shares = this.#imagined
    this.#raters = raters
    this.#smoothing = smoothing
    this.posteriors = new Float64Array(raters * GRID.length)
  }

  /**
   * One round: every rater's posterior given the strengths, and the distribution given the posteriors. Returns the log-likelihood, and for each pair
   * the expected answers that were straight (as the strengths say) and how sharply they tell of the lead, Σ w P(straight).
   */
  update({ rater, pair, count, winner, loser }: AnswerCounts, strengths: Float64Array): { logLikelihood: number; straight: Float64Array } {
    const K = GRID.length
    const chances = new Float64Array(winner.length * K)
    const logs = new Float64Array(winner.length * K)
    const shares = new Float64Array(winner.length * K)
    for (let c = 0; c < winner.length; c += 1) {
      const p = 1 / (1 + Math.exp(strengths[loser[c]!]! - strengths[winner[c]!]!))
      for (let k = 0; k < K; k += 1) {
        const chance = GRID[k]! * p + (1 - GRID[k]!) * (1 - p)
        chances[c * K + k] = (GRID[k]! * p) / chance
        logs[c * K + k] = Math.log(chance)
      }
    }
    const next = this.#imagined.map((share) => this.#smoothing * share)
    const own = new Float64Array(K)
    let logLikelihood = 0
    for (let from = 0, to = 0; from < rater.length; from = to) {
      for (let k = 0; k < K; k += 1) own[k] = Math.log(this.#shares[k]!)
      for (to = from; to < rater.length && rater[to] === rater[from]; to += 1)
        for (let k = 0, at = pair[to]! * K; k < K; k += 1, at += 1) own[k]! += count[to]! * logs[at]!
      const most = own.reduce((high, value) => Math.max(high, value), -Infinity)
      let total = 0
      for (let k = 0; k < K; k += 1) total += own[k] = Math.exp(own[k]! - most)
      logLikelihood += most + Math.log(total)
      for (let k = 0; k < K; k += 1) {
        const posterior = own[k]! / total
        this.posteriors[rater[from]! * K + k] = posterior
        next[k]! += posterior
        if (posterior > 1e-12) for (let e = from; e < to; e += 1) shares[pair[e]! * K + k]! += posterior * count[e]!
      }
    }
    const total = next.reduce((sum, value) => sum + value, 0)
    this.#shares = next.map((value) => value / total)
    const straight = new Float64Array(winner.length)
    for (let c = 0; c < winner.length; c += 1) for (let k = 0; k < K; k += 1) straight[c]! += shares[c * K + k]! * chances[c * K + k]!
    return { logLikelihood, straight }
  }

  /** Each rater's posterior mean. */
  means(): Float64Array {
    const K = GRID.length
    return Float64Array.from({ length: this.#raters }, (_, r) => {
      let mean = 0
      for (let k = 0; k < K; k += 1) mean += this.posteriors[r * K + k]! * GRID[k]!
      return mean
    })
  }

  /** The variance of qualities between raters. */
  variance(): number {
    const mean = this.#shares.reduce((sum, share, k) => sum + share * GRID[k]!, 0)
    return this.#shares.reduce((sum, share, k) => sum + share * (GRID[k]! - mean) ** 2, 0)
  }
}
