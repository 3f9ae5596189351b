import { mix } from '../features/hash.ts'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { rowProduct } from '../objective/design-matrix.ts'
import { type LogisticProblem, type LogisticSolution, solveLogistic, type SolverOptions } from '../solver/solve-logistic.ts'
import { intervalLikelihood } from './interval.ts'
import { intervalOf, isPlain, type Nuisance, type OrdinalEvents, startNuisance } from './ordinal-events.ts'
import { LENIENCY_SPREAD, RELIABILITY_SPREAD, updateNuisance } from './update-nuisance.ts'

/** Feedback to fit: event i is about row i of the matrix. */
export interface LikelihoodProblem {
  matrix: DesignMatrix
  events: OrdinalEvents
  /** How much each event counts; 0 leaves it out. */
  weight: Float64Array
  penalty: number
  /**
   * The prompt of each event. With it, cut points, reliabilities and leniencies are estimated from margins of weights that were fitted to other
   * prompts: among many words, weights follow even those who contradict everybody, who would then look reliable.
   */
  groups?: Int32Array
}

export interface LikelihoodFit {
  weights: Float64Array
  nuisance: Nuisance
  solution: LogisticSolution
  rounds: number
}

export interface LikelihoodOptions extends Omit<SolverOptions, 'from'> {
  /** Most times that weights are fitted, with everything else following between; 12 by default. With 1, all that an earlier fit found but the weights stays. */
  rounds?: number
  /** An earlier fit of the same events with the same weights and at least this penalty. */
  from?: LikelihoodFit
}

/** Turns end when no estimate beside the weights moves by more. */
const tolerance = 2e-3

/**
 * Fits one set of weights to feedback of every kind: maximises
 * Σ cₙ·log P(event n) − λ/2·|w|² − Σ (β − 1)²/2s² − Σ leniency²/2s² over weights, cut points, reliabilities and leniencies.
 *
 * For fixed cut points, reliabilities and leniencies each event is one or two logistic rows with an offset, so that one solver fits the
 * weights; the others follow one at a time, in turns. Comparisons without ties and authors need one turn.
 *
 * Source: the cumulative logit model of McCullagh (1980), JRSS B 42(2), 109–142, with a rater's reliability as in Chen et al. (2013),
 * Pairwise ranking aggregation in a crowdsourced setting, WSDM, 193–202, doi:10.1145/2433396.2433420.
 */
export function fitLikelihood(problem: LikelihoodProblem, options: LikelihoodOptions = {}): LikelihoodFit {
  const { matrix, events, weight } = problem
  const { rounds = 12, from, ...solver } = options
  if (isPlain(events)) {
    const plain: LogisticProblem = { matrix, penalty: problem.penalty, weight, scale: orientations(events) }
    const solution = solveLogistic(plain, from ? { ...solver, from: from.solution } : solver)
    return { weights: solution.weights, nuisance: startNuisance(events), solution, rounds: 1 }
  }
  let nuisance = from?.nuisance ?? startNuisance(events)
  let solution = from?.solution
  const halves: Halves = [undefined, undefined]
  for (let round = 1; ; round += 1) {
    const isFirst = round === 1
    solution = solveLogistic(logisticRows(problem, nuisance), {
      ...solver,
      // Early turns only show the way.
      gap: round < 3 ? Math.max(solver.gap ?? 1e-3, 1e-3) : (solver.gap ?? 1e-3),
      ...(solution && (isFirst ? { from: solution } : { from: { dual: solution.dual } })),
    })
    if (round >= rounds) return { weights: solution.weights, nuisance, solution, rounds: round }
    const next = updateNuisance(
      events,
      unseenMargins(problem, nuisance, solution, halves, solver),
      weight,
      nuisance,
      problem.groups !== undefined,
    )
    const moved = distance(nuisance, next)
    if (moved < tolerance) return { weights: solution.weights, nuisance, solution, rounds: round }
    nuisance = next
  }
}

type Halves = [LogisticSolution | undefined, LogisticSolution | undefined]

/** The margin of each event by weights fitted to the other half of the prompts; by the solution itself where prompts are not known. */
function unseenMargins(
  problem: LikelihoodProblem,
  nuisance: Nuisance,
  solution: LogisticSolution,
  halves: Halves,
  solver: SolverOptions,
): Float64Array {
  const { matrix, weight, groups } = problem
  if (groups === undefined || problem.events.authors.length < 2)
    return weight.map((c, event) => (c > 0 ? rowProduct(matrix, event, solution.weights) : 0))
  const margin = new Float64Array(weight.length)
  const halfOf = (event: number) => mix(groups[event]! + 1) & 1
  for (const half of [0, 1] as const) {
    const others = weight.map((c, event) => (halfOf(event) === half ? 0 : c))
    const before = halves[half]
    const fitted = solveLogistic(logisticRows({ ...problem, weight: others }, nuisance), {
      ...solver,
      gap: 1e-3,
      ...(before && { from: { dual: before.dual } }),
    })
    halves[half] = fitted
    for (let event = 0; event < weight.length; event += 1)
      if (weight[event]! > 0 && halfOf(event) === half) margin[event] = rowProduct(matrix, event, fitted.weights)
  }
  return margin
}

/** The objective that `fitLikelihood` maximises, up to a constant. */
export function logPosterior({ matrix, events, weight, penalty }: LikelihoodProblem, weights: Float64Array, nuisance: Nuisance): number {
  let sum = 0
  for (const w of weights) sum -= (penalty / 2) * w * w
  for (const b of nuisance.reliability) sum -= (b - 1) ** 2 / (2 * RELIABILITY_SPREAD ** 2)
  for (const s of nuisance.leniency) sum -= s ** 2 / (2 * LENIENCY_SPREAD ** 2)
  for (let event = 0; event < matrix.rows; event += 1) {
    if (weight[event]! === 0) continue
    const { low, high } = intervalOf(events, nuisance, event)
    const author = events.author[event]!
    const leniency = events.scales[events.scale[event]!]!.symmetric ? 0 : nuisance.leniency[author]!
    const t = nuisance.reliability[author]! * rowProduct(matrix, event, weights) + leniency
    sum += weight[event]! * intervalLikelihood(t, low, high).value
  }
  return sum
}

/** The logistic rows of all events: one for each finite end of their interval. */
export function logisticRows({ matrix, events, weight, penalty }: LikelihoodProblem, nuisance: Nuisance): LogisticProblem {
  const source: number[] = []
  const scale: number[] = []
  const offset: number[] = []
  const counts: number[] = []
  for (let event = 0; event < matrix.rows; event += 1) {
    const { low, high } = intervalOf(events, nuisance, event)
    const author = events.author[event]!
    const reliability = nuisance.reliability[author]!
    const leniency = events.scales[events.scale[event]!]!.symmetric ? 0 : nuisance.leniency[author]!
    for (const [end, sign] of [
      [low, 1],
      [high, -1],
    ] as const) {
      if (!Number.isFinite(end)) continue
      source.push(event)
      scale.push(sign * reliability)
      offset.push(sign * (leniency - end))
      counts.push(weight[event]!)
    }
  }
  return { matrix, penalty, source: Int32Array.from(source), scale, offset, weight: counts }
}

/** +1 where the first side won, −1 where the second did. */
function orientations({ level }: OrdinalEvents): Float64Array {
  return new Float64Array(level.length).map((_, event) => (level[event] === 1 ? 1 : -1))
}

function distance(a: Nuisance, b: Nuisance): number {
  const most = (x: Float64Array, y: Float64Array) => x.reduce((m, value, i) => Math.max(m, Math.abs(value - y[i]!)), 0)
  return Math.max(most(a.reliability, b.reliability), most(a.leniency, b.leniency), ...a.cuts.map((cuts, i) => most(cuts, b.cuts[i]!)))
}
