import {
  ApiError,
  type Criterion,
  type Dataset,
  type DatasetDiff,
  type datasetImportSchema,
  type DatasetRowQuery,
  datasetInputSchema,
  type Page,
  type ParsedDatasetInput,
} from '@plaudit/protocol'
import { compareDatasets, type DatasetRow, isPairRow, judgmentIn, type SourceJudgment, type SourcePair } from '@plaudit/reward'
import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { ServerContext } from '../http/context.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { compute, ComputeError } from '../jobs/compute.ts'
import { preferencePairs } from '../rewards/pairs.ts'
import { ratedOutputs } from '../rewards/rated-outputs.ts'
import { rubricService } from '../rubrics/service.ts'
import { CHUNK, type DatasetRecord, datasetStore } from './store.ts'

export type DatasetService = ReturnType<typeof datasetService>
type Import = z.output<typeof datasetImportSchema>

export const BUILD_JOB = 'dataset-build'

const positionSchema = z.tuple([z.string(), z.string()])
const rowPositionSchema = z.int().min(0)
/** What `definition` keeps of a data set made of a file. */
const fileDefinitionSchema = datasetInputSchema
  .pick({ judgments: true, byReliability: true, byInclusion: true, split: true })
  .extend({ file: z.object({ name: z.string(), bytes: z.int(), sha256: z.string(), group: z.string().optional() }) })

/** Data sets: immutable snapshots of comparisons, ratings and thumbs, made in the background, read by page, compared, and trained on. */
export function datasetService({ db, events, jobs, clock }: Pick<ServerContext, 'db' | 'events' | 'jobs' | 'clock'>) {
  const store = datasetStore(db)
  const rubrics = rubricService({ db, clock })

  /** Begins a snapshot; its state says when it is ready. @throws ApiError `not_found` for an included data set that is not there. */
  async function createDataset(projectId: string, input: ParsedDatasetInput, createdBy: string): Promise<Dataset> {
    const { name, description, licence, provenance, ...definition } = input
    if (input.feedback === null && input.include.length === 0)
      throw new ApiError('invalid_argument', 'feedback: name feedback or include data sets, or both.')
    if (input.feedback?.sources?.length === 0 && input.feedback.ratedOn.length === 0 && input.include.length === 0)
      throw new ApiError('invalid_argument', 'feedback: name sources of comparisons, or criteria in ratedOn, or both.')
    for (const id of input.include) {
      const { state } = await existing(projectId, id)
      if (state !== 'ready') throw new ApiError('conflict', `include: the data set ${id} is not ready.`)
    }
    return begin(projectId, { name, description, licence, provenance, definition, createdBy })
  }

  /** Begins a snapshot of a file of pairs. */
  async function importDataset(projectId: string, about: Import, file: Uint8Array, createdBy: string): Promise<Dataset> {
    if (file.length === 0) throw new ApiError('invalid_argument', 'The file is empty: send JSON lines of feedback, also packed with gzip.')
    const { name, description, licence, provenance, judgments, byReliability, splitBy, test, validation, seed, group } = about
    const definition = {
      file: {
        name: about.file,
        bytes: file.length,
        sha256: createHash('sha256').update(file).digest('hex'),
        ...(group === undefined ? {} : { group }),
      },
      judgments,
      byReliability,
      byInclusion: false,
      split: { by: splitBy, test, validation, seed },
    }
    return begin(projectId, { name, description, licence, provenance, definition, createdBy, file })
  }

  type Begun = Pick<DatasetRecord, 'name' | 'description' | 'licence' | 'provenance' | 'definition' | 'createdBy'> & { file?: Uint8Array }
  async function begin(projectId: string, dataset: Begun): Promise<Dataset> {
    const id = uuidv7()
    await store.add({ id, projectId, createdAt: clock(), ...dataset })
    await jobs.enqueue(BUILD_JOB, { projectId, id }, { key: id })
    return getDataset(projectId, id)
  }

  /** Makes the rows. What cannot be made fails with its reason; it is not tried again. */
  async function build(projectId: string, id: string): Promise<void> {
    const dataset = await store.byId(projectId, id)
    if (dataset?.state !== 'building') return
    try {
      const file = await store.file(id)
      const { options, pairs, judgments, group } = file === null ? await fromFeedback(dataset) : fromFile(dataset)
      const { built, skipped } = await compute('dataset', {
        pairs,
        judgments,
        options,
        ...(file === null ? {} : { file }),
        ...(group === undefined ? {} : { group }),
      })
      await store.finish(id, built.rows, { ...built.card, skipped })
    } catch (error) {
      if (!(error instanceof ComputeError) && !(error instanceof ApiError)) throw error
      await store.fail(id, error.message)
    }
  }

  function fromFile({ definition }: DatasetRecord) {
    const { file, ...options } = fileDefinitionSchema.parse(definition)
    return { options, pairs: [] as SourcePair[], judgments: [] as SourceJudgment[], group: file.group }
  }

  async function fromFeedback({ projectId, definition }: DatasetRecord) {
    const { feedback, include, ...options } = datasetInputSchema
      .omit({ name: true, description: true, licence: true, provenance: true })
      .parse(definition)
    const pairs: SourcePair[] = []
    const judgments: SourceJudgment[] = []
    if (feedback !== null) {
      const { sources, ratedOn, ...filter } = feedback
      if (sources?.length !== 0)
        for await (const pair of preferencePairs(events, projectId, filter))
          if (sources === undefined || sources.includes(pair.source)) pairs.push(pair)
      if (ratedOn.length > 0) {
        const { criterion: _, ...others } = filter
        judgments.push(...(await ratedOutputs(events, projectId, [...new Set(ratedOn)], others, await criteriaIn(projectId))))
      }
    }
    for (const id of include)
      for (const row of await rowsOf(id)) {
        const { prompt, group, source, author, strata, time } = row
        const [feedbackId] = row.feedback
        // The data set that takes it in gives it a weight and a side of its own.
        const origin = { prompt, group, source, author, strata, time, traceIds: row.traces, feedbackId }
        if (isPairRow(row)) pairs.push({ ...origin, chosen: row.chosen, rejected: row.rejected, tie: row.tie, strength: row.strength })
        else judgments.push({ ...origin, ...judgmentIn(row) })
      }
    return { options, pairs, judgments, group: undefined }
  }

  /** The criteria of the project's rubrics as they stand. */
  async function criteriaIn(projectId: string): Promise<Criterion[]> {
    const { items } = await rubrics.listRubrics(projectId, { limit: 200 })
    return items.flatMap(({ criteria }) => criteria)
  }

  async function listDatasets(
    projectId: string,
    query: { name?: string | undefined; limit: number; cursor?: string | undefined },
  ): Promise<Page<Dataset>> {
    const position = query.cursor === undefined ? null : decodeCursor(positionSchema, query.cursor)
    const after = position === null ? null : { createdAt: position[0], id: position[1] }
    const found = await store.list(projectId, query.name, after, query.limit + 1)
    const items = found.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items: items.map(viewOf),
      nextCursor: found.length > items.length && last !== undefined ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
    }
  }

  async function existing(projectId: string, id: string): Promise<DatasetRecord> {
    const dataset = await store.byId(projectId, id)
    if (dataset === undefined) throw new ApiError('not_found', `There is no data set ${id} in this project.`)
    return dataset
  }

  /** @throws ApiError `not_found`. */
  async function getDataset(projectId: string, id: string): Promise<Dataset> {
    return viewOf(await existing(projectId, id))
  }

  /** One that can be read. @throws ApiError `not_found`, or `conflict` while it is being made or could not be. */
  async function readyDataset(projectId: string, id: string): Promise<Dataset> {
    const dataset = viewOf(await existing(projectId, id))
    if (dataset.state === 'building') throw new ApiError('conflict', 'The data set is still being made: try again in a moment.')
    if (dataset.state === 'failed') throw new ApiError('conflict', `The data set could not be made: ${dataset.error}`)
    return dataset
  }

  async function rowsOf(id: string): Promise<DatasetRow[]> {
    const rows: DatasetRow[] = []
    for await (const lines of store.lines(id)) rows.push(...parseLines(lines))
    return rows
  }

  /** All rows of a data set that is ready. */
  async function allRows(projectId: string, id: string): Promise<DatasetRow[]> {
    await readyDataset(projectId, id)
    return rowsOf(id)
  }

  /** A page of rows, on one side of the split or on all. The cursor is a row's number. */
  async function listRows(projectId: string, id: string, { split, limit, cursor }: DatasetRowQuery): Promise<Page<DatasetRow>> {
    await readyDataset(projectId, id)
    const start = cursor === undefined ? 0 : decodeCursor(rowPositionSchema, cursor)
    const found: { row: DatasetRow; number: number }[] = []
    let number = Math.floor(start / CHUNK) * CHUNK
    for await (const lines of store.lines(id, Math.floor(start / CHUNK))) {
      for (const row of parseLines(lines)) {
        if (number >= start && (split === undefined || row.split === split)) found.push({ row, number })
        number += 1
      }
      if (found.length > limit) break
    }
    const next = found[limit]
    return { items: found.slice(0, limit).map(({ row }) => row), nextCursor: next === undefined ? null : encodeCursor(next.number) }
  }

  /** The rows as JSON lines, and what to call them. */
  async function datasetLines(projectId: string, id: string): Promise<{ lines: AsyncIterable<Uint8Array>; fileName: string }> {
    const { name, version } = await readyDataset(projectId, id)
    return { lines: store.lines(id), fileName: `${name}-${version}.jsonl` }
  }

  /** What a data set has that another, an earlier one, has not. */
  async function diff(projectId: string, id: string, earlier: string): Promise<DatasetDiff> {
    return compareDatasets(await allRows(projectId, earlier), await allRows(projectId, id))
  }

  return {
    createDataset,
    importDataset,
    build,
    unfinished: store.unfinished,
    listDatasets,
    getDataset,
    readyDataset,
    allRows,
    listRows,
    datasetLines,
    diff,
  }
}

function parseLines(lines: Buffer): DatasetRow[] {
  return lines
    .toString('utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as DatasetRow]))
}

function viewOf(record: DatasetRecord): Dataset {
  const { projectId: _, createdAt, ...rest } = record
  return { ...rest, createdAt: createdAt.toISOString() }
}
