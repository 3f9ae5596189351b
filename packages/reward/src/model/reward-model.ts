import type { ReportCard } from '../evaluation/report-card.ts'
import type { FeatureOptions } from '../features/specification.ts'
import type { TraitScaling } from '../features/standardise.ts'
import type { Choice } from '../training/choose-penalty.ts'
import type { Evidence } from '../training/evidence-report.ts'

/** How a model came about. */
export interface AboutModel {
  /** Hash of the feature specification: another one cannot use these weights. */
  specification: string
  /** Fingerprint of the training pairs. */
  trainingSet: string
  seed: number
  penalty: number
  temperature: number
  /** What length counts by itself, beside words and traits; 0 where held-out prompts do not show that it does. */
  lengthBoost: number
  /** Held-out log-loss of each penalty tried. */
  tried: Choice['tried']
  /** Log-odds per unit of log length of the length-only baseline. */
  lengthSlope: number
  /** What each kind of feedback was worth, and how far each author can be relied on. */
  evidence: Evidence
  card: ReportCard
}

/** A trained reward model: a main fit and its members, linear in words and traits. */
export interface RewardModel {
  about: AboutModel
  /** Number of members beside the main fit. */
  members: number
  /** What turns an output into numbers. */
  features: FeatureOptions
  /** The bucket of each column before the traits. */
  bucketOf: Int32Array
  /** Columns × (1 + members): the main fit's weight, then each member's; the last columns are the traits. */
  weights: Float32Array
  scaling: TraitScaling
  /** Mean reward of the training outputs, of the main fit and each member. */
  centre: Float64Array
  /** Hashes of the training prompts, ascending. */
  promptHashes: Uint32Array
}

/** What a score is computed from. */
export type ScoringWeights = Pick<RewardModel, 'features' | 'bucketOf' | 'weights' | 'scaling' | 'centre'>
