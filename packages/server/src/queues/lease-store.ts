import { sql } from 'kysely'
import { batched } from '../db/batched.ts'
import { keepPlan } from '../db/postgres.ts'
import type { AssignmentState } from '../db/review-schema.ts'
import type { Db } from '../db/schema.ts'
import { type Assignment, decodeLease, type Lease, type LeaseRow } from './lease.ts'
import { storedSettings } from './stored-settings.ts'

/** So many skips send an item to a lead. */
const MOST_SKIPS = 3

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

/** A lease with where its item stands in the queue. */
export type Claimed = { lease: Lease; position: number }

/**
 * Leases and judgments. Every change is one statement, so that it holds or does not, on both engines; an item is locked before its assignments.
 * `slots_open` of an item is its overlap less its judgments and leases: it never falls below zero, which is what enforces the overlap.
 */
export function leaseStore(db: Db) {
  /** Takes the next free item that this person has not had yet. Everybody who claims at the same time shares a statement. */
  const claim = batched(async (claims: readonly Claim[]): Promise<(Claimed | null)[]> => {
    const taken = new Map<string, Claimed>()
    // Who was beaten to the last place of an item by somebody in the same statement tries again.
    for (let left = claims; left.length > 0;) {
      const rows = await claimOnce(left)
      for (const row of rows) if (row.taken) taken.set(row.wanted, { lease: decodeLease(row), position: row.position })
      const beaten = new Set(rows.flatMap((row) => (row.taken ? [] : [row.wanted])))
      left = beaten.size === rows.length ? [] : left.filter(({ leaseId }) => beaten.has(leaseId))
    }
    return claims.map(({ leaseId }) => taken.get(leaseId) ?? null)
  })

  /** A row for each claim that there is an item for; without a lease when others of these claims took its places. */
  async function claimOnce(claims: readonly Claim[]) {
    const { rows } = await sql<LeaseRow & { wanted: string; taken: boolean }>`${keepPlan}
      WITH candidate AS (
        SELECT w.*, c.id AS item_id, c.slots_open, row_number() OVER (PARTITION BY c.id ORDER BY w.lease_id) AS place,
          row_number() OVER (PARTITION BY c.id, w.person_id ORDER BY w.lease_id) AS own
        FROM (SELECT "leaseId" AS lease_id, "queueId" AS queue_id, "personId" AS person_id, now, "expiresAt" AS expires_at, after
          FROM jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) AS x("leaseId" uuid, "queueId" uuid, "personId" text, now timestamptz,
            "expiresAt" timestamptz, after double precision)) w
        CROSS JOIN LATERAL (
          SELECT id, slots_open FROM queue_item i
          WHERE queue_id = w.queue_id AND state = 'open' AND slots_open > 0 AND gold IS NULL AND position > w.after
            AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.person_id = w.person_id AND a.state <> 'expired')
          ORDER BY priority DESC, position LIMIT 1 FOR UPDATE SKIP LOCKED
        ) c
      ), leased AS (
        INSERT INTO assignment (id, item_id, queue_id, person_id, state, expires_at, claimed_at)
        SELECT lease_id, item_id, queue_id, person_id, 'leased', expires_at, now FROM candidate WHERE place <= slots_open AND own = 1
        ON CONFLICT (item_id, person_id) DO UPDATE SET state = 'leased', expires_at = excluded.expires_at, claimed_at = excluded.claimed_at
          WHERE assignment.state = 'expired'
        RETURNING *
      ), taken AS (
        UPDATE queue_item i SET slots_open = i.slots_open - l.n FROM (SELECT item_id, count(*) AS n FROM leased GROUP BY item_id) l
        WHERE i.id = l.item_id RETURNING i.id, i.target, i.gold, i.position
      )
      SELECT c.lease_id AS wanted, l.id IS NOT NULL AS taken, l.id, l.item_id, t.target, l.side_order, l.expires_at, l.draft, l.bookmarked, l.lead_note, t.gold, t.position
      FROM candidate c LEFT JOIN (leased l JOIN taken t ON t.id = l.item_id)
        ON l.item_id = c.item_id AND l.person_id = c.person_id AND c.own = 1`.execute(db)
    return rows
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

  const setSideOrder = batched(async (drawn: readonly { leaseId: string; order: readonly number[] }[]): Promise<void[]> => {
    await sql`${keepPlan}
      UPDATE assignment a SET side_order = x."order"
      FROM jsonb_to_recordset(${JSON.stringify(drawn)}::jsonb) AS x("leaseId" uuid, "order" jsonb) WHERE a.id = x."leaseId"`.execute(db)
    return drawn.map(() => {})
  })

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
  const assignment = batched(async (leases: readonly { leaseId: string; personId: string }[]): Promise<(Assignment | null)[]> => {
    const { rows } = await sql<Assignment>`${keepPlan}
      SELECT a.id, a.person_id, a.state, a.queue_id, a.item_id, i.target, a.side_order, i.gold, a.submission_id, a.gold_correct, a.published,
        a.answers, a.presentation, i.stratum, i.inclusion_probability, i.plan_version, q.project_id, q.rubric_id, q.guideline_id, q.settings
      FROM assignment a JOIN queue_item i ON i.id = a.item_id JOIN queue q ON q.id = a.queue_id
      WHERE a.id = ANY(${leases.map(({ leaseId }) => leaseId)}::uuid[])`.execute(db)
    const found = new Map(rows.map((row) => [row.id, { ...row, settings: storedSettings(row.settings) }]))
    return leases.map(({ leaseId, personId }) => {
      const one = found.get(leaseId)
      return one?.person_id === personId ? one : null
    })
  })

  /**
   * Records a judgment. After the lease ran out it still counts while the item has a free place; without one it is kept as `late`.
   * Null when the assignment is not open any more. Judgments that come at the same time share a statement, and so the wait for the disk.
   */
  const submit = batched(async (submissions: readonly Submission[]): Promise<('submitted' | 'late' | null)[]> => {
    // Of two submissions of the same lease, the first one counts.
    const first = new Map(submissions.toReversed().map((one) => [one.leaseId, one]))
    const { rows } = await sql<{ id: string; state: 'submitted' | 'late' }>`${keepPlan}
      WITH given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify([...first.values()])}::jsonb) AS x("leaseId" uuid, "personId" text, "submissionId" uuid,
          answers jsonb, rationales jsonb, presentation jsonb, "rubricVersion" int, "guidelineVersion" int, "activeMs" double precision,
          "goldCorrect" double precision, now timestamptz)
      ), mine AS (
        SELECT g.*, a.item_id, a.state = 'expired' AND i.gold IS NULL AS needs_place, i.slots_open, i.gold IS NOT NULL AS is_gold, q.overlap
        FROM given g JOIN assignment a ON a.id = g."leaseId" AND a.person_id = g."personId" JOIN queue_item i ON i.id = a.item_id
          JOIN queue q ON q.id = i.queue_id
        WHERE a.state IN ('leased', 'expired') ORDER BY i.id FOR UPDATE OF i, a
      ), decided AS (
        SELECT *, NOT needs_place OR row_number() OVER (PARTITION BY item_id, needs_place ORDER BY now) <= slots_open AS counts FROM mine
      ), counted AS (
        UPDATE queue_item i SET judged = i.judged + d.n, slots_open = i.slots_open - d.places,
          state = CASE WHEN i.gold IS NULL AND i.state = 'open' AND i.judged + d.n >= d.overlap THEN 'done' ELSE i.state END
        FROM (SELECT item_id, overlap, count(*) AS n, count(*) FILTER (WHERE needs_place) AS places FROM decided WHERE counts GROUP BY item_id, overlap) d
        WHERE i.id = d.item_id
      )
      UPDATE assignment a SET state = CASE WHEN d.counts THEN 'submitted' ELSE 'late' END, submission_id = d."submissionId", answers = d.answers,
        rationales = d.rationales, presentation = d.presentation, rubric_version = d."rubricVersion", guideline_version = d."guidelineVersion",
        active_ms = d."activeMs", gold_correct = d."goldCorrect", submitted_at = d.now, draft = NULL, lead_note = NULL,
        published = d.is_gold OR NOT d.counts
      FROM decided d WHERE a.id = d."leaseId" RETURNING a.id, a.state`.execute(db)
    const done = new Map(rows.map(({ id, state }) => [id, state]))
    return submissions.map((one) => (first.get(one.leaseId) === one ? (done.get(one.leaseId) ?? null) : null))
  })

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
