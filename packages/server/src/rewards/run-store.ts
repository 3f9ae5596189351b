import type { VectorCost } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { LearningDatabase } from '../db/learning-schema.ts'
import type { Db } from '../db/schema.ts'

export type RunProgress = { share: number; activity: string }
export type RunRow = {
  id: string
  projectId: string
  kind: LearningDatabase['reward_run']['kind']
  state: LearningDatabase['reward_run']['state']
  datasetId: string
  modelId: string | null
  name: string
  options: Record<string, unknown>
  progress: RunProgress
  card: Record<string, unknown> | null
  vectors: VectorCost | null
  error: string | null
  createdBy: string
  createdAt: Date
  startedAt: Date | null
  updatedAt: Date
}
export type NewRun = Pick<RunRow, 'id' | 'projectId' | 'kind' | 'datasetId' | 'modelId' | 'name' | 'options' | 'createdBy'> & { now: Date }

/** Runs are listed up to here. */
const MOST_RUNS = 100

/** Trainings and judgments of models. */
export function runStore(db: Db) {
  const rows = () =>
    db
      .selectFrom('reward_run')
      .select([
        'id',
        'project_id as projectId',
        'kind',
        'state',
        'dataset_id as datasetId',
        'model_id as modelId',
        'name',
        'options',
        'progress',
        'card',
        'vectors',
        'error',
        'created_by as createdBy',
        'created_at as createdAt',
        'started_at as startedAt',
        'updated_at as updatedAt',
      ])

  async function add({ id, projectId, kind, datasetId, modelId, name, options, createdBy, now }: NewRun): Promise<void> {
    await db
      .insertInto('reward_run')
      .values({
        id,
        project_id: projectId,
        kind,
        state: 'queued',
        dataset_id: datasetId,
        model_id: modelId,
        name,
        options: JSON.stringify(options),
        progress: JSON.stringify({ share: 0, activity: 'waiting' }),
        created_by: createdBy,
        created_at: now,
        updated_at: now,
      })
      .execute()
  }

  /** The newest first. */
  const list = (projectId: string): Promise<RunRow[]> =>
    rows().where('project_id', '=', projectId).orderBy('created_at', 'desc').limit(MOST_RUNS).execute()

  async function byId(projectId: string, id: string): Promise<RunRow | undefined> {
    return rows().where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  }

  /** Runs that wait, and runs that nobody has reported on since a moment: whoever worked on them is gone. */
  const stranded = (since: Date): Promise<RunRow[]> =>
    rows()
      .where((when) => when.or([when('state', '=', 'queued'), when.and([when('state', '=', 'running'), when('updated_at', '<', since)])]))
      .execute()

  /** Takes a run to work on; undefined when it is done, cancelled, or at work elsewhere. */
  async function claim(id: string, now: Date, strandedSince: Date): Promise<RunRow | undefined> {
    const taken = await db
      .updateTable('reward_run')
      .set({ state: 'running', started_at: now, updated_at: now })
      .where('id', '=', id)
      .where((when) =>
        when.or([when('state', '=', 'queued'), when.and([when('state', '=', 'running'), when('updated_at', '<', strandedSince)])]),
      )
      .returning('id')
      .executeTakeFirst()
    return taken && rows().where('id', '=', id).executeTakeFirst()
  }

  /** Notes how far a run has come, and what its vectors took. False when it was cancelled meanwhile. */
  async function report(id: string, progress: RunProgress, vectors: VectorCost | null, now: Date): Promise<boolean> {
    const kept = await db
      .updateTable('reward_run')
      .set({ progress: JSON.stringify(progress), ...(vectors === null ? {} : { vectors: JSON.stringify(vectors) }), updated_at: now })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .returning('id')
      .executeTakeFirst()
    return kept !== undefined
  }

  type End = { state: 'done' | 'failed' | 'cancelled'; modelId?: string; card?: object; vectors?: VectorCost | null; error?: string }
  /** Ends a run that waits or is at work. */
  async function end(id: string, { state, modelId, card, vectors, error }: End, now: Date): Promise<void> {
    await db
      .updateTable('reward_run')
      .set({
        state,
        updated_at: now,
        ...(state === 'done' ? { progress: JSON.stringify({ share: 1, activity: 'done' }) } : {}),
        ...(modelId === undefined ? {} : { model_id: modelId }),
        ...(card === undefined ? {} : { card: JSON.stringify(card) }),
        ...(vectors ? { vectors: JSON.stringify(vectors) } : {}),
        ...(error === undefined ? {} : { error }),
      })
      .where('id', '=', id)
      .where(sql<boolean>`state IN ('queued', 'running')`)
      .execute()
  }

  return { add, list, byId, stranded, claim, report, end }
}
