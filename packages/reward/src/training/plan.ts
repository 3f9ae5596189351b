import { judgeExtras } from '../evaluation/judge-extras.ts'
import { joinLearning, meanOf } from '../evaluation/learning-curve.ts'
import { lengthDifferences } from '../evaluation/length-difference.ts'
import { leakageBetweenGroups } from '../evaluation/leakage.ts'
import { reportCard } from '../evaluation/report-card.ts'
import { TRAITS } from '../features/dense.ts'
import { fingerprint } from '../features/hash.ts'
import { specificationHash, type VectorOf } from '../features/specification.ts'
import { fitScaling } from '../features/standardise.ts'
import type { RewardModel } from '../model/reward-model.ts'
import { memberScorer } from '../model/scorer.ts'
import type { Pair } from '../pair.ts'
import { choose, pathJobs } from './choose-penalty.ts'
import { promptHash } from './clean-pairs.ts'
import { evidenceOf } from './evidence-report.ts'
import { fitSlope } from './fit-slope.ts'
import { type FitResult, type FoldResult, type Job, type JobResult, type PathResult } from './job.ts'
import { interleave } from './members.ts'
import { outputsOf } from './observations.ts'
import { INNER_FOLDS, type Prepared } from './prepare.ts'
import type { Trained } from './train.ts'

/** Training as batches of jobs: what `next` is given are the results of the last batch, in its order; what it returns in the end is the model. */
export type Plan = Generator<Job[], Trained, JobResult[Job['task']][]>

/** The course of training. Whoever runs the jobs, in whatever order, gets the same model. */
export function* planTraining(prepared: Prepared): Plan {
  const { set, folds, dealt, options, candidates, decided } = prepared
  const { seed, members } = options
  const all = Int32Array.from(set.groups.keys())
  const outer = Array.from({ length: folds }, (_, fold) => {
    const inside = all.filter((row) => dealt[row] !== fold)
    const held = all.filter((row) => dealt[row] === fold && row < set.judged)
    return { inside, held, paths: pathJobs(set, inside, INNER_FOLDS, seed + 1) }
  })
  const finalPaths = pathJobs(set, all, folds, seed)

  const first = (yield [...outer.flatMap(({ paths }) => paths), ...finalPaths]) as PathResult[]
  let at = 0
  const take = (count: number) => first.slice(at, (at += count))
  const choices = outer.map(({ paths }) => choose(set, paths, take(paths.length)))
  const choice = choose(set, finalPaths, take(finalPaths.length))

  // A choice among several outputs is also judged by the cautious reward, which needs the members of every fold.
  const foldMembers = candidates.length > 0 ? members : 0
  const second = yield [
    ...outer.map(({ inside, held }, fold): Job => ({ task: 'judge', inside, held, choice: choices[fold]!, seed, members: foldMembers })),
    ...Array.from({ length: 1 + members }, (_, member): Job => ({ task: 'fit', choice, seed, member })),
  ]
  const judged = second.slice(0, folds) as FoldResult[]
  const fits = second.slice(folds) as FitResult[]

  const card = cardOf(prepared, judged)
  const model: RewardModel = {
    about: {
      specification: specificationHash(set.features),
      trainingSet: fingerprintOf(prepared),
      seed,
      penalty: choice.penalty,
      temperature: choice.temperature,
      lengthBoost: choice.lengthBoost,
      tried: choice.tried,
      lengthSlope: lengthSlopeOf(prepared),
      evidence: evidenceOf(prepared, judged, fits[0]!),
      card,
    },
    members,
    features: set.features,
    bucketOf: set.observations.bucketOf,
    weights: interleave(fits.map(({ weights }) => weights)),
    scaling: fitScaling(set.observations.traits, TRAITS.length, outputsOf(set.observations, all)),
    centre: new Float64Array(1 + members),
    promptHashes: Uint32Array.from(new Set([...prepared.given, ...options.judgments].map(promptHash))).sort(),
  }
  model.centre = meanRewards(model, decided, options.embedding?.vectorOf)
  return { model, card }
}

/** A fingerprint of everything that the model is trained on. */
export function fingerprintOf({ decided, given, options }: Prepared): string {
  return fingerprint([
    ...decided.flatMap((pair) => [pair.prompt, pair.chosen, pair.rejected]),
    ...given.flatMap((pair) =>
      (pair.tie === true ? options.ties : pair.source === 'model') ? [pair.prompt, pair.chosen, pair.rejected] : [],
    ),
    ...options.judgments.flatMap(({ prompt, output, level }) => [prompt, output, String(level)]),
  ])
}

function cardOf({ given, decided, removed, set, folds, dealt, candidates, options }: Prepared, judged: readonly FoldResult[]) {
  const count = decided.length
  const margin = new Float64Array(count)
  const lengthMargin = new Float64Array(count)
  const controlledMargin = new Float64Array(count)
  for (const result of judged)
    result.rows.forEach((row, i) => {
      margin[row] = result.margin[i]!
      lengthMargin[row] = result.lengthMargin[i]!
      controlledMargin[row] = result.controlledMargin[i]!
    })
  const foldOf = new Map(decided.map((pair, row) => [promptHash(pair), dealt[row]!]))
  const groups = set.groups.slice(0, count)
  return reportCard({
    pairs: decided,
    judged: given,
    groups,
    removed,
    margin,
    lengthMargin,
    controlledMargin,
    lengthDifference: lengthDifferences(decided),
    ...judgeExtras(
      given,
      candidates,
      judged,
      (pair) => foldOf.get(promptHash(pair)) ?? promptHash(pair) % folds,
      options.embedding?.vectorOf,
    ),
    learning: joinLearning(judged, count),
    trainedOn: meanOf(judged.map(({ trainedOn }) => trainedOn)),
    trainingUnit: options.judgments.length > 0 ? 'judgments' : 'pairs',
    leakage: leakageBetweenGroups(decided, groups),
    folds,
    seed: options.seed,
    kind: 'cross-validated',
  })
}

function lengthSlopeOf({ set, decided }: Prepared): number {
  return fitSlope(lengthDifferences(decided), set.weight.subarray(0, decided.length))
}

/** The mean reward of all training outputs, for the main fit and each member. */
function meanRewards(model: RewardModel, pairs: readonly Pair[], vectorOf?: VectorOf): Float64Array {
  const score = memberScorer(model, vectorOf)
  const sum = new Float64Array(model.centre.length)
  for (const { prompt, chosen, rejected } of pairs) {
    for (const output of [chosen, rejected]) score(prompt, output).forEach((reward, member) => (sum[member]! += reward))
  }
  return sum.map((total) => total / (2 * pairs.length))
}
