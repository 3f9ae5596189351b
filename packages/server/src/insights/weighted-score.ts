import type { EstimateView, Weighting } from '@plaudit/protocol'
import {
  addWeightedMoments,
  type Estimate,
  hajekMeanOfMoments,
  postStratifiedMeanOfMoments,
  type WeightedMoments,
  weightedMomentsOf,
} from '@plaudit/stats'
import type { CountedPopulation } from '../population/service.ts'
import { emptyReason } from '../population/shares.ts'
import { weightingOf } from '../population/weighting.ts'
import { undefinedEstimate } from './estimate.ts'
import type { UnitSums } from './unit-sums.ts'

export type WeightedScores = {
  weighting: Weighting
  /** The mean of the whole, over traces of all variants. */
  overall: EstimateView
  /** A variant's mean is that of the variant's own traffic, and of a bucket's that of its traffic in the bucket. */
  ofVariant: (variant: string) => { overall: EstimateView; ofBucket: (bucket: number) => EstimateView }
}

/**
 * The means of one criterion for a population, every trace counting once.
 * @param whole Sums over all variants. @param variants Sums by variant.
 */
export function weightedScores(
  population: CountedPopulation,
  whole: readonly UnitSums[],
  variants: ReadonlyMap<string, readonly UnitSums[]>,
  { binary = false } = {},
): WeightedScores {
  const isDrawn = population.population === 'production' && whole.length > 0 && whole.every(({ unknown }) => unknown === 0)
  const prompts = new Set(whole.flatMap((sums) => sums.prompts))
  const none = undefinedEstimate('These judgments are on no trace of the window, so that there is no traffic to weigh them to.')
  const of = (sums: readonly UnitSums[], part?: string) =>
    isDrawn ? byProbability(sums, binary) : byStrata(sums, population, prompts, part, binary)
  return {
    weighting: weightingOf(population.population, isDrawn, population.strata),
    overall: whole.length === 0 ? none : of(whole).overall,
    ofVariant: (variant) => {
      const sums = variants.get(variant)
      return sums === undefined ? { overall: none, ofBucket: () => none } : of(sums, variant)
    },
  }
}

type Means = { overall: EstimateView; ofBucket: (bucket: number) => EstimateView }

/** Each trace stands for as many as the plan draws one of. */
function byProbability(sums: readonly UnitSums[], binary: boolean): Means {
  const mean = (some: readonly UnitSums[]) =>
    viewOf(hajekMeanOfMoments(addWeightedMoments(some.map(({ drawn }) => ({ moments: drawn }))), { proportion: binary }), some, BY_PLAN)
  return { overall: mean(sums), ofBucket: (bucket) => mean(sums.filter((one) => one.bucket === bucket)) }
}

/**
 * Strata in the proportions of the population. In a bucket each trace stands for as many of its stratum as it does in the whole window: a bucket in which
 * a small stratum happens to have no judgment still has a mean.
 */
function byStrata(
  sums: readonly UnitSums[],
  population: CountedPopulation,
  prompts: ReadonlySet<string>,
  part: string | undefined,
  binary: boolean,
): Means {
  const shares = population.sharesOf(prompts, part)
  const own = Map.groupBy(sums, ({ stratum }) => population.stratumOf(stratum))
  const counts = countsOf(sums)
  const reason = emptyReason(population.population, shares, (stratum) => own.has(stratum))
  if (reason !== null) {
    const unknown = undefinedEstimate(reason, counts)
    return { overall: unknown, ofBucket: () => unknown }
  }
  const strata = [...shares].map(([name, share]) => ({ name, share, moments: added((own.get(name) ?? []).map((one) => one.own)) }))
  // Shares of any unit, of which a power might be no number.
  const total = strata.reduce((sum, { share }) => sum + share, 0)
  const factors = new Map(strata.map(({ name, share, moments }) => [name, moments.units > 0 ? share / total / moments.units : 0]))
  const factorOf = ({ stratum }: UnitSums) => factors.get(population.stratumOf(stratum)) ?? 0
  const weighted = (some: readonly UnitSums[]) => {
    const counted = some.filter((one) => factorOf(one) > 0)
    const parts = counted.map((one) => ({ moments: one.own, factor: factorOf(one) }))
    return viewOf(hajekMeanOfMoments(addWeightedMoments(parts), { proportion: binary }), counted, BY_WEIGHT)
  }
  const found = postStratifiedMeanOfMoments(strata, { proportion: binary })
  return {
    // A stratum with a single trace, or strata that are each of one score, do not say how their traces differ: then that they differ from those of
    // all strata is taken for it, which is wider.
    overall:
      'se' in found && (found.se === null || found.se === 0)
        ? weighted(sums)
        : viewOf(
            found,
            sums.filter((one) => factorOf(one) > 0),
            BY_STRATA,
          ),
    ofBucket: (bucket) => weighted(sums.filter((one) => one.bucket === bucket)),
  }
}

const BY_PLAN = 'mean over traces weighted by the inverse probability of their draw; 95 % cluster-robust interval'
const BY_STRATA = 'mean over traces, strata in the proportions of the population; 95 % interval from the strata’s own variances'
const BY_WEIGHT = 'mean over traces, weighted by their strata’s share of the population; 95 % cluster-robust interval'

function viewOf(found: Estimate<{ se: number | null; effective: number }>, sums: readonly UnitSums[], method: string): EstimateView {
  const counts = countsOf(sums)
  if (found.estimate === null) return undefinedEstimate('There are no scores of this population here.', counts)
  const { estimate, low = null, high = null, se, effective } = found
  const view: EstimateView = { estimate, low, high, ...counts, effective, method, reason: null }
  const without = (reason: string): EstimateView => ({ ...view, low: null, high: null, reason })
  if (se === null) return without('All scores are about one trace, so that how traces differ is unknown: no interval.')
  // Shares that are all alike still have Wilson's interval.
  return se === 0 && low === high ? without('All scores are equal, so that their spread is unknown: no interval.') : view
}

function countsOf(sums: readonly UnitSums[]): { n: number; clusters: number } {
  return {
    n: sums.reduce((total, { scores }) => total + scores, 0),
    clusters: sums.reduce((total, { own }) => total + own.units, 0),
  }
}

function added(moments: readonly WeightedMoments[]): WeightedMoments {
  return moments.length === 0 ? weightedMomentsOf([]) : addWeightedMoments(moments.map((one) => ({ moments: one })))
}
