import {
  ApiError,
  type Page,
  type Trace,
  type TraceFacets,
  type TraceCountQuery,
  type TraceQuery,
  type TraceSummary,
} from '@plaudit/protocol'
import { z } from 'zod'
import type { EventStore } from '../events/event-store.ts'
import { feedbackOn } from '../feedback/feedback-on.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { traceStore } from './store.ts'

const positionSchema = z.tuple([z.int().min(0), z.string()])

/** Traces: listed newest first, and read whole with the feedback on them. Feedback that came before its trace is there as soon as it is. */
export function traceService(context: { events: EventStore }) {
  const store = traceStore(context.events)

  /** One page of the traces that match, newest first. @throws ApiError `invalid_argument` for a bad cursor or condition. */
  async function listTraces(projectId: string, query: TraceQuery): Promise<Page<TraceSummary>> {
    const position = query.cursor === undefined ? null : decodeCursor(positionSchema, query.cursor)
    const after = position === null ? null : { startMs: position[0], id: position[1] }
    const found = await store.page(projectId, query, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const items = await store.summaries(
      projectId,
      page.map(({ id }) => id),
      Math.min(...page.map(({ startMs }) => startMs)),
    )
    const last = page.at(-1)
    return { items, nextCursor: found.length > page.length && last !== undefined ? encodeCursor([last.startMs, last.id]) : null }
  }

  /** How many traces match. @throws ApiError `invalid_argument` for a bad condition. */
  const countTraces = (projectId: string, query: TraceCountQuery): Promise<number> => store.count(projectId, query)

  /** Those of some traces that match a filter, each with its session; `fromMs` is not after the first of their spans. */
  const matching = (projectId: string, query: TraceCountQuery, among: { traceIds: readonly string[]; fromMs: number }) =>
    store.matching(projectId, query, among)

  /** A trace with its spans and all feedback. @throws ApiError `not_found` when it has no spans (yet) in this project. */
  async function getTrace(projectId: string, traceId: Trace['traceId']): Promise<Trace> {
    const [spans, judgments] = await Promise.all([store.spans(projectId, traceId), feedbackOn(context.events, projectId, { traceId })])
    if (spans.length === 0) {
      const waiting = judgments.length === 0 ? '' : ` Feedback on it is there (${judgments.length}) and waits for it.`
      throw new ApiError('not_found', `There is no trace ${traceId} in this project, or it has not arrived yet.${waiting}`)
    }
    return { traceId, spans, feedback: judgments }
  }

  /** The traces of these ids in short, in the order given; those without spans are left out. */
  const summaries = (projectId: string, traceIds: string[]): Promise<TraceSummary[]> => store.summaries(projectId, traceIds)

  /** Values that the filters can offer. */
  const facets = (projectId: string): Promise<TraceFacets> => store.facets(projectId)

  return { matching, listTraces, countTraces, getTrace, summaries, facets }
}
