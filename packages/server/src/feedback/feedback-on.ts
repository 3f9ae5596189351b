import type { Feedback } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from '../events/feedback-row.ts'

/** Every judgment that stands on a trace (its spans, their documents, comparisons of them) or on a session, oldest first. */
export async function feedbackOn(
  events: EventStore,
  projectId: string,
  place: { traceId: string } | { sessionId: string },
): Promise<Feedback[]> {
  // The inner selects find the places, each by its own index; FINAL then reads only those.
  const found = (condition: string) =>
    `SELECT trace_id, span_id, identity FROM feedback WHERE project_id = {projectId:String} AND ${condition}`
  const inComparison = `target_kind = 'comparison' AND arrayExists(output -> startsWith(output, {traceId:String}), outputs)`
  const places =
    'traceId' in place
      ? `${found('trace_id = {traceId:String}')} UNION ALL ${found(inComparison)}`
      : found('session_id = {sessionId:String}')
  const rows = await events.query<FeedbackRow>(
    `SELECT ${feedbackColumns} FROM feedback FINAL
     WHERE project_id = {projectId:String} AND (trace_id, span_id, identity) IN (${places}) ORDER BY time, feedback_id`,
    { projectId, ...place },
  )
  return rows.map(decodeFeedback)
}
