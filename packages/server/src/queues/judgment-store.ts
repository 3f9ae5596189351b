import type { Challenge, Decision, Judgment, ResultShape } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { AssignmentState } from '../db/review-schema.ts'
import type { Db } from '../db/schema.ts'

type JudgmentRow = {
  id: string
  item_id: string
  person_id: string
  name: string | null
  state: AssignmentState
  answers: Record<string, unknown>
  rationales: Record<string, string>
  presentation: Record<string, unknown>
  rubric_version: number
  guideline_version: number | null
  active_ms: number
  submitted_at: Date
}

const columns = sql`a.id, a.item_id, a.person_id, u.name, a.state, a.answers, a.rationales, a.presentation, a.rubric_version, a.guideline_version,
  a.active_ms, a.submitted_at`

/** What was judged and decided, as leads read it. */
export function judgmentStore(db: Db) {
  /** Judgments on items, in the order of their submission. */
  async function onItems(itemIds: readonly string[]): Promise<Judgment[]> {
    if (itemIds.length === 0) return []
    const { rows } = await sql<JudgmentRow>`
      SELECT ${columns} FROM assignment a LEFT JOIN "user" u ON u.id = a.person_id
      WHERE a.item_id = ANY(${itemIds}::uuid[]) AND a.state IN ('submitted', 'late') ORDER BY a.submitted_at`.execute(db)
    return rows.map(decodeJudgment)
  }

  /** Accepted answers of a queue, item by item, where an item has at least `minimum` of them; gold left out. */
  async function answersByItem(
    queueId: string,
    minimum: number,
  ): Promise<{ itemId: string; decided: boolean; answers: Record<string, unknown>[] }[]> {
    const { rows } = await sql<{ item_id: string; decided: boolean; answers: Record<string, unknown>[] }>`
      SELECT a.item_id, d.item_id IS NOT NULL AS decided, jsonb_agg(a.answers ORDER BY a.submitted_at) AS answers
      FROM assignment a JOIN queue_item i ON i.id = a.item_id LEFT JOIN decision d ON d.item_id = a.item_id
      WHERE a.queue_id = ${queueId} AND a.state = 'submitted' AND i.gold IS NULL
      GROUP BY a.item_id, d.item_id HAVING count(*) >= ${minimum}`.execute(db)
    return rows.map((row) => ({ itemId: row.item_id, decided: row.decided, answers: row.answers }))
  }

  /** Judgments made under a guideline older than `version`, oldest first, after a position. */
  async function madeBefore(queueId: string, version: number, limit: number): Promise<{ judgment: Judgment; preview: string }[]> {
    const { rows } = await sql<JudgmentRow & { preview: string }>`
      SELECT ${columns}, i.preview FROM assignment a JOIN queue_item i ON i.id = a.item_id LEFT JOIN "user" u ON u.id = a.person_id
      WHERE a.queue_id = ${queueId} AND a.state = 'submitted' AND a.guideline_version < ${version} ORDER BY a.submitted_at LIMIT ${limit}`.execute(
      db,
    )
    return rows.map((row) => ({ judgment: decodeJudgment(row), preview: row.preview }))
  }

  async function decisionOn(itemId: string): Promise<Decision | null> {
    const row = await db.selectFrom('decision').selectAll().where('item_id', '=', itemId).executeTakeFirst()
    return row === undefined ? null : decodeDecision(row)
  }

  /** Decisions on items, by item. */
  async function decisionsOn(itemIds: readonly string[]): Promise<Map<string, Decision>> {
    if (itemIds.length === 0) return new Map()
    const rows = await db.selectFrom('decision').selectAll().where('item_id', 'in', itemIds).execute()
    return new Map(rows.map((row) => [row.item_id, decodeDecision(row)]))
  }

  /** Everybody who has judged in a queue, the first one first, and every criterion that has an answer. */
  async function shapeOf(queueId: string): Promise<ResultShape> {
    const [people, keys] = await Promise.all([
      sql<{ person_id: string; name: string | null }>`
        SELECT a.person_id, max(u.name) AS name FROM assignment a LEFT JOIN "user" u ON u.id = a.person_id
        WHERE a.queue_id = ${queueId} AND a.state = 'submitted' GROUP BY a.person_id ORDER BY min(a.submitted_at), a.person_id`.execute(db),
      sql<{ key: string }>`
        SELECT key FROM (
          SELECT jsonb_object_keys(answers) AS key, submitted_at FROM assignment WHERE queue_id = ${queueId} AND state = 'submitted') k
        GROUP BY key ORDER BY min(submitted_at), key`.execute(db),
    ])
    return {
      reviewers: people.rows.map(({ person_id, name }) => ({ personId: person_id, name })),
      criteria: keys.rows.map(({ key }) => key),
    }
  }

  /** Records a decision, over an older one, and closes the item. */
  async function decide(itemId: string, decision: Omit<Decision, 'time'>, time: Date): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await tx.updateTable('queue_item').set({ state: 'done' }).where('id', '=', itemId).where('state', '<>', 'removed').execute()
      const row = {
        person_id: decision.personId,
        answers: JSON.stringify(decision.answers),
        rationales: JSON.stringify(decision.rationales),
        errors: JSON.stringify(decision.errors),
        note: decision.note,
        time,
      }
      await tx
        .insertInto('decision')
        .values({ item_id: itemId, ...row })
        .onConflict((conflict) => conflict.column('item_id').doUpdateSet(row))
        .execute()
    })
  }

  /** Scores every judgment on a gold item anew, after its known answers changed. Returns whose judgments they are. */
  async function rescoreGold(itemId: string, score: (answers: Record<string, unknown>) => number | null): Promise<string[]> {
    const judged = await db
      .selectFrom('assignment')
      .select(['id', 'person_id', 'answers'])
      .where('item_id', '=', itemId)
      .where('state', '=', 'submitted')
      .execute()
    const scores = judged.map(({ answers }) => score(answers ?? {}))
    await sql`
      UPDATE assignment a SET gold_correct = s.score, challenge = NULL
      FROM unnest(${judged.map(({ id }) => id)}::uuid[], ${scores}::double precision[]) AS s(id, score) WHERE a.id = s.id`.execute(db)
    return judged.map(({ person_id }) => person_id)
  }

  async function challenge(assignmentId: string, personId: string, note: string): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('assignment')
      .set({ challenge: note })
      .where('id', '=', assignmentId)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  async function dismissChallenge(queueId: string, assignmentId: string): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('assignment')
      .set({ challenge: null })
      .where('id', '=', assignmentId)
      .where('queue_id', '=', queueId)
      .where('challenge', 'is not', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  async function challenges(queueId: string): Promise<Challenge[]> {
    const { rows } = await sql<{ id: string; item_id: string; person_id: string; name: string | null; challenge: string; preview: string }>`
      SELECT a.id, a.item_id, a.person_id, u.name, a.challenge, i.preview
      FROM assignment a JOIN queue_item i ON i.id = a.item_id LEFT JOIN "user" u ON u.id = a.person_id
      WHERE a.queue_id = ${queueId} AND a.challenge IS NOT NULL ORDER BY a.submitted_at NULLS LAST LIMIT 500`.execute(db)
    return rows.map(({ id, item_id, person_id, name, challenge: note, preview }) => ({
      judgmentId: id,
      itemId: item_id,
      personId: person_id,
      personName: name,
      note,
      preview,
    }))
  }

  return {
    onItems,
    answersByItem,
    madeBefore,
    decisionOn,
    decisionsOn,
    shapeOf,
    decide,
    rescoreGold,
    challenge,
    dismissChallenge,
    challenges,
  }
}

function decodeJudgment(row: JudgmentRow): Judgment {
  return {
    id: row.id,
    itemId: row.item_id,
    personId: row.person_id,
    personName: row.name,
    state: row.state === 'late' ? 'late' : 'accepted',
    answers: row.answers,
    rationales: row.rationales,
    presentation: row.presentation,
    rubricVersion: row.rubric_version,
    guidelineVersion: row.guideline_version,
    activeMs: row.active_ms,
    submittedAt: new Date(row.submitted_at).toISOString(),
  }
}

function decodeDecision(row: Omit<Decision, 'personId' | 'time'> & { person_id: string; time: Date }): Decision {
  const { person_id: personId, answers, rationales, errors, note, time } = row
  return { personId, answers, rationales, errors, note, time: time.toISOString() }
}
