import { type ConsensusItem, type ConsensusQuery, type ConsensusSource, type Page } from '@plaudit/protocol'
import { z } from 'zod'
import type { ConsensusRow } from '../events/consensus-row.ts'
import type { EventStore } from '../events/event-store.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { compute } from '../jobs/compute.ts'
import { consensusOf } from './consensus.ts'
import { consensusStore, type CriterionKey, type StoredItem } from './consensus-store.ts'
import { judgmentTables } from './judgment-table.ts'
import { itemKey, placeOfItem, targetOfItem } from '../events/item-key.ts'
import { answeredMarks } from './marks-consensus.ts'
import { selectJudgments } from './selection.ts'
import { MOST_JUDGMENTS, qualityStore } from './store.ts'

const positionSchema = z.tuple([z.number(), z.string()])
/** Rows written together. */
const CHUNK = 5_000
/** Inference from fewer judgments is done before a thread is up; from more it would keep requests waiting. */
const WORTH_A_THREAD = 10_000
const keyOf = ({ criterion, kind }: CriterionKey) => `${criterion}\0${kind}`

export type ConsensusService = ReturnType<typeof consensusService>

/**
 * The consensus on items that several people judged, kept beside the judgments. Only criteria with new judgments are inferred anew, and only
 * items whose consensus changed are written.
 */
export function consensusService({ events, clock }: { events: EventStore; clock: () => Date }) {
  const store = consensusStore(events)
  const quality = qualityStore(events)
  const underWay = new Map<string, Promise<void>>()

  /** Resolves once the consensus holds every judgment that was there at the call. */
  async function refresh(projectId: string): Promise<void> {
    // One that is under way may have read before the newest judgment.
    await underWay.get(projectId)?.catch(() => undefined)
    let running = underWay.get(projectId)
    if (running === undefined) {
      running = bringUpToDate(projectId).finally(() => underWay.delete(projectId))
      underWay.set(projectId, running)
    }
    return running
  }

  async function bringUpToDate(projectId: string): Promise<void> {
    const [judged, sources] = await Promise.all([store.judgedCriteria(projectId), store.sources(projectId)])
    const known = new Map(sources.map((one) => [keyOf(one), one.source['watermark']]))
    for (const one of judged) {
      if (known.get(keyOf(one)) === one.watermark) continue
      await write(projectId, one, await inferred(projectId, one))
    }
  }

  async function inferred(
    projectId: string,
    { criterion, kind, watermark }: CriterionKey & { watermark: string },
  ): Promise<ConsensusRow[]> {
    const selected = selectJudgments(projectId, { criterion }, { kinds: [kind] })
    const judgments = await quality.count(selected)
    const share = judgments > MOST_JUDGMENTS ? MOST_JUDGMENTS / judgments : 1
    const tables = judgmentTables()
    for await (const lines of quality.judgments(selected, share)) for (const line of lines) tables.add(line)
    const [table] = tables.build()
    const source = { watermark, computedAt: clock().toISOString(), judgments, share }
    const inThread = table !== undefined && table.times.length > WORTH_A_THREAD
    const found = table === undefined ? null : inThread ? await compute('consensus', { table, source }) : consensusOf(table, source)
    const rows = found ?? [{ ...nothing, criterion, kind, source }]
    return withDecisions(rows, await store.decisions(projectId, { criterion, kind }))
  }

  /** Writes what changed, removes what is no consensus any more, and last the row that says up to where this holds. */
  async function write(projectId: string, key: CriterionKey, rows: readonly ConsensusRow[]): Promise<void> {
    const before = new Map<string, StoredItem>()
    for await (const items of store.stored(projectId, key)) for (const item of items) before.set(item[0], item)
    const now = new Set(rows.map(({ item }) => item))
    const changed = rows.filter((row) => row.item !== '' && !isSame(row, before.get(row.item)))
    const gone = [...before.keys()].filter((item) => !now.has(item)).map((item) => ({ ...nothing, ...key, item, isDeleted: true }))
    const toWrite = [...changed, ...gone]
    for (let from = 0; from < toWrite.length; from += CHUNK) await events.appendConsensus(projectId, toWrite.slice(from, from + CHUNK))
    await events.appendConsensus(
      projectId,
      rows.filter(({ item }) => item === ''),
    )
  }

  /** One page of items with their consensus and the votes behind it, those whose votes are farthest apart first. */
  async function list(projectId: string, { criterion, cursor, limit, ...selection }: ConsensusQuery): Promise<Page<ConsensusItem>> {
    await refresh(projectId)
    const after = cursor === undefined ? null : decodeCursor(positionSchema, cursor)
    const isRestricted = Object.values(selection).some((value) => value !== undefined)
    const selected = selectJudgments(projectId, { criterion, ...selection })
    const only = isRestricted
      ? { where: `AND item IN (SELECT ${itemKey} ${selected.from})`, params: selected.params }
      : { where: '', params: {} }
    const position = after === null ? null : { spread: after[0], item: after[1] }
    const found = await store.page(projectId, criterion, only, position, limit + 1)
    const rows = found.slice(0, limit)
    const places = rows.map(({ item }) => placeOfItem(item)).filter(({ spanId }) => spanId !== '')
    const [votes, previews] = await Promise.all([
      store.votes(
        projectId,
        criterion,
        rows.map(({ item }) => item),
      ),
      store.previews(projectId, places),
    ])
    const last = rows.at(-1)
    return {
      items: rows.map(({ item, posterior, votes: counted, ...row }) => {
        const { traceId, spanId } = placeOfItem(item)
        const own = (votes.get(item) ?? []).filter(({ kind }) => kind === row.kind)
        const preview = previews.get(`${traceId}:${spanId}`) ?? ''
        const given = own.map(({ value }) => value)
        return {
          ...row,
          target: targetOfItem(item),
          marks: row.kind === 'marks' ? answeredMarks(row.value, { counted: Number(counted), given, preview }) : null,
          posterior: JSON.parse(posterior) as ConsensusItem['posterior'],
          n: own.length,
          votes: own.map(({ item: _item, kind: _kind, ...vote }) => vote),
          preview,
        }
      }),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.spread, last.item]) : null,
    }
  }

  /** Where the consensus on each criterion comes from. */
  async function sources(projectId: string): Promise<{ items: ConsensusSource[] }> {
    await refresh(projectId)
    const found = await store.sources(projectId)
    return {
      items: found.map(({ criterion, kind, source }) => ({ criterion, kind, source })).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    }
  }

  return { refresh, list, sources, projects: store.projects }
}

const nothing: ConsensusRow = {
  criterion: '',
  kind: '',
  item: '',
  traceId: '',
  spanId: '',
  sessionId: '',
  value: '',
  score: null,
  sd: null,
  probability: null,
  posterior: [],
  votes: 0,
  time: new Date(0).toISOString(),
  spread: 0,
  method: '',
  source: {},
  isDeleted: false,
}

/** The rows with what leads decided in the place of what was inferred: a decision is certain, and needs no several votes. */
function withDecisions(rows: readonly ConsensusRow[], decisions: ReadonlyMap<string, { value: string; time: string }>): ConsensusRow[] {
  const known = new Map(rows.map((row) => [row.item, row]))
  const [head] = rows
  const decided = [...decisions].map(([item, { value, time }]): ConsensusRow => {
    const row = known.get(item) ?? {
      ...nothing,
      criterion: head?.criterion ?? '',
      kind: head?.kind ?? '',
      item,
      ...placeOfItem(item),
      time,
    }
    const score = row.kind === 'rating' ? Number(value) : row.kind === 'thumbs' ? (value === 'up' ? 1 : 0) : null
    const certain = { probability: 1, posterior: [{ value, probability: 1 }], score, sd: score === null ? null : 0 }
    // The decision is a judgment that the consensus stands for, too.
    return { ...row, ...certain, value, votes: row.votes + 1, method: 'decision' }
  })
  return [...rows.filter(({ item }) => !decisions.has(item)), ...decided]
}

function isSame(row: ConsensusRow, before: StoredItem | undefined): boolean {
  if (before === undefined) return false
  const [, value, score, sd, probability, votes, spread, method] = before
  return (
    row.value === value &&
    row.score === score &&
    row.sd === sd &&
    row.probability === probability &&
    row.votes === Number(votes) &&
    row.spread === spread &&
    row.method === method
  )
}
