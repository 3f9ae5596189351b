import type {
  AuditEntry,
  Feedback,
  FeedbackBatchResult,
  FeedbackInput,
  FeedbackQuery,
  Member,
  MemberAdded,
  MemberInput,
  Overview,
  OverviewQuery,
  Page,
  PasswordInput,
  Project,
  ProjectKey,
  ProjectKeyCreated,
  ExternalRewardModelInput,
  RewardBackfillInput,
  RewardDrift,
  RewardExplanation,
  RewardExplanationInput,
  RewardModelChange,
  RewardComparison,
  RewardComparisonInput,
  RewardEmbeddings,
  RewardRun,
  RewardRunInput,
  RewardSelection,
  RewardSelectionInput,
  RewardModel,
  RewardScore,
  RewardScoreInput,
  Role,
  Session,
  SessionInfo,
  SessionSummary,
  SetUpInput,
  SignInInput,
  Trace,
  TraceCount,
  TraceCountQuery,
  TraceFacets,
  TraceQuery,
  TraceSummary,
} from '@plaudit/protocol'
import { type ClientOptions, type RequestOptions, requester } from './request.ts'
import { qualityMethods } from './quality.ts'
import { datasetMethods } from './dataset.ts'
import { reviewMethods } from './review.ts'

type Signal = { signal?: AbortSignal | undefined }
export type PlauditClient = ReturnType<typeof createClient>

/**
 * A client of a Plaudit server. Every method answers with what the REST API answers, and throws `PlauditError` otherwise.
 *
 * @example
 * const plaudit = createClient({ baseUrl: 'http://127.0.0.1:4100', key: process.env.PLAUDIT_SECRET_KEY })
 * await plaudit.feedback.give({ target: { kind: 'trace', traceId }, criterion: 'helpful', kind: 'thumbs', value: 'up' })
 */
export function createClient(options: ClientOptions = {}) {
  const send = requester(options)
  const get = <T>(path: string, query: RequestOptions['query'] = {}, { signal }: Signal = {}) => send<T>('GET', path, { query, signal })

  return {
    /** Any other route, for what has no method of its own. */
    send,
    /** People's sessions; for browsers. */
    session: {
      get: (signal?: Signal) => get<SessionInfo>('/api/v1/session', {}, signal),
      setUp: (body: SetUpInput) => send<SessionInfo>('POST', '/api/v1/session/setup', { body }),
      signIn: (body: SignInInput) => send<SessionInfo>('POST', '/api/v1/session/sign-in', { body }),
      /** Changes the own password; a one-time password must be changed before anything else. */
      changePassword: (body: PasswordInput) => send<SessionInfo>('POST', '/api/v1/session/password', { body }),
      signOut: () => send<void>('POST', '/api/v1/session/sign-out'),
    },
    projects: {
      create: (name: string) => send<Project>('POST', '/api/v1/projects', { body: { name } }),
      rename: (projectId: string, name: string) => send<Project>('PATCH', `/api/v1/projects/${projectId}`, { body: { name } }),
      /** Deletes the project and everything in it, for good. */
      remove: (projectId: string) => send<void>('DELETE', `/api/v1/projects/${projectId}`),
      keys: (projectId: string) => get<{ items: ProjectKey[] }>(`/api/v1/projects/${projectId}/keys`),
      createKey: (projectId: string, name: string) =>
        send<ProjectKeyCreated>('POST', `/api/v1/projects/${projectId}/keys`, { body: { name } }),
      revokeKey: (projectId: string, keyId: string) => send<void>('DELETE', `/api/v1/projects/${projectId}/keys/${keyId}`),
      members: (projectId: string, signal?: Signal) => get<{ items: Member[] }>(`/api/v1/projects/${projectId}/members`, {}, signal),
      /** Adds a person; the answer holds a one-time password when they had no account. */
      addMember: (projectId: string, body: MemberInput) => send<MemberAdded>('POST', `/api/v1/projects/${projectId}/members`, { body }),
      setRole: (projectId: string, personId: string, role: Role) =>
        send<void>('PATCH', `/api/v1/projects/${projectId}/members/${personId}`, { body: { role } }),
      removeMember: (projectId: string, personId: string) => send<void>('DELETE', `/api/v1/projects/${projectId}/members/${personId}`),
      audit: (projectId: string, query: { limit?: number; cursor?: string } = {}, signal?: Signal) =>
        get<Page<AuditEntry>>(`/api/v1/projects/${projectId}/audit`, query, signal),
    },
    traces: {
      list: (query: Partial<TraceQuery> = {}, signal?: Signal) => get<Page<TraceSummary>>('/api/v1/traces', query, signal),
      /** How many traces match. */
      count: (query: TraceCountQuery = {}, signal?: Signal) => get<TraceCount>('/api/v1/traces/count', query, signal),
      facets: (signal?: Signal) => get<TraceFacets>('/api/v1/traces/facets', {}, signal),
      get: (traceId: string, signal?: Signal) => get<Trace>(`/api/v1/traces/${traceId}`, {}, signal),
      /** Spans as the body of OTLP/HTTP in JSON; answers with what was refused, if anything. */
      send: (body: object) =>
        send<{ partialSuccess?: { rejectedSpans?: string; errorMessage?: string } }>('POST', '/v1/traces', { body, repeatable: true }),
    },
    sessions: {
      list: (query: { limit?: number; cursor?: string; from?: string; to?: string; userId?: string } = {}, signal?: Signal) =>
        get<Page<SessionSummary>>('/api/v1/sessions', query, signal),
      get: (sessionId: string, signal?: Signal) => get<Session>(`/api/v1/sessions/${encodeURIComponent(sessionId)}`, {}, signal),
    },
    feedback: {
      /** One judgment; it is on disk when this resolves. Repeats after a failure write it once. */
      give: (feedback: FeedbackInput) =>
        send<{ id: string }>('POST', '/api/v1/feedback', { body: { id: crypto.randomUUID(), ...feedback }, repeatable: true }),
      /** Up to 1,000 judgments; the answer has one entry for each, in order, and a bad one spoils no other. */
      giveMany: (items: readonly FeedbackInput[]) =>
        send<FeedbackBatchResult>('POST', '/api/v1/feedback', {
          body: { items: items.map((item) => ({ id: crypto.randomUUID(), ...item })) },
          repeatable: true,
        }),
      list: (query: Partial<FeedbackQuery> = {}, signal?: Signal) => get<Page<Feedback>>('/api/v1/feedback', query, signal),
      get: (id: string) => get<Feedback>(`/api/v1/feedback/${id}`),
      remove: (id: string) => send<void>('DELETE', `/api/v1/feedback/${id}`),
    },
    ...reviewMethods(send),
    ...qualityMethods(send),
    datasets: datasetMethods(send),
    overview: (query: Partial<OverviewQuery> = {}, signal?: Signal) => get<Overview>('/api/v1/overview', query, signal),
    reward: {
      models: (signal?: Signal) => get<{ items: RewardModel[] }>('/api/v1/reward/models', {}, signal),
      model: (id: string, signal?: Signal) => get<RewardModel>(`/api/v1/reward/models/${id}`, {}, signal),
      /** Registers a model file of `plaudit reward train` as the next version of a name. */
      register: (name: string, file: Uint8Array) => send<RewardModel>('POST', '/api/v1/reward/models', { query: { name }, body: file }),
      /** Scores the generations that are stored; the model shows how far it has come. */
      backfill: (id: string, time: RewardBackfillInput = {}) =>
        send<RewardModel>('POST', `/api/v1/reward/models/${id}/backfill`, { body: time }),
      stopBackfill: (id: string) => send<RewardModel>('DELETE', `/api/v1/reward/models/${id}/backfill`),
      /** Every preference pair in the feedback of people, as JSON lines. */
      pairs: (query: { criterion?: string } = {}) => send<string>('GET', '/api/v1/reward/pairs', { query, answer: 'text' }),
      setState: (id: string, state: RewardModel['state']) => send<RewardModel>('PATCH', `/api/v1/reward/models/${id}`, { body: { state } }),
      change: (id: string, body: RewardModelChange) => send<RewardModel>('PATCH', `/api/v1/reward/models/${id}`, { body }),
      /** Registers a model that is served elsewhere as the next version of a name. */
      registerExternal: (body: ExternalRewardModelInput) => send<RewardModel>('POST', '/api/v1/reward/models/external', { body }),
      /** The report card as an HTML page that prints. */
      card: (id: string) => send<string>('GET', `/api/v1/reward/models/${id}/card`, { answer: 'text' }),
      /** Whether a model still agrees with people, on what they judged since it was registered. */
      drift: (id: string, signal?: Signal) => get<RewardDrift>(`/api/v1/reward/models/${id}/drift`, {}, signal),
      /** Where a score comes from. */
      explain: (body: RewardExplanationInput) => send<RewardExplanation>('POST', '/api/v1/reward/explain', { body, repeatable: true }),
      /** Two models on the test side of a data set, by a paired test. */
      compare: (body: RewardComparisonInput) => send<RewardComparison>('POST', '/api/v1/reward/compare', { body, repeatable: true }),
      /** What people should judge next for a model to learn from, beside a blind slice; into a queue where one is named. */
      select: (body: RewardSelectionInput) => send<RewardSelection>('POST', '/api/v1/reward/select', { body, repeatable: true }),
      /** Trains on a data set, or judges a model by one, in the background. */
      run: (body: RewardRunInput) => send<RewardRun>('POST', '/api/v1/reward/runs', { body }),
      runs: (signal?: Signal) => get<{ items: RewardRun[] }>('/api/v1/reward/runs', {}, signal),
      getRun: (id: string, signal?: Signal) => get<RewardRun>(`/api/v1/reward/runs/${id}`, {}, signal),
      cancelRun: (id: string) => send<RewardRun>('DELETE', `/api/v1/reward/runs/${id}`),
      /** The encoder whose vectors may count beside words, and what vectors have cost. */
      embeddings: (signal?: Signal) => get<RewardEmbeddings>('/api/v1/reward/embeddings', {}, signal),
      score: (body: RewardScoreInput) => send<RewardScore>('POST', '/api/v1/reward/score', { body, repeatable: true }),
    },
  }
}
