import type { Feedback, Target, Work } from '@plaudit/protocol'
import { isDeepStrictEqual } from 'node:util'
import type { EventStore } from '../events/event-store.ts'
import { feedbackOn } from '../feedback/feedback-on.ts'
import { valueAsShown } from './presentation.ts'
import type { QueueRow } from './store.ts'

type Seen = {
  projectId: string
  /** Who is going to judge: their own words are not shown to them. */
  personId: string
  queue: Pick<QueueRow, 'id' | 'settings'>
  target: Target
  /** In which the outputs of a comparison are shown. */
  order: readonly number[]
}

/** What models and other people of the queue said about an item, as far as the queue shows it: without names, turned to the sides as shown. */
export async function saidOn(
  events: EventStore,
  { projectId, personId, queue, target, order }: Seen,
): Promise<Pick<Work, 'prelabels' | 'others'>> {
  const { hidePrelabels, hideOthers } = queue.settings.blind
  if (hidePrelabels && hideOthers) return { prelabels: [], others: [] }
  const given = (await judgmentsOn(events, projectId, target)).map((one) => ({ ...one, value: valueAsShown(one.value, order) }))
  const isOther = ({ author, identifier }: Feedback) =>
    author.kind === 'human' && author.id !== personId && identifier === `queue:${queue.id}`
  return {
    prelabels: hidePrelabels ? [] : given.filter(({ author }) => author.kind === 'model'),
    others: hideOthers
      ? []
      : given.filter(isOther).map((one) => ({ ...one, author: { kind: 'human' as const, id: '', role: null }, presentation: {} })),
  }
}

async function judgmentsOn(events: EventStore, projectId: string, target: Target): Promise<Feedback[]> {
  const { traceId, sessionId } = {
    traceId: undefined,
    sessionId: undefined,
    ...(target.kind === 'comparison' ? target.outputs[0] : target),
  }
  if (traceId === undefined && sessionId === undefined) return []
  const given = await feedbackOn(events, projectId, traceId === undefined ? { sessionId: sessionId ?? '' } : { traceId })
  // The two stores keep an object's keys in orders of their own.
  return given.filter((one) => isDeepStrictEqual(one.target, target))
}
