export { RewardError, type RewardErrorCode } from './error.ts'
export type { Pair, ScoreItem } from './pair.ts'
export { plainText, type Turn } from './reading/message.ts'
export { parseTranscript } from './reading/transcript.ts'
export { parsePair } from './reading/parse-pair.ts'
export { parseQaFeedback } from './reading/qa-feedback.ts'
export { parseJsonLines, parsePairs, readPairs, readText, type PairFile } from './node/read-pairs.ts'
export { embedTexts, type Embeddings, type EmbeddingProvider, type EmbedOptions, type EmbedProgress } from './node/embed-texts.ts'
export type { FeatureOptions, VectorOf } from './features/specification.ts'
export type { Judgment } from './evidence.ts'
export { trainRewardModel, type Trained, type TrainOptions, type TrainProgress } from './training/train.ts'
export { trainInParallel, type ParallelOptions } from './node/train-in-parallel.ts'
export type { AuthorEvidence, Evidence, SourceEvidence } from './training/evidence-report.ts'
export { removalSentence, type Cleaning } from './training/clean-pairs.ts'
export { cardOfScores, evaluateRewardModel, isTrainedOn, outputsOf } from './evaluation/evaluate.ts'
export type { ReportCard } from './evaluation/report-card.ts'
export type { Calibration, ReliabilityBin } from './evaluation/calibration.ts'
export { loadRewardModel, readRewardModel, writeRewardModel } from './model/model-file.ts'
export type { AboutModel, RewardModel } from './model/reward-model.ts'
export { createScorer, type Score, type Scorer } from './model/scorer.ts'
export { readScoreRequest, type ScoreRequest } from './serving/contract.ts'
export type { BestOfN, BestOfPoint } from './evaluation/best-of-n.ts'
export type { Share } from './evaluation/clustered-share.ts'
export type { LearningCurve } from './evaluation/learning-curve.ts'
export type { Leakage } from './evaluation/leakage.ts'
export type { Stratum } from './evaluation/stratum.ts'
export type { TieScore } from './evaluation/tie-score.ts'
export { cardHtml, type CardTitle } from './evaluation/card-html.ts'
export { compareModels, type ComparedModel, type ModelComparison } from './evaluation/compare-models.ts'
export { explainReward, type Explanation, type PassageContribution } from './model/explain.ts'
export type { OutputScore } from './evaluation/output-score.ts'
export { buildDataset, type BuiltDataset, type DatasetOptions } from './dataset/build-dataset.ts'
export type { DatasetCard } from './dataset/dataset-card.ts'
export { trainingRows } from './dataset/training-rows.ts'
export { ratingScale, type RatingScale } from './reading/rating-scale.ts'
export { compareDatasets, type DatasetDiff } from './dataset/compare-datasets.ts'
export {
  type DatasetRow,
  isPairRow,
  judgmentIn,
  type JudgmentRow,
  type PairRow,
  type SourceJudgment,
  type SourcePair,
  type Split,
} from './dataset/dataset-row.ts'
export type { SplitOptions } from './dataset/split-rows.ts'
export { selectForReview, type Selected, type SelectionOptions } from './selection/select-for-review.ts'
