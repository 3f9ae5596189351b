import {
  ApiError,
  type Message,
  messageText,
  type RewardBackfillInput,
  type RewardModel,
  type RewardModelState,
  type RewardScore,
  type RewardScoreInput,
} from '@plaudit/protocol'
import { readRewardModel, RewardError, type RewardModel as ModelFile } from '@plaudit/reward'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'
import { modelScorers } from './scorers.ts'
import { scorableSpanStore } from './span-store.ts'
import { type ModelRow, rewardStore } from './store.ts'

export type RewardService = ReturnType<typeof rewardService>

/** Reward models of a project: kept with their report cards, put to work by a person, and asked for scores. */
export function rewardService({ db, events, clock }: { db: Db; events: EventStore; clock: () => Date }) {
  const store = rewardStore(db)
  const spans = scorableSpanStore(events)
  const scorers = modelScorers(store.file)

  /**
   * Registers a model file as the next version of a name, archived.
   * @throws ApiError `invalid_argument` for bytes that are no model, are cut short or belong to another feature specification.
   */
  async function registerModel(projectId: string, name: string, file: Uint8Array, createdBy: string): Promise<RewardModel> {
    const { card, ...training } = readModelFile(file).about
    const id = uuidv7()
    await store.add({ id, projectId, name, file, report: { ...card }, training: { ...training }, createdBy })
    return getModel(projectId, id)
  }

  async function listModels(projectId: string): Promise<RewardModel[]> {
    return (await store.list(projectId)).map(viewOf)
  }

  async function rowOf(projectId: string, id: string): Promise<ModelRow> {
    const row = await store.byId(projectId, id)
    if (row === undefined) throw new ApiError('not_found', `There is no reward model ${id} in this project.`)
    return row
  }

  /** @throws ApiError `not_found`. */
  async function getModel(projectId: string, id: string): Promise<RewardModel> {
    return viewOf(await rowOf(projectId, id))
  }

  /** The model's file and what to call it. @throws ApiError `not_found`. */
  async function modelFile(projectId: string, id: string): Promise<{ file: Uint8Array; fileName: string }> {
    const row = await rowOf(projectId, id)
    return { file: await store.file(id), fileName: `${row.name}-${row.version}.plaudit-reward` }
  }

  /** Puts a model to work or to rest; the one active before is archived. @throws ApiError `not_found`. */
  async function setState(projectId: string, id: string, state: RewardModelState, actor: string): Promise<RewardModel> {
    const row = await rowOf(projectId, id)
    if (row.state !== state) await store.setState(row, state, actor, clock())
    return getModel(projectId, id)
  }

  /**
   * Scores outputs with a named model or the active one.
   * @throws ApiError `not_found` when there is no such model, or none is named and none is active.
   */
  async function score(projectId: string, { model: wanted, items }: RewardScoreInput): Promise<RewardScore> {
    const row = await modelFor(projectId, wanted)
    const model = modelKey(row)
    const scores = await scorers.score(
      row.id,
      items.map(({ input, output }) => ({ input: textOf(input), output: textOf(output) })),
    )
    return { items: scores.map(({ reward, std }) => ({ reward, std, model })) }
  }

  async function modelFor(projectId: string, wanted: string | undefined): Promise<ModelRow> {
    if (wanted === undefined) {
      const active = await store.active(projectId)
      if (active === undefined)
        throw new ApiError('not_found', 'No reward model is active in this project: name one as "name@version", or make one active.')
      return active
    }
    const [, name, version] = /^(.*?)(?:@(\d{1,9}))?$/.exec(wanted) ?? []
    const row = z.uuid().safeParse(wanted).success
      ? await store.byId(projectId, wanted.toLowerCase())
      : await store.byName(projectId, name ?? wanted, version === undefined ? null : Number(version))
    if (row === undefined) throw new ApiError('not_found', `There is no reward model ${wanted} in this project.`)
    return row
  }

  /**
   * Begins the scoring of stored generations with a model; its progress is on the model. Spans that the model has scored are passed over.
   * @throws ApiError `conflict` while a run of this model is under way.
   */
  async function startBackfill(projectId: string, id: string, { from, to }: RewardBackfillInput): Promise<RewardModel> {
    const row = await rowOf(projectId, id)
    if (row.backfill?.state === 'running')
      throw new ApiError('conflict', 'This model is already scoring stored spans; stop that run first.')
    const now = clock().toISOString()
    const end = to ?? now
    const count = await spans.count(projectId, from === undefined ? 0 : Date.parse(from), Date.parse(end))
    const progress = { spans: count, passed: 0, scored: 0, startedAt: now, updatedAt: now }
    await store.setBackfill(id, { state: 'running', from: from ?? null, to: end, ...progress, cursor: null })
    return getModel(projectId, id)
  }

  /** Ends a run early; what was scored stays. @throws ApiError `not_found`. */
  async function stopBackfill(projectId: string, id: string): Promise<RewardModel> {
    const { backfill } = await rowOf(projectId, id)
    if (backfill?.state === 'running') await store.setBackfill(id, { ...backfill, state: 'stopped' })
    return getModel(projectId, id)
  }

  return { registerModel, listModels, getModel, modelFile, setState, score, startBackfill, stopBackfill }
}

/** How a model is named as the author of its scores. */
export function modelKey({ name, version }: Pick<ModelRow, 'name' | 'version'>): string {
  return `${name}@${version}`
}

function viewOf(row: ModelRow): RewardModel {
  const { id, name, version, state, createdBy, bytes, report, training, createdAt } = row
  const backfill = row.backfill && { ...row.backfill, cursor: undefined }
  return { id, name, version, state, createdAt: createdAt.toISOString(), createdBy, bytes, report, training, backfill }
}

function readModelFile(file: Uint8Array): ModelFile {
  try {
    return readRewardModel(file)
  } catch (cause) {
    if (cause instanceof RewardError) throw new ApiError('invalid_argument', cause.message, { cause })
    throw cause
  }
}

function textOf(value: string | Message[]): string {
  return typeof value === 'string' ? value : messageText(value)
}
