import type { QueueSettings, Target } from '@plaudit/protocol'
import { sql } from 'kysely'
import { keepPlan } from '../db/postgres.ts'
import type { AssignmentState } from '../db/review-schema.ts'
import type { Db } from '../db/schema.ts'
import { answersAsShown } from './presentation.ts'
import { storedSettings } from './stored-settings.ts'

/** So many skips send an item to a lead. */
const MOST_SKIPS = 3

/** An item in somebody's hands. */
export type Lease = {
  id: string
  itemId: string
  target: Target
  sideOrder: number[]
  expiresAt: Date
  draft: { answers: Record<string, unknown>; rationales: Record<string, string>; activeMs: number } | null
  bookmarked: boolean
  leadNote: string | null
  gold: Record<string, unknown> | null
}
export type Claim = {
  leaseId: string
  queueId: string
  personId: string
  now: Date
  expiresAt: Date
  /** Only items placed after this one, in the same priority or below; −1 for all. */
  after: number
}
export type Submission = {
  leaseId: string
  personId: string
  submissionId: string
  /** In the order of the target. */
  answers: Record<string, unknown>
  rationales: Record<string, string>
  presentation: Record<string, unknown>
  rubricVersion: number
  guidelineVersion: number | null
  activeMs: number
  goldCorrect: number | null
  now: Date
}

/** A draft made of a judgment that was opened again holds answers in the order of the target; one that was typed, as they were shown. */
type StoredDraft = NonNullable<Lease['draft']> & { inTargetOrder?: boolean }

export type LeaseRow = {
  id: string
  item_id: string
  target: Target
  side_order: number[]
  expires_at: Date | string
  draft: StoredDraft | null
  bookmarked: boolean
  lead_note: string | null
  gold: Lease['gold']
  position: number
}

/**
 * Leases and judgments. Every change is one statement, so that it holds or does not, on both engines; an item is locked before its assignments.
 * `slots_open` of an item is its overlap less its judgments and leases: it never falls below zero, which is what enforces the overlap.
 */
export function leaseStore(db: Db) {
  /** Takes the next free item that this person has not had yet. */
  async function claim({ leaseId, queueId, personId, now, expiresAt, after }: Claim): Promise<{ lease: Lease; position: number } | null> {
    const { rows } = await sql<LeaseRow>`${keepPlan}
      WITH candidate AS (
        SELECT id FROM queue_item i
        WHERE queue_id = ${queueId} AND state = 'open' AND slots_open > 0 AND gold IS NULL AND position > ${after}
          AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.person_id = ${personId} AND a.state <> 'expired')
        ORDER BY priority DESC, position LIMIT 1 FOR UPDATE SKIP LOCKED
      ), leased AS (
        INSERT INTO assignment (id, item_id, queue_id, person_id, state, expires_at, claimed_at)
        SELECT ${leaseId}, id, ${queueId}, ${personId}, 'leased', ${expiresAt}, ${now} FROM candidate
        ON CONFLICT (item_id, person_id) DO UPDATE SET state = 'leased', expires_at = excluded.expires_at, claimed_at = excluded.claimed_at
          WHERE assignment.state = 'expired'
        RETURNING *
      ), taken AS (
        UPDATE queue_item i SET slots_open = slots_open - 1 FROM leased WHERE i.id = leased.item_id RETURNING i.id, i.target, i.gold, i.position
      )
      SELECT leased.id, leased.item_id, taken.target, leased.side_order, leased.expires_at, leased.draft, leased.bookmarked, leased.lead_note, taken.gold, taken.position
      FROM leased JOIN taken ON taken.id = leased.item_id`.execute(db)
    const [row] = rows
    return row === undefined ? null : { lease: decodeLease(row), position: row.position }
  }

  /** Takes up what this person had begun when their lease ran out, where the item still has a place. */
  async function resume({ queueId, personId, now, expiresAt }: Omit<Claim, 'after' | 'leaseId'>): Promise<Lease | null> {
    const { rows } = await sql<LeaseRow>`
      WITH candidate AS (
        SELECT i.id, a.id AS assignment_id FROM queue_item i JOIN assignment a ON a.item_id = i.id
        WHERE a.queue_id = ${queueId} AND a.person_id = ${personId} AND a.state = 'expired' AND a.draft IS NOT NULL
          AND i.state = 'open' AND i.slots_open > 0 AND i.gold IS NULL
        ORDER BY a.claimed_at LIMIT 1 FOR UPDATE OF i SKIP LOCKED
      ), leased AS (
        UPDATE assignment a SET state = 'leased', expires_at = ${expiresAt}, claimed_at = ${now} FROM candidate c
        WHERE a.id = c.assignment_id AND a.state = 'expired' RETURNING a.*
      ), taken AS (
        UPDATE queue_item i SET slots_open = slots_open - 1 FROM leased WHERE i.id = leased.item_id RETURNING i.id, i.target, i.gold, i.position
      )
      SELECT leased.id, leased.item_id, taken.target, leased.side_order, leased.expires_at, leased.draft, leased.bookmarked, leased.lead_note, taken.gold, taken.position
      FROM leased JOIN taken ON taken.id = leased.item_id`.execute(db)
    return rows[0] === undefined ? null : decodeLease(rows[0])
  }

  /** Takes a gold item that this person has not had yet; gold has a place for everybody. */
  async function claimGold({ leaseId, queueId, personId, now, expiresAt }: Omit<Claim, 'after'>): Promise<Lease | null> {
    const { rows } = await sql<LeaseRow>`
      WITH candidate AS (
        SELECT id FROM queue_item i
        WHERE queue_id = ${queueId} AND gold IS NOT NULL AND state <> 'removed'
          AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.person_id = ${personId} AND a.state <> 'expired')
        ORDER BY md5(i.id::text || ${personId}) LIMIT 1
      ), leased AS (
        INSERT INTO assignment (id, item_id, queue_id, person_id, state, expires_at, claimed_at)
        SELECT ${leaseId}, id, ${queueId}, ${personId}, 'leased', ${expiresAt}, ${now} FROM candidate
        ON CONFLICT (item_id, person_id) DO UPDATE SET state = 'leased', expires_at = excluded.expires_at, claimed_at = excluded.claimed_at
          WHERE assignment.state = 'expired'
        RETURNING *
      )
      SELECT leased.id, leased.item_id, i.target, leased.side_order, leased.expires_at, leased.draft, leased.bookmarked, leased.lead_note, i.gold, i.position
      FROM leased JOIN queue_item i ON i.id = leased.item_id`.execute(db)
    return rows[0] === undefined ? null : decodeLease(rows[0])
  }

  async function setSideOrder(leaseId: string, order: readonly number[]): Promise<void> {
    await sql`UPDATE assignment SET side_order = ${JSON.stringify(order)} WHERE id = ${leaseId}`.execute(db)
  }

  /** Gives back what was not finished in time. Returns how many leases ran out. */
  async function expire(now: Date): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      WITH gone AS (
        UPDATE assignment SET state = 'expired' WHERE id IN (
          SELECT id FROM assignment WHERE state = 'leased' AND expires_at <= ${now} FOR UPDATE SKIP LOCKED
        ) RETURNING item_id
      ), freed AS (
        UPDATE queue_item i SET slots_open = slots_open + g.n FROM (SELECT item_id, count(*) AS n FROM gone GROUP BY item_id) g
        WHERE i.id = g.item_id AND i.gold IS NULL RETURNING i.id
      )
      SELECT (SELECT count(*) FROM gone)::int AS n, (SELECT count(*) FROM freed)::int AS freed`.execute(db)
    return rows[0]?.n ?? 0
  }

  /** Extends a lease that still holds. */
  async function extend(leaseId: string, personId: string, now: Date, expiresAt: Date): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      UPDATE assignment SET expires_at = ${expiresAt}
      WHERE id = ${leaseId} AND person_id = ${personId} AND state = 'leased' AND expires_at > ${now} RETURNING id`.execute(db)
    return rows.length === 1
  }

  /** Keeps a draft, also of a lease that has run out: nothing typed is lost. */
  async function saveDraft(leaseId: string, personId: string, draft: NonNullable<Lease['draft']>): Promise<AssignmentState | null> {
    const { rows } = await sql<{ state: AssignmentState }>`
      UPDATE assignment SET draft = ${JSON.stringify(draft)}
      WHERE id = ${leaseId} AND person_id = ${personId} AND state IN ('leased', 'expired') RETURNING state`.execute(db)
    return rows[0]?.state ?? null
  }

  async function setBookmark(leaseId: string, personId: string, bookmarked: boolean): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      UPDATE assignment SET bookmarked = ${bookmarked} WHERE id = ${leaseId} AND person_id = ${personId} RETURNING id`.execute(db)
    return rows.length === 1
  }

  /** An assignment of a person's, with what its judgment is checked against. */
  async function assignment(leaseId: string, personId: string) {
    const { rows } = await sql<{
      id: string
      state: AssignmentState
      queue_id: string
      item_id: string
      target: Target
      side_order: number[]
      gold: Lease['gold']
      submission_id: string | null
      gold_correct: number | null
      published: boolean
      /** Of the judgment before it was reopened. */
      answers: Record<string, unknown> | null
      /** Of that judgment; `consultedAt` is when its author looked at how similar items were decided. */
      presentation: { consultedAt?: string } | null
      stratum: string | null
      inclusion_probability: number | null
      plan_version: string | null
      project_id: string
      rubric_id: string
      guideline_id: string | null
      settings: QueueSettings
    }>`${keepPlan}
      SELECT a.id, a.state, a.queue_id, a.item_id, i.target, a.side_order, i.gold, a.submission_id, a.gold_correct, a.published, a.answers, a.presentation,
        i.stratum, i.inclusion_probability, i.plan_version, q.project_id, q.rubric_id, q.guideline_id, q.settings
      FROM assignment a JOIN queue_item i ON i.id = a.item_id JOIN queue q ON q.id = a.queue_id
      WHERE a.id = ${leaseId} AND a.person_id = ${personId}`.execute(db)
    const [row] = rows
    return row === undefined ? null : { ...row, settings: storedSettings(row.settings) }
  }

  /**
   * Records a judgment. After the lease ran out it still counts while the item has a free place; without one it is kept as `late`.
   * Null when the assignment is not open any more.
   */
  async function submit(one: Submission): Promise<{ state: 'submitted' | 'late'; itemDone: boolean } | null> {
    const { rows } = await sql<{ state: 'submitted' | 'late'; done: boolean | null }>`${keepPlan}
      WITH mine AS (
        SELECT a.id, a.item_id, a.state, i.slots_open, i.gold IS NOT NULL AS is_gold, q.overlap
        FROM queue_item i JOIN assignment a ON a.item_id = i.id JOIN queue q ON q.id = i.queue_id
        WHERE a.id = ${one.leaseId} AND a.person_id = ${one.personId} AND a.state IN ('leased', 'expired') FOR UPDATE OF i, a
      ), decided AS (
        SELECT *, CASE WHEN is_gold OR state = 'leased' OR slots_open > 0 THEN 'submitted' ELSE 'late' END AS next FROM mine
      ), counted AS (
        UPDATE queue_item i SET judged = i.judged + 1,
          slots_open = i.slots_open - CASE WHEN d.state = 'expired' AND NOT d.is_gold THEN 1 ELSE 0 END,
          state = CASE WHEN NOT d.is_gold AND i.state = 'open' AND i.judged + 1 >= d.overlap THEN 'done' ELSE i.state END
        FROM decided d WHERE i.id = d.item_id AND d.next = 'submitted' RETURNING i.state
      )
      UPDATE assignment a SET state = d.next, submission_id = ${one.submissionId}, answers = ${JSON.stringify(one.answers)},
        rationales = ${JSON.stringify(one.rationales)}, presentation = ${JSON.stringify(one.presentation)}, rubric_version = ${one.rubricVersion},
        guideline_version = ${one.guidelineVersion}, active_ms = ${one.activeMs}, gold_correct = ${one.goldCorrect}, submitted_at = ${one.now},
        draft = NULL, lead_note = NULL, published = d.is_gold OR d.next = 'late'
      FROM decided d WHERE a.id = d.id
      RETURNING a.state, (SELECT state = 'done' FROM counted) AS done`.execute(db)
    const [row] = rows
    return row === undefined ? null : { state: row.state, itemDone: row.done === true }
  }

  /**
   * Passes on an item. Reasons that no other reviewer can mend send it to a lead, and so does the third skip whatever its reason; a skip never
   * makes an item done.
   */
  async function skip(leaseId: string, personId: string, reason: string, note: string, toLead: boolean): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      WITH mine AS (
        SELECT a.id, a.item_id, a.state, i.gold IS NOT NULL AS is_gold,
          (SELECT count(*) FROM assignment s WHERE s.item_id = i.id AND s.state = 'skipped') AS skips
        FROM queue_item i JOIN assignment a ON a.item_id = i.id
        WHERE a.id = ${leaseId} AND a.person_id = ${personId} AND a.state IN ('leased', 'expired') FOR UPDATE OF i, a
      ), freed AS (
        UPDATE queue_item i SET slots_open = i.slots_open + CASE WHEN m.state = 'leased' AND NOT m.is_gold THEN 1 ELSE 0 END,
          state = CASE WHEN (${toLead} OR m.skips + 1 >= ${MOST_SKIPS}) AND NOT m.is_gold AND i.state = 'open' THEN 'needs_lead' ELSE i.state END
        FROM mine m WHERE i.id = m.item_id RETURNING i.id
      )
      UPDATE assignment a SET state = 'skipped', skip_reason = ${reason}, skip_note = ${note} FROM mine m WHERE a.id = m.id RETURNING a.id`.execute(
      db,
    )
    return rows.length === 1
  }

  /** Takes a judgment back so that its author can change it; its feedback is superseded by the next submit. */
  async function reopen(personId: string, queueId: string, expiresAt: Date): Promise<Lease | null> {
    const { rows } = await sql<LeaseRow>`
      WITH last AS (
        SELECT a.id, a.item_id, i.gold IS NOT NULL AS is_gold FROM queue_item i JOIN assignment a ON a.item_id = i.id
        WHERE a.queue_id = ${queueId} AND a.person_id = ${personId} AND a.state = 'submitted'
        ORDER BY a.submitted_at DESC LIMIT 1 FOR UPDATE OF i, a
      ), uncounted AS (
        UPDATE queue_item i SET judged = judged - 1, state = CASE WHEN i.state = 'done' AND NOT l.is_gold THEN 'open' ELSE i.state END
        FROM last l WHERE i.id = l.item_id RETURNING i.id, i.target, i.gold, i.position
      ), opened AS (
        UPDATE assignment a SET state = 'leased', expires_at = ${expiresAt}, published = true,
          draft = jsonb_build_object('answers', a.answers, 'rationales', a.rationales, 'activeMs', a.active_ms, 'inTargetOrder', true)
        FROM last l WHERE a.id = l.id RETURNING a.*
      )
      SELECT o.id, o.item_id, u.target, o.side_order, o.expires_at, o.draft, o.bookmarked, o.lead_note, u.gold, u.position
      FROM opened o JOIN uncounted u ON u.id = o.item_id`.execute(db)
    return rows[0] === undefined ? null : decodeLease(rows[0])
  }

  /** Gives a judgment back to its author for a week, with a lead's note; the item is not done until it is submitted again. */
  async function sendBack(itemId: string, assignmentId: string, note: string, expiresAt: Date): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      WITH theirs AS (
        SELECT a.id, a.item_id, i.gold IS NOT NULL AS is_gold FROM queue_item i JOIN assignment a ON a.item_id = i.id
        WHERE a.id = ${assignmentId} AND a.item_id = ${itemId} AND a.state = 'submitted' FOR UPDATE OF i, a
      ), uncounted AS (
        UPDATE queue_item i SET judged = judged - 1, state = CASE WHEN i.state = 'done' AND NOT t.is_gold THEN 'open' ELSE i.state END
        FROM theirs t WHERE i.id = t.item_id RETURNING i.id
      )
      UPDATE assignment a SET state = 'leased', expires_at = ${expiresAt}, lead_note = ${note},
        draft = jsonb_build_object('answers', a.answers, 'rationales', a.rationales, 'activeMs', a.active_ms, 'inTargetOrder', true)
      FROM theirs t WHERE a.id = t.id RETURNING a.id`.execute(db)
    return rows.length === 1
  }

  /** Counts a late judgment after all, beyond the overlap if need be. */
  async function acceptLate(itemId: string, assignmentId: string): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      WITH late AS (
        SELECT a.id, a.item_id, i.slots_open, q.overlap FROM queue_item i JOIN assignment a ON a.item_id = i.id JOIN queue q ON q.id = i.queue_id
        WHERE a.id = ${assignmentId} AND a.item_id = ${itemId} AND a.state = 'late' FOR UPDATE OF i, a
      ), counted AS (
        UPDATE queue_item i SET judged = i.judged + 1, slots_open = greatest(0, i.slots_open - 1),
          state = CASE WHEN i.state = 'open' AND i.judged + 1 >= l.overlap THEN 'done' ELSE i.state END
        FROM late l WHERE i.id = l.item_id RETURNING i.id
      )
      UPDATE assignment a SET state = 'submitted', published = false FROM late l JOIN counted c ON c.id = l.item_id
      WHERE a.id = l.id RETURNING a.id`.execute(db)
    return rows.length === 1
  }

  /** What a person has done in a queue. */
  async function mine(queueId: string, personId: string): Promise<{ judged: number; skipped: number; activeMs: number }> {
    const { rows } = await sql<{ judged: number; skipped: number; active_ms: number }>`
      SELECT count(*) FILTER (WHERE state IN ('submitted', 'late'))::int AS judged, count(*) FILTER (WHERE state = 'skipped')::int AS skipped,
        coalesce(sum(active_ms), 0)::float8 AS active_ms
      FROM assignment WHERE queue_id = ${queueId} AND person_id = ${personId}`.execute(db)
    const [row] = rows
    return { judged: row?.judged ?? 0, skipped: row?.skipped ?? 0, activeMs: row?.active_ms ?? 0 }
  }

  /** Items that this person could still take. */
  async function remaining(queueId: string, personId: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM queue_item i
      WHERE queue_id = ${queueId} AND state = 'open' AND slots_open > 0 AND gold IS NULL
        AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.person_id = ${personId} AND a.state <> 'expired')`.execute(
      db,
    )
    return rows[0]?.n ?? 0
  }

  return {
    claim,
    claimGold,
    resume,
    setSideOrder,
    expire,
    extend,
    saveDraft,
    setBookmark,
    assignment,
    submit,
    skip,
    reopen,
    sendBack,
    acceptLate,
    mine,
    remaining,
  }
}

/** A lease from its row, whose time may come as text. */
export function decodeLease(row: LeaseRow): Lease {
  return {
    id: row.id,
    itemId: row.item_id,
    target: row.target,
    sideOrder: row.side_order,
    expiresAt: new Date(row.expires_at),
    draft: row.draft === null ? null : draftAsShown(row.draft, row.side_order),
    bookmarked: row.bookmarked,
    leadNote: row.lead_note,
    gold: row.gold,
  }
}

function draftAsShown({ inTargetOrder, ...draft }: StoredDraft, order: readonly number[]): NonNullable<Lease['draft']> {
  return inTargetOrder === true ? { ...draft, answers: answersAsShown(draft.answers, order) } : draft
}
