import type { RewardBackfill, RewardEndpoint, RewardModelState } from '@plaudit/protocol'
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
  /** Where it is served, with its sealed key; null for a model of ours. */
  endpoint: RewardEndpoint | null
  endpointKey: string | null
  sampleRate: number
  activatedAt: Date | null
  scoredTo: Date | null
  backfill: (RewardBackfill & { cursor: BackfillCursor | null }) | null
  createdBy: string
  createdAt: Date
}

export type NewModel = Pick<ModelRow, 'id' | 'projectId' | 'name' | 'report' | 'training' | 'createdBy'> &
  ({ file: Uint8Array } | { endpoint: RewardEndpoint; endpointKey: string | null })

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
        'endpoint',
        'endpoint_key as endpointKey',
        'sample_rate as sampleRate',
        'activated_at as activatedAt',
        'scored_to as scoredTo',
        'backfill',
        'created_by as createdBy',
        'created_at as createdAt',
        sql<number>`coalesce(octet_length(file), 0)`.as('bytes'),
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
    if (row.file === null) throw new Error(`the reward model ${id} is served elsewhere and has no file`)
    return row.file
  }

  /** Adds the next version of a name, archived. */
  async function add(model: NewModel): Promise<void> {
    const { id, projectId, name, report, training, createdBy } = model
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
          file: 'file' in model ? model.file : null,
          ...('endpoint' in model ? { endpoint: JSON.stringify(model.endpoint), endpoint_key: model.endpointKey } : {}),
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
        .set({ state, ...(begins ? { scored_to: now } : {}), ...(state === 'active' ? { activated_at: now } : {}) })
        .where('id', '=', id)
        .execute()
      const detail = { from: model.state, to: state, ...(replaced === undefined ? {} : { replaced: replaced.id }) }
      await audit(tx, { projectId, actor, action: 'reward_model.set_state', subject: id, detail })
    })
  }

  async function setSampleRate(id: string, rate: number): Promise<void> {
    await db.updateTable('reward_model').set({ sample_rate: rate }).where('id', '=', id).execute()
  }

  /** The report card of a model that is served elsewhere, and what it was judged on. */
  async function setReport(id: string, report: Record<string, unknown>, training: Record<string, unknown>): Promise<void> {
    await db
      .updateTable('reward_model')
      .set({ report: JSON.stringify(report), training: JSON.stringify(training) })
      .where('id', '=', id)
      .where('endpoint', 'is not', null)
      .execute()
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

  return { list, byId, byName, active, atWork, file, add, setState, setSampleRate, setReport, setScoredTo, setBackfill }
}

type AuditEntry = { projectId: string; actor: string; action: string; subject: string; detail: Record<string, unknown> }

async function audit(tx: Queryable, { projectId, actor, action, subject, detail }: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({ id: sql<string>`gen_random_uuid()`, project_id: projectId, actor, action, subject, detail: JSON.stringify(detail) })
    .execute()
}
