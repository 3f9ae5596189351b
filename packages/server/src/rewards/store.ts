import type { RewardBackfill, RewardModelState } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { BackfillCursor, Db, Queryable } from '../db/schema.ts'

/** A registered model without its file. */
export type ModelRow = {
  id: string
  projectId: string
  name: string
  version: number
  state: RewardModelState
  bytes: number
  report: Record<string, unknown>
  training: Record<string, unknown>
  scoredTo: Date | null
  backfill: (RewardBackfill & { cursor: BackfillCursor | null }) | null
  createdBy: string
  createdAt: Date
}

export type NewModel = Pick<ModelRow, 'id' | 'projectId' | 'name' | 'report' | 'training' | 'createdBy'> & { file: Uint8Array }

/** The registry of reward models. */
export function rewardStore(db: Db) {
  const rows = (from: Queryable = db) =>
    from
      .selectFrom('reward_model')
      .select([
        'id',
        'project_id as projectId',
        'name',
        'version',
        'state',
        'report',
        'training',
        'scored_to as scoredTo',
        'backfill',
        'created_by as createdBy',
        'created_at as createdAt',
        sql<number>`octet_length(file)`.as('bytes'),
      ])

  /** Every version, newest first. */
  const list = (projectId: string): Promise<ModelRow[]> =>
    rows().where('project_id', '=', projectId).orderBy('created_at', 'desc').orderBy('version', 'desc').execute()

  async function byId(projectId: string, id: string): Promise<ModelRow | undefined> {
    return rows().where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  }

  /** The version of a name, or its newest one. */
  async function byName(projectId: string, name: string, version: number | null): Promise<ModelRow | undefined> {
    const named = rows().where('project_id', '=', projectId).where('name', '=', name)
    return (version === null ? named.orderBy('version', 'desc') : named.where('version', '=', version)).limit(1).executeTakeFirst()
  }

  async function active(projectId: string): Promise<ModelRow | undefined> {
    return rows().where('project_id', '=', projectId).where('state', '=', 'active').executeTakeFirst()
  }

  /** Models of all projects that score new spans, or have a run over stored ones to do. */
  const atWork = (): Promise<ModelRow[]> =>
    rows()
      .where((when) => when.or([when('state', '!=', 'archived'), when(sql<string>`backfill ->> 'state'`, '=', 'running')]))
      .execute()

  async function file(id: string): Promise<Uint8Array> {
    const row = await db.selectFrom('reward_model').select('file').where('id', '=', id).executeTakeFirstOrThrow()
    return row.file
  }

  /** Adds the next version of a name, archived. */
  async function add({ id, projectId, name, file, report, training, createdBy }: NewModel): Promise<void> {
    await db.transaction().execute(async (tx) => {
      // One project's versions are numbered one after the other, also by two requests at once.
      await tx.selectFrom('project').select('id').where('id', '=', projectId).forUpdate().execute()
      const last = await tx
        .selectFrom('reward_model')
        .select('version')
        .where('project_id', '=', projectId)
        .where('name', '=', name)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      const version = (last?.version ?? 0) + 1
      await tx
        .insertInto('reward_model')
        .values({
          id,
          project_id: projectId,
          name,
          version,
          state: 'archived',
          file,
          report: JSON.stringify(report),
          training: JSON.stringify(training),
          created_by: createdBy,
        })
        .execute()
      await audit(tx, { projectId, actor: createdBy, action: 'reward_model.register', subject: id, detail: { name, version } })
    })
  }

  /**
   * Puts a model in a state. An active model makes way for the next one and is archived. A model that was archived scores new spans from `now`
   * on; one that was at work keeps its place.
   */
  async function setState(model: ModelRow, state: RewardModelState, actor: string, now: Date): Promise<void> {
    const { id, projectId } = model
    await db.transaction().execute(async (tx) => {
      await tx.selectFrom('project').select('id').where('id', '=', projectId).forUpdate().execute()
      const replaced =
        state === 'active'
          ? await tx
              .updateTable('reward_model')
              .set({ state: 'archived' })
              .where('project_id', '=', projectId)
              .where('state', '=', 'active')
              .where('id', '!=', id)
              .returning('id')
              .executeTakeFirst()
          : undefined
      const begins = model.state === 'archived' && state !== 'archived'
      await tx
        .updateTable('reward_model')
        .set({ state, ...(begins ? { scored_to: now } : {}) })
        .where('id', '=', id)
        .execute()
      const detail = { from: model.state, to: state, ...(replaced === undefined ? {} : { replaced: replaced.id }) }
      await audit(tx, { projectId, actor, action: 'reward_model.set_state', subject: id, detail })
    })
  }

  async function setScoredTo(id: string, time: Date): Promise<void> {
    await db.updateTable('reward_model').set({ scored_to: time }).where('id', '=', id).execute()
  }

  async function setBackfill(id: string, backfill: NonNullable<ModelRow['backfill']>): Promise<void> {
    await db
      .updateTable('reward_model')
      .set({ backfill: JSON.stringify(backfill) })
      .where('id', '=', id)
      .execute()
  }

  return { list, byId, byName, active, atWork, file, add, setState, setScoredTo, setBackfill }
}

type AuditEntry = { projectId: string; actor: string; action: string; subject: string; detail: Record<string, unknown> }

async function audit(tx: Queryable, { projectId, actor, action, subject, detail }: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({ id: sql<string>`gen_random_uuid()`, project_id: projectId, actor, action, subject, detail: JSON.stringify(detail) })
    .execute()
}
