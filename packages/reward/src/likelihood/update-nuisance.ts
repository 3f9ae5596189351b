import { intervalLikelihood, type IntervalLikelihood } from './interval.ts'
import { intervalOf, type Nuisance, type OrdinalEvents } from './ordinal-events.ts'

/** Standard deviation of authors' reliability around 1 … */
export const RELIABILITY_SPREAD = 0.5
/** … of their leniency around 0 … */
export const LENIENCY_SPREAD = 1
/** … and of cut points around 0: wide, it only keeps finite those of levels that nobody used. */
export const CUT_SPREAD = 10

const steps = 3

/**
 * Improves cut points, leniency and reliability for fixed weights, by Newton steps along one of them at a time; the likelihood is concave in each.
 *
 * @param margin w·x of each event. @param weight How much each event counts; those that count nothing are passed over.
 * @param isUnseen The margins are of weights that did not see the event. These are shrunk, and reliabilities are told apart as if they were not.
 */
export function updateNuisance(
  events: OrdinalEvents,
  margin: ArrayLike<number>,
  weight: ArrayLike<number>,
  nuisance: Nuisance,
  isUnseen = false,
): Nuisance {
  const next: Nuisance = {
    cuts: nuisance.cuts.map((cuts) => cuts.slice()),
    reliability: nuisance.reliability.slice(),
    leniency: nuisance.leniency.slice(),
  }
  const counted = [...events.level.keys()].filter((event) => weight[event]! > 0)
  const byScale = groupBy(counted, events.scale, events.scales.length)
  const byAuthor = groupBy(counted, events.author, events.authors.length)
  let stretch = 1
  const likelihood = (event: number): IntervalLikelihood => {
    const { low, high } = intervalOf(events, next, event)
    const author = events.author[event]!
    const isSymmetric = events.scales[events.scale[event]!]!.symmetric
    return intervalLikelihood(stretch * next.reliability[author]! * margin[event]! + (isSymmetric ? 0 : next.leniency[author]!), low, high)
  }

  events.scales.forEach((scale, index) => {
    const cuts = next.cuts[index]!
    const ofScale = byScale[index]!
    // A symmetric scale has its positive cut points to move, each with its mirror image; a middle one stays at 0.
    const first = scale.symmetric ? Math.ceil(cuts.length / 2) : 0
    for (let step = 0; step < steps; step += 1)
      for (let k = first; k < cuts.length; k += 1) {
        const mirror = scale.symmetric ? cuts.length - 1 - k : -1
        let slope = -cuts[k]! / CUT_SPREAD ** 2
        let curvature = 1 / CUT_SPREAD ** 2
        for (const event of ofScale) {
          const level = events.level[event]!
          // How this event's ends move with the cut point.
          const lowMoves = level - 1 === k ? 1 : level - 1 === mirror ? -1 : 0
          const highMoves = level === k ? 1 : level === mirror ? -1 : 0
          if (lowMoves === 0 && highMoves === 0) continue
          const l = likelihood(event)
          slope += weight[event]! * (lowMoves * l.slopeLow + highMoves * l.slopeHigh)
          curvature +=
            weight[event]! *
            (lowMoves ** 2 * l.curvatureLow + highMoves ** 2 * l.curvatureHigh - 2 * lowMoves * highMoves * l.curvatureBoth)
        }
        const [below, above] = [cuts[k - 1] ?? -Infinity, cuts[k + 1] ?? Infinity]
        cuts[k] = between(cuts[k]!, slope / curvature, scale.symmetric && k === first ? Math.max(0, below) : below, above)
        if (mirror >= 0) cuts[mirror] = -cuts[k]!
      }
  })

  if (events.authors.length > 1) {
    byAuthor.forEach((ofAuthor, author) => {
      for (let step = 0; step < steps; step += 1)
        moveAuthor(next.leniency, author, 0, LENIENCY_SPREAD, ofAuthor, (event) => (events.scales[events.scale[event]!]!.symmetric ? 0 : 1))
    })
    if (isUnseen) for (let step = 0; step < 10; step += 1) stretch = stretched(stretch)
    byAuthor.forEach((ofAuthor, author) => {
      for (let step = 0; step < steps; step += 1)
        moveAuthor(next.reliability, author, 1, RELIABILITY_SPREAD, ofAuthor, (event) => stretch * margin[event]!)
    })
  }
  return next

  /** A Newton step towards the factor that makes all margins together most likely. */
  function stretched(factor: number): number {
    let [slope, curvature] = [0, 1e-6]
    for (const event of counted) {
      const by = next.reliability[events.author[event]!]! * margin[event]!
      const l = likelihood(event)
      slope += weight[event]! * by * l.slopeT
      curvature += weight[event]! * by * by * l.curvatureT
    }
    return Math.max(factor / 4, Math.min(4 * factor, factor + slope / curvature))
  }

  function moveAuthor(
    values: Float64Array,
    author: number,
    mean: number,
    spread: number,
    ofAuthor: readonly number[],
    moves: (event: number) => number,
  ): void {
    let slope = -(values[author]! - mean) / spread ** 2
    let curvature = 1 / spread ** 2
    for (const event of ofAuthor) {
      const by = moves(event)
      if (by === 0) continue
      const l = likelihood(event)
      slope += weight[event]! * by * l.slopeT
      curvature += weight[event]! * by * by * l.curvatureT
    }
    values[author]! += Math.max(-1, Math.min(1, slope / curvature))
  }
}

/** A step that stays away from its neighbours, so that no level vanishes. */
function between(value: number, step: number, below: number, above: number): number {
  const wanted = value + Math.max(-1, Math.min(1, step))
  return Math.max(value - 0.7 * (value - below), Math.min(value + 0.7 * (above - value), wanted))
}

function groupBy(events: readonly number[], key: Int32Array, count: number): number[][] {
  const lists = Array.from({ length: count }, (): number[] => [])
  for (const event of events) lists[key[event]!]!.push(event)
  return lists
}
