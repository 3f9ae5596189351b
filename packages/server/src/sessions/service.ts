import { ApiError, type Page, type Session, type SessionQuery, type SessionSummary } from '@plaudit/protocol'
import { z } from 'zod'
import type { EventStore } from '../events/event-store.ts'
import { feedbackOn } from '../feedback/feedback-on.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { traceService } from '../traces/service.ts'
import { sessionStore } from './store.ts'

const MAX_TRACES = 1_000

const positionSchema = z.tuple([z.int().min(0), z.string()])

/** Sessions: listed newest first, and read with their traces in short and the feedback on the session itself. */
export function sessionService(context: { events: EventStore }) {
  const store = sessionStore(context.events)
  const traces = traceService(context)

  /** One page of the sessions that match, newest first. @throws ApiError `invalid_argument` for a bad cursor. */
  async function listSessions(projectId: string, query: SessionQuery): Promise<Page<SessionSummary>> {
    const position = query.cursor === undefined ? null : decodeCursor(positionSchema, query.cursor)
    const after = position === null ? null : { startMs: position[0], id: position[1] }
    const found = await store.page(projectId, query, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const items = await store.summaries(
      projectId,
      page.map(({ id }) => id),
    )
    const last = page.at(-1)
    return { items, nextCursor: found.length > page.length && last !== undefined ? encodeCursor([last.startMs, last.id]) : null }
  }

  /** A session. @throws ApiError `not_found` when neither a trace nor a judgment names it. */
  async function getSession(projectId: string, sessionId: string): Promise<Session> {
    const [traceIds, judgments] = await Promise.all([
      store.traceIds(projectId, sessionId, MAX_TRACES),
      feedbackOn(context.events, projectId, { sessionId }),
    ])
    if (traceIds.length === 0 && judgments.length === 0)
      throw new ApiError('not_found', `There is no session ${sessionId} in this project, or its first trace has not arrived yet.`)
    return { sessionId, traces: await traces.summaries(projectId, traceIds), feedback: judgments }
  }

  return { listSessions, getSession }
}
