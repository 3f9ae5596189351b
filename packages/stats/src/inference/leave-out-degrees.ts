/**
 * Degrees of freedom of a jackknife over clusters: G − 1 where all weigh the same, fewer where some of them carry most of the weight. As Bell and
 * McCaffrey have it: the variance estimate's first two moments, were observations independent of each other, matched by a χ².
 *
 * @param shares Each cluster's share of the weight (observations, or Σx²), with sum 1; clusters with 0 do not count.
 *
 * Source: Bell & McCaffrey (2002), Bias reduction in standard errors for linear regression with multi-stage samples, Survey Methodology 28(2); for
 *   CR3, where what cluster g adds has covariance (δ b_g − b_g b_h / n) with b = share / (1 − share). O(G).
 */
export function leaveOutDegrees(shares: ArrayLike<number>): number {
  let [sum, square, fourth] = [0, 0, 0]
  for (let g = 0; g < shares.length; g += 1) {
    if (shares[g]! === 0) continue
    // A cluster that is all there is.
    if (!(shares[g]! < 1)) return 1
    const b = shares[g]! / (1 - shares[g]!)
    sum += b
    square += b * b
    fourth += b ** 4
  }
  return sum > 0 ? Math.max(1, sum ** 2 / (square + square ** 2 - fourth)) : 1
}
