export type Bounded = { estimate: number; low: number; high: number }

/**
 * Difference a − b of two independent estimates, with the interval that follows from their own intervals (MOVER). It keeps their asymmetry and
 * has the confidence that both have.
 *
 * Misleads when the two share observations: then the interval is too wide (positive correlation) or too narrow.
 *
 * Source: Zou and Donner (2008), Statistics in Medicine 27(10), 1693–1702, doi:10.1002/sim.3095, equation 4. With Wilson intervals of two
 * shares it is method 10 of Newcombe (1998), which the test checks.
 */
export function moverDifference(a: Bounded, b: Bounded): Bounded {
  const estimate = a.estimate - b.estimate
  return {
    estimate,
    low: estimate - Math.hypot(a.estimate - a.low, b.high - b.estimate),
    high: estimate + Math.hypot(a.high - a.estimate, b.estimate - b.low),
  }
}
