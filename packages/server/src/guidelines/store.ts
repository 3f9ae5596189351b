import type { Db } from '../db/schema.ts'

/** Who has read which version of a guideline. */
export function acknowledgementStore(db: Db) {
  async function acknowledge(guidelineId: string, version: number, personId: string, time: Date): Promise<void> {
    await db
      .insertInto('guideline_acknowledgement')
      .values({ guideline_id: guidelineId, version, person_id: personId, time })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** The newest version that a person has read, or null. */
  async function acknowledgedVersion(guidelineId: string, personId: string): Promise<number | null> {
    const row = await db
      .selectFrom('guideline_acknowledgement')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('guideline_id', '=', guidelineId)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    return row?.version ?? null
  }

  return { acknowledge, acknowledgedVersion }
}
