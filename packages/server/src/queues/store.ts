import type { Queue, QueueItem, QueueProgress, QueueSettings, SamplingPlan, Target } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { Db, Queryable } from '../db/schema.ts'
import { storedSettings } from './stored-settings.ts'

/** A queue as it is stored, with the newest versions of what it refers to. */
export type QueueRow = {
  id: string
  projectId: string
  name: string
  itemKind: Queue['itemKind']
  rubricId: string
  rubricVersion: number
  guidelineId: string | null
  guidelineVersion: number | null
  overlap: number
  settings: QueueSettings
  state: Queue['state']
  createdAt: Date
}

/** An item to insert. */
export type NewItem = {
  id: string
  target: Target
  targetKey: string
  priority: number
  position: number
  gold: Record<string, unknown> | null
  stratum: string | null
  inclusionProbability: number | null
  plan: SamplingPlan | null
  planVersion: string | null
  preview: string
}

type ItemRow = {
  id: string
  queue_id: string
  target: Target
  state: QueueItem['state']
  priority: number
  judged: number
  gold: Record<string, unknown> | null
  stratum: string | null
  inclusion_probability: number | null
  plan_version: string | null
  preview: string
  created_at: Date
  skips: { reason: string; n: number }[]
}

/** Reads and writes of queues and their items, as leads see them. Leases are in `lease-store.ts`. */
export function queueStore(db: Db) {
  const queues = (tx: Queryable) =>
    tx
      .selectFrom('queue')
      .innerJoin('document as rubric', 'rubric.id', 'queue.rubric_id')
      .leftJoin('document as guideline', 'guideline.id', 'queue.guideline_id')
      .select([
        'queue.id',
        'queue.project_id as projectId',
        'queue.name',
        'queue.item_kind as itemKind',
        'queue.rubric_id as rubricId',
        'rubric.newest as rubricVersion',
        'queue.guideline_id as guidelineId',
        'guideline.newest as guidelineVersion',
        'queue.overlap',
        'queue.settings',
        'queue.state',
        'queue.created_at as createdAt',
      ])

  async function byId(id: string): Promise<QueueRow | null> {
    const row = await queues(db).where('queue.id', '=', id).executeTakeFirst()
    return row === undefined ? null : decodeQueue(row)
  }

  /** Queues of a project, newest first, after a position. */
  const page = async (projectId: string, afterId: string | null, limit: number): Promise<QueueRow[]> => {
    const query = queues(db).where('queue.project_id', '=', projectId)
    const rows = await (afterId === null ? query : query.where('queue.id', '<', afterId)).orderBy('queue.id', 'desc').limit(limit).execute()
    return rows.map(decodeQueue)
  }

  /** A standing rule begins now: it looks at what arrives from here on. */
  async function insert(
    queue: Omit<QueueRow, 'rubricVersion' | 'guidelineVersion' | 'createdAt'> & { createdBy: string },
    now: Date,
  ): Promise<void> {
    await db
      .insertInto('queue')
      .values({
        id: queue.id,
        project_id: queue.projectId,
        name: queue.name,
        item_kind: queue.itemKind,
        rubric_id: queue.rubricId,
        guideline_id: queue.guidelineId,
        overlap: queue.overlap,
        settings: JSON.stringify(queue.settings),
        state: queue.state,
        rule_from: queue.settings.rule === null ? null : now,
        created_by: queue.createdBy,
      })
      .execute()
  }

  /** Changes a queue. Another overlap opens or closes places of every item that is not gold; items with enough judgments are done. */
  async function update(queue: QueueRow, now: Date): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const { overlap } = await tx.selectFrom('queue').select('overlap').where('id', '=', queue.id).forUpdate().executeTakeFirstOrThrow()
      await tx
        .updateTable('queue')
        .set({
          name: queue.name,
          rubric_id: queue.rubricId,
          guideline_id: queue.guidelineId,
          overlap: queue.overlap,
          settings: JSON.stringify(queue.settings),
          state: queue.state,
          // A rule that is changed goes on where it was; a new one begins now.
          rule_from: queue.settings.rule === null ? null : sql<Date>`coalesce(rule_from, ${now})`,
        })
        .where('id', '=', queue.id)
        .execute()
      if (overlap === queue.overlap) return
      await sql`
        UPDATE queue_item i SET
          slots_open = greatest(0, ${queue.overlap} - judged - (SELECT count(*) FROM assignment a WHERE a.item_id = i.id AND a.state = 'leased')),
          state = CASE WHEN state IN ('open', 'done') THEN CASE WHEN judged >= ${queue.overlap} THEN 'done' ELSE 'open' END ELSE state END
        WHERE queue_id = ${queue.id} AND gold IS NULL`.execute(tx)
    })
  }

  /** Progress by queue. Gold items are work for people, not of the queue, and are left out. */
  async function progress(queueIds: readonly string[]): Promise<Map<string, QueueProgress>> {
    if (queueIds.length === 0) return new Map()
    const { rows } = await sql<{
      queue_id: string
      items: number
      done: number
      leased: number
      needs_lead: number
      judgments: number
      needed: number
    }>`
      SELECT q.id AS queue_id, count(i.id)::int AS items, count(i.id) FILTER (WHERE i.state = 'done')::int AS done,
        count(i.id) FILTER (WHERE i.state = 'needs_lead')::int AS needs_lead,
        coalesce(sum(i.judged), 0)::int AS judgments, (count(i.id) * q.overlap)::int AS needed,
        (SELECT count(DISTINCT a.item_id) FROM assignment a WHERE a.queue_id = q.id AND a.state = 'leased')::int AS leased
      FROM queue q LEFT JOIN queue_item i ON i.queue_id = q.id AND i.gold IS NULL AND i.state <> 'removed'
      WHERE q.id = ANY(${queueIds}::uuid[]) GROUP BY q.id, q.overlap`.execute(db)
    return new Map(
      rows.map((row) => [
        row.queue_id,
        {
          items: row.items,
          done: row.done,
          open: row.items - row.done,
          leased: row.leased,
          needsLead: row.needs_lead,
          judgments: row.judgments,
          judgmentsNeeded: row.needed,
        },
      ]),
    )
  }

  /** Adds items and returns the ids of those that were not in the queue yet. One statement however many there are. */
  async function insertItems(queueId: string, overlap: number, items: readonly NewItem[]): Promise<Set<string>> {
    if (items.length === 0) return new Set()
    const { rows } = await sql<{ id: string }>`
      INSERT INTO queue_item (id, queue_id, target, target_key, priority, position, slots_open, gold, stratum, inclusion_probability, plan, plan_version, preview)
      SELECT id, ${queueId}, target, "targetKey", priority, position, ${overlap}, gold, stratum, "inclusionProbability", plan, "planVersion", preview
      FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS x(id uuid, target jsonb, "targetKey" text, priority int, position double precision,
        gold jsonb, stratum text, "inclusionProbability" double precision, plan jsonb, "planVersion" text, preview text)
      ON CONFLICT (queue_id, target_key) DO NOTHING RETURNING id`.execute(db)
    return new Set(rows.map(({ id }) => id))
  }

  /** Place of the next item of a queue that is worked in the order of arrival. */
  async function nextPosition(queueId: string): Promise<number> {
    const row = await db
      .selectFrom('queue_item')
      .select(({ fn }) => fn.max('position').as('last'))
      .where('queue_id', '=', queueId)
      .executeTakeFirst()
    return Math.floor(row?.last ?? 0) + 1
  }

  async function itemPage(
    queueId: string,
    filter: {
      state?: string | undefined
      gold?: 'true' | 'false' | undefined
      traceId?: string | undefined
      afterId: string | null
      limit: number
    },
  ): Promise<QueueItem[]> {
    const { rows } = await sql<ItemRow>`
      SELECT i.id, i.queue_id, i.target, i.state, i.priority, i.judged, i.gold, i.stratum, i.inclusion_probability, i.plan_version, i.preview, i.created_at,
        coalesce((SELECT jsonb_agg(jsonb_build_object('reason', s.skip_reason, 'n', s.n) ORDER BY s.skip_reason) FROM (
          SELECT skip_reason, count(*) AS n FROM assignment a WHERE a.item_id = i.id AND a.state = 'skipped' GROUP BY skip_reason) s), '[]') AS skips
      FROM queue_item i
      WHERE i.queue_id = ${queueId} AND (${filter.state ?? null}::text IS NULL OR i.state = ${filter.state ?? null})
        AND (${filter.gold ?? null}::text IS NULL OR (i.gold IS NOT NULL) = (${filter.gold ?? null}::text = 'true'))
        AND (${filter.traceId ?? null}::text IS NULL OR i.target @> jsonb_build_object('traceId', ${filter.traceId ?? null}::text)
          OR i.target @> jsonb_build_object('outputs', jsonb_build_array(jsonb_build_object('traceId', ${filter.traceId ?? null}::text))))
        AND (${filter.afterId}::uuid IS NULL OR i.id > ${filter.afterId}::uuid)
      ORDER BY i.id LIMIT ${filter.limit}`.execute(db)
    return rows.map(decodeItem)
  }

  async function itemById(queueId: string, id: string): Promise<{ item: QueueItem; gold: Record<string, unknown> | null } | null> {
    const row = await db.selectFrom('queue_item').selectAll().where('queue_id', '=', queueId).where('id', '=', id).executeTakeFirst()
    return row === undefined ? null : { item: decodeItem({ ...row, skips: [] }), gold: row.gold }
  }

  async function setItemState(queueId: string, id: string, state: 'open' | 'removed'): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      UPDATE queue_item i SET state = CASE WHEN ${state} = 'open' AND judged >= (SELECT overlap FROM queue q WHERE q.id = i.queue_id)
        THEN 'done' ELSE ${state} END
      WHERE queue_id = ${queueId} AND id = ${id} RETURNING id`.execute(db)
    return rows.length === 1
  }

  /**
   * Sets or removes the known answers of an item. An item that is gold no more is an ordinary one again: it has the places that are left, and its
   * judgments wait to be published.
   */
  async function setGold(queueId: string, id: string, gold: Record<string, unknown> | null): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ was_gold: boolean }>`
        WITH before AS (SELECT id, gold IS NOT NULL AS was_gold FROM queue_item WHERE queue_id = ${queueId} AND id = ${id} FOR UPDATE)
        UPDATE queue_item i SET gold = ${gold === null ? null : JSON.stringify(gold)}::jsonb FROM before b WHERE i.id = b.id
        RETURNING b.was_gold`.execute(tx)
      if (gold !== null || rows[0]?.was_gold !== true) return
      await sql`
        UPDATE queue_item i SET
          slots_open = greatest(0, q.overlap - i.judged - (SELECT count(*) FROM assignment a WHERE a.item_id = i.id AND a.state = 'leased')),
          state = CASE WHEN i.state = 'open' AND i.judged >= q.overlap THEN 'done' ELSE i.state END
        FROM queue q WHERE q.id = i.queue_id AND i.id = ${id}`.execute(tx)
      await sql`UPDATE assignment SET published = false WHERE item_id = ${id} AND state = 'submitted'`.execute(tx)
    })
  }

  return { byId, page, insert, update, progress, insertItems, nextPosition, itemPage, itemById, setItemState, setGold }
}

const decodeQueue = (row: QueueRow): QueueRow => ({ ...row, settings: storedSettings(row.settings) })

function decodeItem(row: ItemRow): QueueItem {
  return {
    id: row.id,
    queueId: row.queue_id,
    target: row.target,
    state: row.state,
    priority: row.priority,
    judged: row.judged,
    skips: row.skips,
    gold: row.gold !== null,
    stratum: row.stratum,
    inclusionProbability: row.inclusion_probability,
    planVersion: row.plan_version,
    createdAt: row.created_at.toISOString(),
    preview: row.preview,
  }
}
