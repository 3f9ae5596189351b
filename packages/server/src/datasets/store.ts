import type { DatasetRow } from '@plaudit/reward'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Db, Queryable } from '../db/schema.ts'
import type { LearningDatabase } from '../db/learning-schema.ts'

/** Rows that are packed together. */
export const CHUNK = 1_000

const [pack, unpack] = [promisify(gzip), promisify(gunzip)]

/** A data set without its rows. */
export type DatasetRecord = {
  id: string
  projectId: string
  name: string
  version: number
  state: LearningDatabase['dataset']['state']
  description: string
  licence: string
  provenance: string
  definition: Record<string, unknown>
  card: Record<string, unknown> | null
  checksum: string | null
  rows: number
  error: string | null
  createdBy: string
  createdAt: Date
}
export type NewDataset = Pick<
  DatasetRecord,
  'id' | 'projectId' | 'name' | 'description' | 'licence' | 'provenance' | 'definition' | 'createdBy' | 'createdAt'
> & { file?: Uint8Array }

/** Data sets: what they are made of, and their rows in packed chunks. */
export function datasetStore(db: Db) {
  const records = (from: Queryable = db) =>
    from
      .selectFrom('dataset')
      .select([
        'id',
        'project_id as projectId',
        'name',
        'version',
        'state',
        'description',
        'licence',
        'provenance',
        'definition',
        'card',
        'checksum',
        'rows',
        'error',
        'created_by as createdBy',
        'created_at as createdAt',
      ])

  /** Newest first, after a position. */
  async function list(
    projectId: string,
    name: string | undefined,
    after: { createdAt: string; id: string } | null,
    limit: number,
  ): Promise<DatasetRecord[]> {
    let query = records().where('project_id', '=', projectId)
    if (name !== undefined) query = query.where('name', '=', name)
    if (after !== null) query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`)
    return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  }

  async function byId(projectId: string, id: string): Promise<DatasetRecord | undefined> {
    return records().where('project_id', '=', projectId).where('id', '=', id).executeTakeFirst()
  }

  /** Those that a crash left half made. */
  const unfinished = (): Promise<DatasetRecord[]> => records().where('state', '=', 'building').execute()

  /** Adds the next version of a name, still to be made. */
  async function add({ file, ...dataset }: NewDataset): Promise<void> {
    const { id, projectId, name, description, licence, provenance, createdBy, createdAt } = dataset
    await db.transaction().execute(async (tx) => {
      await tx.selectFrom('project').select('id').where('id', '=', projectId).forUpdate().execute()
      const last = await tx
        .selectFrom('dataset')
        .select((eb) => eb.fn.max('version').as('version'))
        .where('project_id', '=', projectId)
        .where('name', '=', name)
        .executeTakeFirst()
      await tx
        .insertInto('dataset')
        .values({
          id,
          project_id: projectId,
          name,
          version: (last?.version ?? 0) + 1,
          state: 'building',
          description,
          licence,
          provenance,
          definition: JSON.stringify(dataset.definition),
          created_by: createdBy,
          created_at: createdAt,
        })
        .execute()
      if (file !== undefined) await tx.insertInto('dataset_file').values({ dataset_id: id, file }).execute()
    })
  }

  async function file(id: string): Promise<Uint8Array | null> {
    const row = await db.selectFrom('dataset_file').select('file').where('dataset_id', '=', id).executeTakeFirst()
    return row?.file ?? null
  }

  /** Writes the rows and the card, once; the file that they were made of is no longer needed. */
  async function finish(id: string, rows: readonly DatasetRow[], card: Record<string, unknown>): Promise<void> {
    const hash = createHash('sha256')
    const chunks: { number: number; rows: number; lines: Uint8Array }[] = []
    for (let from = 0; from < rows.length; from += CHUNK) {
      const part = rows.slice(from, from + CHUNK)
      const lines = Buffer.from(part.map((row) => `${JSON.stringify(row)}\n`).join(''))
      hash.update(lines)
      chunks.push({ number: chunks.length, rows: part.length, lines: await pack(lines) })
    }
    await db.transaction().execute(async (tx) => {
      const changed = await tx
        .updateTable('dataset')
        .set({ state: 'ready', card: JSON.stringify(card), checksum: hash.digest('hex'), rows: rows.length })
        .where('id', '=', id)
        .where('state', '=', 'building')
        .returning('id')
        .execute()
      if (changed.length === 0) return
      for (const chunk of chunks)
        await tx
          .insertInto('dataset_chunk')
          .values({ dataset_id: id, ...chunk })
          .execute()
      await tx.deleteFrom('dataset_file').where('dataset_id', '=', id).execute()
    })
  }

  async function fail(id: string, error: string): Promise<void> {
    await db.updateTable('dataset').set({ state: 'failed', error }).where('id', '=', id).where('state', '=', 'building').execute()
    await db.deleteFrom('dataset_file').where('dataset_id', '=', id).execute()
  }

  /** The rows as JSON lines, chunk after chunk, from a chunk on. */
  async function* lines(id: string, fromChunk = 0): AsyncGenerator<Buffer> {
    for (let number = fromChunk; ; number += 1) {
      const chunk = await db
        .selectFrom('dataset_chunk')
        .select('lines')
        .where('dataset_id', '=', id)
        .where('number', '=', number)
        .executeTakeFirst()
      if (chunk === undefined) return
      yield await unpack(chunk.lines)
    }
  }

  return { list, byId, unfinished, add, file, finish, fail, lines }
}
