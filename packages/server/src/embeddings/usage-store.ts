import type { RewardEmbeddings, VectorCost } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'

/** What vectors cost the projects. */
export function embeddingUsageStore(db: Db) {
  /** Adds to what an encoder took. Of a project that is gone, nothing is noted. */
  async function add(projectId: string, { model, texts, requests, tokens, costUsd }: VectorCost, now: Date): Promise<void> {
    await sql`
      INSERT INTO embedding_usage AS u (project_id, model, texts, requests, tokens, cost_usd, since, updated_at)
      SELECT id, ${model}, ${texts}, ${requests}, ${tokens}, ${costUsd}::double precision, ${now}, ${now} FROM project WHERE id = ${projectId}
      ON CONFLICT (project_id, model) DO UPDATE SET
        texts = u.texts + excluded.texts, requests = u.requests + excluded.requests, tokens = u.tokens + excluded.tokens,
        cost_usd = CASE WHEN excluded.cost_usd IS NULL THEN u.cost_usd ELSE coalesce(u.cost_usd, 0) + excluded.cost_usd END,
        updated_at = excluded.updated_at
    `.execute(db)
  }

  /** Every encoder that a project used, the last one first. */
  async function list(projectId: string): Promise<RewardEmbeddings['usage']> {
    const rows = await db
      .selectFrom('embedding_usage')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('updated_at', 'desc')
      .orderBy('model')
      .execute()
    return rows.map(({ model, texts, requests, tokens, cost_usd: costUsd, since, updated_at: updatedAt }) => ({
      model,
      texts: Number(texts),
      requests: Number(requests),
      tokens: Number(tokens),
      costUsd,
      since: since.toISOString(),
      updatedAt: updatedAt.toISOString(),
    }))
  }

  /** Of these projects, those that are there. */
  async function existing(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const rows = await db.selectFrom('project').select('id').where('id', 'in', ids).execute()
    return new Set(rows.map(({ id }) => id))
  }

  return { add, list, existing }
}
