import type {
  StaleJudgment,
  PersonSkills,
  QueuePerson,
  MyQueue,
  Disagreement,
  DecisionInput,
  Challenge,
  Adjudication,
  Claimed,
  Desk,
  Guideline,
  GuidelineChange,
  GuidelineInput,
  Judgment,
  Page,
  Queue,
  QueueChange,
  QueueFill,
  QueueFilled,
  QueueInput,
  QueueItem,
  QueueResultPage,
  Rubric,
  RubricChange,
  RubricInput,
  SimilarItems,
  SkipInput,
  SubmitInput,
  Submitted,
  Webhook,
  WebhookCreated,
  WebhookDelivery,
  WebhookInput,
  Work,
  Workload,
} from '@plaudit/protocol'
import type { Send } from './request.ts'

type Signal = { signal?: AbortSignal | undefined }
type PageQuery = { limit?: number; cursor?: string }
type DraftInput = Pick<SubmitInput, 'leaseId' | 'answers' | 'rationales' | 'activeMs'>

/** Rubrics, guidelines, queues, and the desk of a reviewer. */
export function reviewMethods(send: Send) {
  const get = <T>(path: string, query: PageQuery & Record<string, string | number | undefined> = {}, { signal }: Signal = {}) =>
    send<T>('GET', path, { query, signal })

  return {
    rubrics: {
      list: (query: PageQuery = {}, signal?: Signal) => get<Page<Rubric>>('/api/v1/rubrics', query, signal),
      get: (id: string, version?: number, signal?: Signal) => get<Rubric>(`/api/v1/rubrics/${id}`, { version }, signal),
      versions: (id: string, signal?: Signal) => get<{ items: Rubric[] }>(`/api/v1/rubrics/${id}/versions`, {}, signal),
      create: (body: RubricInput) => send<Rubric>('POST', '/api/v1/rubrics', { body }),
      /** Adds a version on top of `baseVersion`; a conflict when somebody else was faster. */
      change: (id: string, body: RubricChange) => send<Rubric>('POST', `/api/v1/rubrics/${id}/versions`, { body }),
      setArchived: (id: string, archived: boolean) => send<Rubric>('PATCH', `/api/v1/rubrics/${id}`, { body: { archived } }),
    },
    guidelines: {
      list: (query: PageQuery = {}, signal?: Signal) => get<Page<Guideline>>('/api/v1/guidelines', query, signal),
      get: (id: string, version?: number, signal?: Signal) => get<Guideline>(`/api/v1/guidelines/${id}`, { version }, signal),
      versions: (id: string, signal?: Signal) => get<{ items: Guideline[] }>(`/api/v1/guidelines/${id}/versions`, {}, signal),
      create: (body: GuidelineInput) => send<Guideline>('POST', '/api/v1/guidelines', { body }),
      change: (id: string, body: GuidelineChange) => send<Guideline>('POST', `/api/v1/guidelines/${id}/versions`, { body }),
      setArchived: (id: string, archived: boolean) => send<Guideline>('PATCH', `/api/v1/guidelines/${id}`, { body: { archived } }),
      acknowledge: (id: string, version: number) =>
        send<void>('POST', `/api/v1/guidelines/${id}/versions/${version}/acknowledge`, { repeatable: true }),
    },
    queues: {
      list: (query: PageQuery = {}, signal?: Signal) => get<Page<Queue>>('/api/v1/queues', query, signal),
      get: (id: string, signal?: Signal) => get<Queue>(`/api/v1/queues/${id}`, {}, signal),
      create: (body: QueueInput) => send<Queue>('POST', '/api/v1/queues', { body }),
      change: (id: string, body: QueueChange) => send<Queue>('PATCH', `/api/v1/queues/${id}`, { body }),
      /** Adds items; those that are there already stay as they are, so that it can be repeated. */
      fill: (id: string, body: QueueFill) => send<QueueFilled>('POST', `/api/v1/queues/${id}/items`, { body, repeatable: true }),
      items: (
        id: string,
        query: PageQuery & { state?: QueueItem['state']; gold?: 'true' | 'false'; traceId?: string } = {},
        signal?: Signal,
      ) => get<Page<QueueItem>>(`/api/v1/queues/${id}/items`, query, signal),
      judgments: (id: string, itemId: string, signal?: Signal) =>
        get<{ items: Judgment[] }>(`/api/v1/queues/${id}/items/${itemId}/judgments`, {}, signal),
      /** Items with all judgments on them; each page names everybody who judged and every criterion. */
      results: (id: string, query: PageQuery & { state?: QueueItem['state'] } = {}, signal?: Signal) =>
        get<QueueResultPage>(`/api/v1/queues/${id}/results`, query, signal),
      /** Everybody who works in a queue, with intervals. */
      people: (id: string, signal?: Signal) => get<{ items: QueuePerson[] }>(`/api/v1/queues/${id}/people`, {}, signal),
      /** How the work goes on: pace, time, backlog, cost. */
      workload: (id: string, days?: number, signal?: Signal) => get<Workload>(`/api/v1/queues/${id}/workload`, { days }, signal),
      setPaused: (id: string, personId: string, paused: boolean, reason = '') =>
        send<void>('PATCH', `/api/v1/queues/${id}/people/${encodeURIComponent(personId)}`, { body: { paused, reason } }),
      /** Everybody in the project who has skills. */
      skills: (signal?: Signal) => get<{ items: PersonSkills[] }>('/api/v1/people/skills', {}, signal),
      setSkills: (personId: string, skills: readonly string[]) =>
        send<void>('PUT', `/api/v1/people/${encodeURIComponent(personId)}/skills`, { body: { skills } }),
      disagreements: (id: string, query: PageQuery & { decided?: 'true' | 'false' } = {}, signal?: Signal) =>
        get<Page<Disagreement>>(`/api/v1/queues/${id}/disagreements`, query, signal),
      adjudication: (id: string, itemId: string, signal?: Signal) =>
        get<Adjudication>(`/api/v1/queues/${id}/items/${itemId}/adjudication`, {}, signal),
      decide: (id: string, itemId: string, body: DecisionInput) =>
        send<Adjudication>('PUT', `/api/v1/queues/${id}/items/${itemId}/decision`, { body }),
      sendBack: (id: string, itemId: string, judgmentId: string, note: string) =>
        send<void>('POST', `/api/v1/queues/${id}/items/${itemId}/send-back`, { body: { judgmentId, note } }),
      /** Counts a judgment that came after its lease had run out. */
      acceptLate: (id: string, itemId: string, judgmentId: string) =>
        send<Adjudication>('POST', `/api/v1/queues/${id}/items/${itemId}/judgments/${judgmentId}/accept`),
      /** Sets the known answers of an item, corrects them, or (null) removes them. */
      setGold: (id: string, itemId: string, answers: Record<string, unknown> | null) =>
        send<Adjudication>('PUT', `/api/v1/queues/${id}/items/${itemId}/gold`, { body: { answers } }),
      challenges: (id: string, signal?: Signal) => get<{ items: Challenge[] }>(`/api/v1/queues/${id}/challenges`, {}, signal),
      dismissChallenge: (id: string, judgmentId: string) => send<void>('DELETE', `/api/v1/queues/${id}/challenges/${judgmentId}`),
      stale: (id: string, signal?: Signal) => get<{ items: StaleJudgment[] }>(`/api/v1/queues/${id}/stale`, {}, signal),
      setItemState: (id: string, itemId: string, state: 'open' | 'removed') =>
        send<QueueItem>('PATCH', `/api/v1/queues/${id}/items/${itemId}`, { body: { state } }),
    },
    /** Addresses that are called with each item that is done. */
    webhooks: {
      list: (signal?: Signal) => get<{ items: Webhook[] }>('/api/v1/webhooks', {}, signal),
      /** The answer holds the secret that calls are signed with, this once. */
      create: (body: WebhookInput) => send<WebhookCreated>('POST', '/api/v1/webhooks', { body }),
      setEnabled: (id: string, enabled: boolean) => send<Webhook>('PATCH', `/api/v1/webhooks/${id}`, { body: { enabled } }),
      remove: (id: string) => send<void>('DELETE', `/api/v1/webhooks/${id}`),
      /** Calls the address to try it; see `deliveries`. */
      ping: (id: string) => send<void>('POST', `/api/v1/webhooks/${id}/ping`, { answer: 'text' }),
      deliveries: (id: string, query: PageQuery = {}, signal?: Signal) =>
        get<Page<WebhookDelivery>>(`/api/v1/webhooks/${id}/deliveries`, query, signal),
      retry: (id: string, deliveryId: string) =>
        send<void>('POST', `/api/v1/webhooks/${id}/deliveries/${deliveryId}/retry`, { answer: 'text' }),
    },
    /** A person's place at a queue. */
    desk: {
      mine: (signal?: Signal) => get<{ items: MyQueue[] }>('/api/v1/desk', {}, signal),
      me: (queueId: string, signal?: Signal) => get<{ person: QueuePerson | null }>(`/api/v1/queues/${queueId}/me`, {}, signal),
      challenge: (queueId: string, leaseId: string, note: string) =>
        send<void>('POST', `/api/v1/queues/${queueId}/challenge`, { body: { leaseId, note }, repeatable: true }),
      get: (queueId: string, signal?: Signal) => get<Desk>(`/api/v1/queues/${queueId}/desk`, {}, signal),
      /** The next item; repeated, it gives the one that was handed out already. */
      claim: (queueId: string, holding: readonly string[] = [], signal?: Signal) =>
        send<Claimed>('POST', `/api/v1/queues/${queueId}/claim`, { body: { holding }, repeatable: true, ...signal }),
      extend: (queueId: string, leaseId: string) =>
        send<{ expiresAt: string }>('POST', `/api/v1/queues/${queueId}/extend`, { body: { leaseId }, repeatable: true }),
      draft: (queueId: string, body: DraftInput) => send<{ savedAt: string }>('PUT', `/api/v1/queues/${queueId}/draft`, { body }),
      submit: (queueId: string, body: SubmitInput) =>
        send<Submitted>('POST', `/api/v1/queues/${queueId}/submit`, { body, repeatable: true }),
      skip: (queueId: string, body: SkipInput) => send<void>('POST', `/api/v1/queues/${queueId}/skip`, { body }),
      /** The judgment that was submitted last, to be changed. */
      reopen: (queueId: string) => send<Work>('POST', `/api/v1/queues/${queueId}/reopen`),
      /** How similar items were decided, after one's own judgment; a change of it is from then on one made after the reveal. */
      similar: (queueId: string, leaseId: string) =>
        send<SimilarItems>('POST', `/api/v1/queues/${queueId}/similar`, { body: { leaseId }, repeatable: true }),
      bookmark: (queueId: string, leaseId: string, bookmarked: boolean) =>
        send<void>('POST', `/api/v1/queues/${queueId}/bookmark`, { body: { leaseId, bookmarked }, repeatable: true }),
    },
  }
}
