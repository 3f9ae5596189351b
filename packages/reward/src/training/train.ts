import { RewardError } from '../error.ts'
import type { ReportCard } from '../evaluation/report-card.ts'
import type { Embedding } from '../features/embedding.ts'
import type { Judgment } from '../evidence.ts'
import type { RewardModel } from '../model/reward-model.ts'
import type { Pair } from '../pair.ts'
import { type Job, runJob } from './job.ts'
import { planTraining } from './plan.ts'
import { type Prepared, prepareTraining } from './prepare.ts'
import { arenaOf, shareSet } from './shared-set.ts'

export interface TrainOptions {
  /** Folds of the grouped cross-validation behind the report card, at least 2; 5 by default, fewer where there are fewer prompts. */
  folds?: number
  /** Seed of folds, members and the solver; 1 by default. The same pairs, options and seed give the same model. */
  seed?: number
  /** Models fitted to resampled prompts, whose spread is the reward's uncertainty; 5 by default, at least 2. */
  members?: number
  /** Whether ties train the model too; they do not by default, as where two outputs are equal their words rarely tell why. */
  ties?: boolean
  /** Judgments of single outputs, which train the model beside the pairs. */
  judgments?: readonly Judgment[]
  /** Whether character n-grams count beside words; up to 50,000 pairs by default. */
  characters?: boolean
  /** Vectors of all outputs, which count beside words; an `Embedder` brings them. */
  embedding?: Embedding
}

/** Options with their defaults. */
export type CheckedOptions = Required<Omit<TrainOptions, Optional>> & Pick<TrainOptions, Optional>
type Optional = 'characters' | 'embedding'

/** How far training has come: `step` of `steps`, and what is being done. */
export interface TrainProgress {
  step: number
  steps: number
  activity: 'features' | 'cross-validation' | 'fit'
}

export interface Trained {
  model: RewardModel
  card: ReportCard
}

/**
 * Fits a reward model to feedback of every kind and judges it on prompts it has not seen.
 *
 * The reward of an output is linear in its words and traits; the log-odds that one output is preferred to another is the difference of
 * their rewards. Rewards are centred on the training outputs, so that 0 is an average output.
 *
 * Misleads when used as the only target of a policy: surface words are easy to game. The card's verdict and warnings say how far to trust it.
 *
 * @param pairs Comparisons. The verdicts of models, and ties where they are asked for, train the model, but it is judged on the other pairs alone; identical or empty
 *   outputs, copies and pairs of weight zero are left out and counted on the card.
 * @throws RewardError `pairs` if no pair can be used or all belong to one prompt; `range` for an option outside its domain.
 *
 * Source: Bradley & Terry (1952), Biometrika 39, 324–345, doi:10.1093/biomet/39.3-4.324, with features and a ridge penalty; for feedback
 * of other kinds see `fitLikelihood`.
 */
export function trainRewardModel(
  pairs: readonly Pair[],
  options: TrainOptions = {},
  onProgress: (progress: TrainProgress) => void = () => {},
): Trained {
  const prepared = prepareTraining(pairs, checkedOptions(options))
  const { set, parts } = shareSet(prepared.set, 1)
  const arena = arenaOf(set, parts[0]!)
  const plan = planTraining(prepared)
  const report = reporter(prepared, onProgress)
  let turn = plan.next()
  while (turn.done !== true) {
    report.batch(turn.value.length)
    const results = turn.value.map((job) => {
      const result = runJob(set, job, arena)
      report.done(job)
      return result
    })
    turn = plan.next(results)
  }
  return turn.value
}

/** Tells how far training has come: the features, a first batch of jobs whose number it is told, and a second one whose number is known. */
export function reporter({ folds, options }: Prepared, onProgress: (progress: TrainProgress) => void) {
  let step = 0
  let steps = 0
  return {
    batch(jobs: number): void {
      if (steps > 0) return
      steps = 1 + jobs + folds + 1 + options.members
      onProgress({ step: (step += 1), steps, activity: 'features' })
    },
    done({ task }: Job): void {
      onProgress({ step: (step += 1), steps, activity: task === 'fit' ? 'fit' : 'cross-validation' })
    },
  }
}

/** Options with their defaults. @throws RewardError `range`. */
export function checkedOptions({
  folds = 5,
  seed = 1,
  members = 5,
  ties = false,
  judgments = [],
  characters,
  embedding,
}: TrainOptions): CheckedOptions {
  checkWhole('folds', folds, 2, 100)
  checkWhole('seed', seed, -(2 ** 31), 2 ** 31)
  checkWhole('members', members, 2, 100)
  return { folds, seed, members, ties, judgments, ...(characters !== undefined && { characters }), ...(embedding && { embedding }) }
}

function checkWhole(option: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RewardError('range', `${option}: expected a whole number from ${low} to ${high}, received ${value}.`)
}
