import {
  buildDataset,
  type BuiltDataset,
  type DatasetOptions,
  type Embedding,
  embeddingOf,
  evaluateRewardModel,
  type Judgment,
  loadRewardModel,
  type Pair,
  parsePairs,
  type ReportCard,
  RewardError,
  type SourceJudgment,
  type SourcePair,
  trainInParallel,
  type TrainOptions,
  type VectorTable,
  writeRewardModel,
} from '@plaudit/reward'
import { gunzipSync } from 'node:zlib'
import { parentPort, workerData } from 'node:worker_threads'
import type { ConsensusRow } from '../events/consensus-row.ts'
import { consensusOf } from '../quality/consensus.ts'
import type { JudgmentTable } from '../quality/judgment-table.ts'
import type { ComputeProgress } from './compute.ts'

/** Most text that a packed file may hold. */
const MOST_TEXT = 1_000_000_000

/** Fewer judgments are trained on before more threads are up. */
const WORTH_THREADS = 1_000

type DatasetInput = { pairs: SourcePair[]; judgments: SourceJudgment[]; file?: Uint8Array; group?: string; options: DatasetOptions }
type Training = { pairs: Pair[]; judgments: Judgment[] }
/** Of all outputs, where vectors count beside words. */
type Vectors = VectorTable | null

/** What can be computed beside requests. */
const tasks = {
  /** Rows of a data set from pairs, ratings and thumbs, and from a file of them where there is one. */
  dataset({ pairs, judgments, file, group, options }: DatasetInput): { built: BuiltDataset; skipped: { line: number; reason: string }[] } {
    const read = file === undefined ? { pairs: [], judgments: [], skipped: [] } : parsePairs(textOf(file), group)
    const rows = read.pairs.map((pair): SourcePair => ({ ...pair, source: pair.source ?? pair.strata?.['source'] ?? 'file' }))
    const rated = read.judgments.map((judgment): SourceJudgment => ({
      ...judgment,
      source: judgment.source ?? (judgment.levels === 2 ? 'thumb' : 'rating'),
    }))
    return { built: buildDataset([...pairs, ...rows], options, [...judgments, ...rated]), skipped: read.skipped.slice(0, 20) }
  },
  /** A model from the training side, with its card, and its card on the test side where there is one. */
  async train(
    {
      train,
      test,
      vectors,
      options,
      resumeFrom,
    }: { train: Training; test: Pair[]; vectors: Vectors; options: TrainOptions; resumeFrom: string },
    onProgress: (progress: ComputeProgress) => void,
  ): Promise<{ file: Uint8Array; test: ReportCard | null }> {
    const { pairs, judgments } = train
    const threads = pairs.length + judgments.length < WORTH_THREADS ? { workers: 1 } : {}
    const embedding = vectors === null ? undefined : embeddingOf(vectors)
    const { model } = await trainInParallel(
      pairs,
      { ...options, judgments, ...threads, ...(embedding && { embedding }), resumeFrom },
      ({ step, steps, activity }) => onProgress({ share: step / steps, activity }),
    )
    const file = writeRewardModel(model)
    return { file, test: judge(file, test, embedding) }
  },
  evaluate({ file, pairs, vectors }: { file: Uint8Array; pairs: Pair[]; vectors: Vectors }): { card: ReportCard } {
    return { card: evaluateRewardModel(loadRewardModel(file, vectors === null ? undefined : embeddingOf(vectors)), pairs) }
  },
  /** What several people together say about each item of a criterion. */
  consensus({ table, source }: { table: JudgmentTable; source: { watermark: string; computedAt: string } }): ConsensusRow[] | null {
    return consensusOf(table, source)
  },
}

type Tasks = typeof tasks
export type ComputeTask = keyof Tasks
export type ComputeInput<T extends ComputeTask> = Parameters<Tasks[T]>[0]
export type ComputeOutput<T extends ComputeTask> = Awaited<ReturnType<Tasks[T]>>

/** The card on held-out pairs; null where they are too few to have one. */
function judge(file: Uint8Array, pairs: readonly Pair[], embedding: Embedding | undefined): ReportCard | null {
  try {
    return evaluateRewardModel(loadRewardModel(file, embedding), pairs)
  } catch (error) {
    if (error instanceof RewardError && error.code === 'pairs') return null
    throw error
  }
}

function textOf(file: Uint8Array): string {
  const isPacked = file[0] === 0x1f && file[1] === 0x8b
  return Buffer.from(isPacked ? gunzipSync(file, { maxOutputLength: MOST_TEXT }) : file).toString('utf8')
}

const port = parentPort
if (port !== null) {
  const { task, input } = workerData as { task: ComputeTask; input: never }
  try {
    const result = await tasks[task](input, (progress) => port.postMessage({ progress }))
    port.postMessage({ result })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    port.postMessage({ error: { message, expected: error instanceof RewardError || isBadFile(error) } })
  }
}

/** A file that is not what it says: broken gzip, or text that is not JSON. */
function isBadFile(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error && /^Z_|ERR_BUFFER/.test(String(error.code)))
}
