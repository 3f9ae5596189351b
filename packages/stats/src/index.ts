export { StatsError, type StatsErrorCode } from './error.ts'
export { REASONS, type Estimate, type Interval, type Known, type Reason, type Undefined } from './result.ts'
export { growingList, type GrowingList } from './numeric/growing-list.ts'
export { seededRandom, type Random } from './numeric/random.ts'
export { normalCdf, normalPdf, normalQuantile } from './numeric/normal.ts'
export { chiSquareTails, gammaTails, logGamma } from './numeric/gamma.ts'
export { betaTails, fisherTails, studentTails } from './numeric/beta.ts'
export { betaQuantile, chiSquareQuantile, fisherQuantile, studentQuantile } from './numeric/quantile.ts'
export {
  bootstrapSums,
  clusterBootstrap,
  resampleValues,
  sampleQuantile,
  type BootstrapOptions,
  type ClusterBootstrap,
} from './numeric/bootstrap.ts'
export {
  encodeRatings,
  filterRatings,
  groupBy,
  ratingsBuilder,
  ratingsFromTable,
  type EncodeOptions,
  type Rating,
  type Ratings,
  type RatingsBuilder,
  type Value,
} from './agreement/ratings.ts'
export { intraRaterAlpha, krippendorffAlpha, type AlphaDetails, type AlphaOptions, type Level } from './agreement/krippendorff-alpha.ts'
export { agreementWeights, type WeightName } from './agreement/weight.ts'
export { cohenKappa, contingencyTable, scottPi, type CohenDetails, type CohenOptions } from './agreement/cohen-kappa.ts'
export { countTable, fleissKappa, randolphKappa, type FleissChance, type FleissDetails } from './agreement/fleiss-kappa.ts'
export { brennanPrediger, generalisedFleissKappa, gwetAC1, gwetAC2, type ChanceDetails, type ChanceOptions } from './agreement/gwet-ac.ts'
export { raterPairs, type RaterPair } from './agreement/rater-pairs.ts'
export { percentAgreement } from './agreement/percent-agreement.ts'
export { noiseCeiling, type CeilingDetails, type NoiseCeiling, type NoiseCeilingOptions } from './agreement/noise-ceiling.ts'
export { intraclassCorrelation, type IccDetails, type IccOptions } from './agreement/intraclass-correlation.ts'
export { kendallW, meanTauB, type KendallWDetails } from './agreement/kendall-w.ts'
export { kendallTauB, midranks } from './agreement/rank-correlation.ts'
export {
  groupMarks,
  marksBuilder,
  marksOverTokens,
  markTypes,
  type MarkRow,
  type MarkedItem,
  type MarkedText,
  type MarksBuilder,
  type Token,
} from './agreement/marks.ts'
export type { ItemWeights } from './agreement/item-weight.ts'
export { marksAlpha, type MarksAlphaDetails, type MarksAlphaOptions } from './agreement/marks-alpha.ts'
export { marksF1, type MarksF1, type MarksF1Options } from './agreement/marks-f1.ts'
export type { Consensus, FitOptions, NoConsensus, RaterReliability } from './consensus/consensus.ts'
export { majorityVote } from './consensus/majority.ts'
export { majorityMarks, type MajorityMarks, type MajorityMarksOptions, type MarkedStretch } from './consensus/majority-marks.ts'
export { dawidSkene, type DawidSkeneOptions } from './consensus/dawid-skene.ts'
export { oneCoin, type OneCoinOptions } from './consensus/one-coin.ts'
export { mace, type MaceConsensus, type MaceOptions } from './consensus/mace.ts'
export { glad, type GladConsensus } from './consensus/glad.ts'
export { normalConsensus, type NormalConsensus, type NormalConsensusOptions, type NormalRater } from './consensus/normal-consensus.ts'
export { sequentialTest, sequentialWatch, type SequentialTest, type SequentialTestOptions } from './gold/sequential-test.ts'
export { wilsonInterval, type ProportionDetails } from './inference/wilson-interval.ts'
export { sumByCluster, type ClusterSums } from './inference/cluster-sums.ts'
export { clusteredMean, clusteredProportion, type ClusteredDetails, type ClusterOptions } from './inference/clustered-mean.ts'
export {
  clusteredDifference,
  clusteredProportionDifference,
  type DifferenceDetails,
  type DifferenceOptions,
} from './inference/clustered-difference.ts'
export { twoWayClusteredMean, type TwoWayDetails } from './inference/two-way-clustered-mean.ts'
export { anytimeInterval, type AnytimeOptions } from './inference/anytime-interval.ts'
export { bettingInterval } from './inference/betting-interval.ts'
export { forecastCompletion, type CompletionDetails } from './inference/forecast-completion.ts'
export { benjaminiHochberg, type FalseDiscoveries } from './inference/benjamini-hochberg.ts'
export { minimumDetectableEffect, requiredClusters, type ComparisonPlan } from './inference/plan-comparison.ts'
export {
  comparisonsBuilder,
  encodeComparisons,
  OUTCOMES,
  type Comparison,
  type Comparisons,
  type ComparisonsBuilder,
  type Outcome,
} from './ranking/comparisons.ts'
export {
  bradleyTerry,
  eloScale,
  ratioDifference,
  strengthDifference,
  type BradleyTerryOptions,
  type ClusterName,
  type Effect,
  type NoRanking,
  type Ranking,
  type Strength,
  type TieRule,
} from './ranking/bradley-terry.ts'
export { controlByRater, positionByRater, type PositionByRater, type RaterPosition } from './ranking/position-by-rater.ts'
export { leaderFragility, type Fragility } from './ranking/leader-fragility.ts'
export { goldAccuracy, type GoldAccuracy, type GoldAnswer } from './gold/gold-accuracy.ts'
export { sequentialTestPower } from './gold/sequential-test-power.ts'
export { cumulativeSum, cumulativeSumRunLength, type CumulativeSum, type CumulativeSumOptions } from './gold/cumulative-sum.ts'
export { movingAverage, movingAverageRunLength, type MovingAverage, type MovingAverageOptions } from './gold/moving-average.ts'
export { drawUnit, type Draw, type DrawingPlan } from './sampling/draw-unit.ts'
export { effectiveSampleSize } from './sampling/effective-sample-size.ts'
export type { WeightedOptions } from './sampling/weighted-interval.ts'
export { hajekMean, horvitzThompsonMean, type HajekOptions, type InverseProbabilityDetails } from './sampling/inverse-probability.ts'
export { addWeightedMoments, hajekMeanOfMoments, weightedMomentsOf, type WeightedMoments } from './sampling/weighted-moments.ts'
export {
  postStratifiedMean,
  postStratifiedMeanOfMoments,
  type PostStratificationDetails,
  type PostStratum,
} from './sampling/post-stratification.ts'
export { rake, type Margin, type RakedWeights } from './sampling/raking.ts'
export {
  predictionPoweredMean,
  type JudgedSample,
  type PredictionPoweredDetails,
  type PredictionPoweredOptions,
  type ScoredTraffic,
} from './sampling/prediction-powered.ts'
export { coverageReport, type CoverageReport, type StratumCounts, type StratumCoverage } from './sampling/coverage-report.ts'
export { addMoments, clusteredMeanOfMoments, momentsOf, type ClusterMoments } from './inference/clustered-moments.ts'
export { encodeRankings, type RankedList, type Rankings } from './ranking/rankings.ts'
export { plackettLuce, type PlackettLuceOptions, type PlackettLuceRanking, type RankedStrength } from './ranking/plackett-luce.ts'
export { bestWorstRanking, bestWorstScores, type BestWorstChoice, type BestWorstScore } from './ranking/best-worst.ts'
export { averagedElo, elo, type AveragedEloRating, type EloOptions, type EloRating } from './ranking/elo.ts'
export { swapConsistency, type SwapConsistency } from './ranking/swap-consistency.ts'
export { crowdBradleyTerry, type CrowdBradleyTerryOptions, type CrowdRanking, type RaterQuality } from './ranking/crowd-bradley-terry.ts'
export { manyFacetRasch, type ItemMeasure, type RaschFit, type RaschOptions, type RaterSeverity } from './consensus/many-facet-rasch.ts'
export { ratingGroups } from './consensus/rating-groups.ts'
export { clusteredSlope, type SlopeDetails, type SlopeOptions } from './inference/clustered-slope.ts'
export { raterLeniency, type RaterLeniency } from './bias/leniency.ts'
export { centralTendency, type RaterExtremeness } from './bias/central-tendency.ts'
export { raterHalo, type CriterionRating, type RaterHalo } from './bias/halo.ts'
export {
  driftPerWeek,
  fatigueCourse,
  fatigueTrend,
  type Drift,
  type SittingOptions,
  type SittingStretch,
  type TimedJudgment,
  type TrendOptions,
} from './bias/trend.ts'
export { anchoring, type Anchoring, type PrelabelledJudgment } from './bias/anchoring.ts'
export { lengthHabit, type LengthHabit, type LengthRating } from './bias/length-habit.ts'
