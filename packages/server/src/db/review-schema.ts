import type { QueueSettings, SamplingPlan, Target } from '@plaudit/protocol'
import type { ColumnType } from 'kysely'

type Stamped = ColumnType<Date, Date | string | undefined, Date | string>
type Json<T> = ColumnType<T, string, string>

export type AssignmentState = 'leased' | 'expired' | 'submitted' | 'late' | 'skipped'

/** Tables of rubrics, guidelines and queues. `migrations/review.ts` creates them. */
export type ReviewDatabase = {
  /** A rubric or a guideline; what it says is in its versions. */
  document: {
    id: string
    project_id: string
    kind: 'rubric' | 'guideline'
    newest: number
    archived: ColumnType<boolean, boolean | undefined, boolean>
    created_at: Stamped
  }
  document_version: {
    document_id: string
    version: number
    name: string
    content: Json<Record<string, unknown>>
    note: string
    created_by: string
    created_at: Stamped
  }
  guideline_acknowledgement: { guideline_id: string; version: number; person_id: string; time: Stamped }
  queue: {
    id: string
    project_id: string
    name: string
    item_kind: 'span' | 'trace' | 'session' | 'comparison'
    rubric_id: string
    guideline_id: string | null
    overlap: number
    settings: Json<QueueSettings>
    state: 'open' | 'paused' | 'archived'
    /** Up to here its standing rule has looked at the traffic. */
    rule_from: Date | null
    created_by: string
    created_at: Stamped
  }
  queue_item: {
    id: string
    queue_id: string
    target: Json<Target>
    /** Tells targets apart: the same one is in a queue once. */
    target_key: string
    state: 'open' | 'done' | 'needs_lead' | 'removed'
    priority: number
    /** Place in the queue: random where people get their own order, else the order of arrival. */
    position: number
    /** How many more people may take it: the overlap less the judgments and the leases. */
    slots_open: number
    judged: number
    /** Known answers by criterion; null for an ordinary item. */
    gold: Json<Record<string, unknown> | null>
    stratum: string | null
    inclusion_probability: number | null
    plan: Json<SamplingPlan | null>
    /** The plan in short: the same for every item that the same plan drew. */
    plan_version: string | null
    preview: string
    created_at: Stamped
  }
  /** One person's work on one item, from the lease to the judgment: there is never a second row for the same two. */
  assignment: {
    id: string
    item_id: string
    queue_id: string
    person_id: string
    state: AssignmentState
    expires_at: Date | null
    /** The outputs in the order shown: `side_order[k]` is the target's index of what stood in place k. */
    side_order: Json<number[]>
    draft: Json<{ answers: Record<string, unknown>; rationales: Record<string, string>; activeMs: number } | null>
    bookmarked: boolean
    /** Why a lead sent the judgment back. */
    lead_note: string | null
    /** Why the reviewer thinks that the known answer is wrong; null once a lead has looked. */
    challenge: string | null
    skip_reason: string | null
    skip_note: string | null
    submission_id: string | null
    answers: Json<Record<string, unknown> | null>
    rationales: Json<Record<string, string> | null>
    presentation: Json<Record<string, unknown> | null>
    rubric_version: number | null
    guideline_version: number | null
    active_ms: number
    /** Share of the gold answers met, 0 to 1; null for an ordinary item. */
    gold_correct: number | null
    claimed_at: Stamped
    submitted_at: Date | null
    /** Whether the judgment is in the event store. */
    published: boolean
  }
  /** A lead's final answers on an item. */
  decision: {
    item_id: string
    person_id: string
    answers: Json<Record<string, unknown>>
    rationales: Json<Record<string, string>>
    errors: Json<{ judgmentId: string; tags: string[] }[]>
    note: string
    time: Stamped
  }
  queue_person: {
    queue_id: string
    person_id: string
    paused_reason: string | null
    /** Who stopped them: a lead, the entry test, or the watch over their gold answers. */
    paused_by: 'lead' | 'test' | 'watch' | null
    qualified_at: Date | null
    /** Gold answers before this do not count for the watch: a lead has let the person go on. */
    watched_from: Date | null
    changed_at: Stamped
  }
  webhook: {
    id: string
    project_id: string
    /** Only items of this queue; null for all of the project. */
    queue_id: string | null
    url: string
    secret: string
    enabled: ColumnType<boolean, boolean | undefined, boolean>
    created_by: string
    created_at: Stamped
  }
  /** One event for one webhook, from the moment that it happened: a trigger on `queue_item` adds it in the same transaction. */
  webhook_delivery: {
    id: ColumnType<string, string | undefined, never>
    webhook_id: string
    event: string
    item_id: string | null
    state: ColumnType<
      'waiting' | 'delivered' | 'failed',
      'waiting' | 'delivered' | 'failed' | undefined,
      'waiting' | 'delivered' | 'failed'
    >
    attempts: ColumnType<number, number | undefined, number>
    next_at: Stamped
    status: number | null
    problem: string | null
    created_at: Stamped
    delivered_at: Date | null
  }
  person_skill: { project_id: string; person_id: string; skill: string }
}
