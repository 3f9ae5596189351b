import { ApiError, type RewardRun, type rewardRunInputSchema, type VectorCost } from '@plaudit/protocol'
import { cardOfScores, type DatasetRow, outputsOf, RewardError, trainingRows, type VectorTable } from '@plaudit/reward'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { datasetService } from '../datasets/service.ts'
import type { ServerContext } from '../http/context.ts'
import { compute, ComputeError } from '../jobs/compute.ts'
import { asOutputScores } from './endpoint.ts'
import { type RunProgress, type RunRow, runStore } from './run-store.ts'
import { rewardService } from './service.ts'

export const RUN_JOB = 'reward-run'
/** How often a run says that it is alive, and looks whether it was cancelled. */
const BEAT_MS = 1_000
/** How much of a run asking for vectors is taken to be. */
const VECTOR_SHARE = 0.2
/** A run that was silent for so long is nobody's. */
const STRANDED_MS = 15_000

export type RunService = ReturnType<typeof runService>
type Input = z.output<typeof rewardRunInputSchema>
class Cancelled extends Error {}
/** What a run that goes on tells, and what ends it. */
type Work = { signal: AbortSignal; onProgress: (progress: RunProgress) => void; onVectors: (cost: VectorCost) => void }

/** Trainings on data sets, and judgments of models by them: queued, worked on in a thread, shown as they go, cancelled, begun anew after a crash. */
export function runService(context: ServerContext) {
  const { db, jobs, clock } = context
  const store = runStore(db)
  const datasets = datasetService(context)
  const models = rewardService(context)
  const partsOf = (id: string) => join(context.config.dataDir, 'runs', id)

  /** @throws ApiError `not_found` for an unknown data set or model; `conflict` for a data set that is not ready, or vectors without an encoder. */
  async function start(projectId: string, input: Input, createdBy: string): Promise<RewardRun> {
    const dataset = await datasets.readyDataset(projectId, input.datasetId)
    const model = input.kind === 'evaluate' ? await models.getModel(projectId, input.modelId) : null
    if (input.kind === 'train' && input.vectors && context.embeddings.encoder === null) throw withoutEncoder()
    const { kind, datasetId, ...options } = input
    const id = uuidv7()
    const name = model === null && 'name' in input ? input.name : `${model?.name}@${model?.version} on ${dataset.name}@${dataset.version}`
    await store.add({ id, projectId, kind, datasetId, modelId: model?.id ?? null, name, options, createdBy, now: clock() })
    await jobs.enqueue(RUN_JOB, { id }, { key: id })
    return getRun(projectId, id)
  }

  async function listRuns(projectId: string): Promise<RewardRun[]> {
    return (await store.list(projectId)).map(viewOf)
  }

  /** @throws ApiError `not_found`. */
  async function getRun(projectId: string, id: string): Promise<RewardRun> {
    const row = await store.byId(projectId, id)
    if (row === undefined) throw new ApiError('not_found', `There is no run ${id} in this project.`)
    return viewOf(row)
  }

  /** Ends a run within a second; nothing is kept of it. @throws ApiError `not_found`. */
  async function cancel(projectId: string, id: string): Promise<RewardRun> {
    await getRun(projectId, id)
    await store.end(id, { state: 'cancelled' }, clock())
    return getRun(projectId, id)
  }

  /** Works on a run, unless somebody does or it is over. */
  async function work(id: string): Promise<void> {
    const now = clock()
    const run = await store.claim(id, now, new Date(now.getTime() - STRANDED_MS))
    if (run === undefined) return
    const aborted = new AbortController()
    let progress: RunProgress = { share: 0, activity: 'reading rows' }
    let vectors: VectorCost | null = null
    const beat = setInterval(() => {
      store.report(id, progress, vectors, clock()).then(
        (isWanted) => isWanted || aborted.abort(new Cancelled()),
        (error: unknown) => context.log.warn({ err: error, run: id }, 'the progress of a run could not be noted'),
      )
    }, BEAT_MS)
    const work: Work = {
      signal: aborted.signal,
      onProgress: (next) => (progress = next),
      // What an attempt that a crash broke off took is still spent.
      onVectors: (cost) => (vectors = sumOf(run.vectors, cost)),
    }
    try {
      const rows = await datasets.allRows(run.projectId, run.datasetId)
      const end = run.kind === 'train' ? await train(run, rows, work) : await evaluate(run, rows, work)
      await store.end(id, { state: 'done', vectors, ...end }, clock())
    } catch (error) {
      if (error instanceof Cancelled) return
      const isTold = error instanceof ComputeError || error instanceof ApiError || error instanceof RewardError
      if (!isTold) context.log.error({ err: error, run: id }, 'a run failed')
      await store.end(
        id,
        { state: 'failed', vectors, error: isTold ? error.message : 'Something went wrong; the log of the server says what.' },
        clock(),
      )
    } finally {
      clearInterval(beat)
      await rm(partsOf(id), { recursive: true, force: true })
    }
  }

  async function train(run: RunRow, rows: readonly DatasetRow[], work: Work) {
    const { folds, members, seed, vectors: asks } = run.options as { folds: number; members: number; seed: number; vectors?: boolean }
    const learnt = trainingRows(rows, ['train', 'validation'])
    // Models are judged on comparisons alone.
    const { pairs: held } = trainingRows(rows, ['test'])
    // Finished parts are kept until the run is over, so that one that a crash broke off goes on where it was.
    const outputs = [
      ...[...learnt.pairs, ...held].flatMap(({ chosen, rejected }) => [chosen, rejected]),
      ...learnt.judgments.map(({ output }) => output),
    ]
    const vectors = asks === true ? await tableOf(run, outputs, work) : null
    const input = { train: learnt, test: held, vectors, options: { folds, members, seed }, resumeFrom: partsOf(run.id) }
    const begin = vectors === null ? 0 : VECTOR_SHARE
    const result = await compute('train', input, {
      onProgress: ({ share, activity }) => work.onProgress({ share: begin + (1 - begin) * share, activity }),
      signal: work.signal,
    })
    const { id, name, version, checksum } = await datasets.getDataset(run.projectId, run.datasetId)
    const { id: modelId } = await models.registerModel(run.projectId, run.name, result.file, run.createdBy, {
      dataset: { id, name, version, checksum },
      test: result.test,
    })
    return { modelId }
  }

  /** The vectors of a run's outputs, for another thread. After a failure they are kept: the next run asks only for what is missing. */
  async function tableOf(run: RunRow, outputs: readonly string[], { signal, onProgress, onVectors }: Work): Promise<VectorTable> {
    const model = context.embeddings.encoder
    if (model === null) throw withoutEncoder()
    const vectors = await models.vectorsOf(run.projectId, outputs, {
      signal,
      onProgress({ done, of, texts, requests, tokens, costUsd }) {
        onProgress({ share: (VECTOR_SHARE * done) / of, activity: 'asking for vectors' })
        onVectors({ model, texts, requests, tokens, costUsd })
      },
    })
    return vectors!.table
  }

  async function evaluate(run: RunRow, rows: readonly DatasetRow[], work: Work) {
    const { onProgress, signal } = work
    if (run.modelId === null) throw new ApiError('not_found', 'The model is gone.')
    const { pairs } = trainingRows(rows, ['test'])
    if (pairs.length === 0)
      throw new ApiError('unprocessable', 'The data set has no comparisons on its test side: make a version with some.')
    const model = await models.rowOf(run.projectId, run.modelId)
    if (model.endpoint === null) {
      const { features } = (await models.scorers.scorerOf(model)).model
      const outputs = outputsOf(pairs).map(({ output }) => output)
      const vectors = features.embedding === null ? null : await tableOf(run, outputs, work)
      onProgress({ share: VECTOR_SHARE, activity: 'scoring' })
      const { card } = await compute('evaluate', { file: await models.fileOf(model.id), pairs, vectors }, { signal })
      return { card }
    }
    const items = outputsOf(pairs)
    const scores = await models.scorers.score(model, items, {
      signal,
      onProgress: (done) => onProgress({ share: done / items.length, activity: `asking ${new URL(model.endpoint!.url).host}` }),
    })
    const card = cardOfScores(pairs, asOutputScores(scores))
    const { id, name, version, checksum } = await datasets.getDataset(run.projectId, run.datasetId)
    await models.setReport(model, card, { dataset: { id, name, version, checksum } })
    return { card }
  }

  /** Picks up what a crash left behind. Called now and then by whoever works. */
  async function catchUp(): Promise<void> {
    for (const { id } of await store.stranded(new Date(clock().getTime() - STRANDED_MS)))
      await jobs.enqueue(RUN_JOB, { id }, { key: `${id} ${Math.floor(clock().getTime() / STRANDED_MS)}` })
  }

  return { start, listRuns, getRun, cancel, work, catchUp }
}

function withoutEncoder(): ApiError {
  return new ApiError(
    'conflict',
    'This server has no encoder for vectors: name one in PLAUDIT_EMBEDDINGS when it starts, or use words alone.',
  )
}

function sumOf(before: VectorCost | null, cost: VectorCost): VectorCost {
  if (before === null) return cost
  return {
    model: cost.model,
    texts: before.texts + cost.texts,
    requests: before.requests + cost.requests,
    tokens: before.tokens + cost.tokens,
    costUsd: before.costUsd === null ? cost.costUsd : before.costUsd + (cost.costUsd ?? 0),
  }
}

function viewOf(row: RunRow): RewardRun {
  const { projectId: _, options: __, createdAt, startedAt, updatedAt, ...rest } = row
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
  }
}
