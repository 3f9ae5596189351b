import type { QueueSettings, Target } from '@plaudit/protocol'
import type { AssignmentState } from '../db/review-schema.ts'
import { answersAsShown } from './presentation.ts'

/** An item in somebody's hands. */
export type Lease = {
  id: string
  itemId: string
  target: Target
  sideOrder: number[]
  expiresAt: Date
  draft: { answers: Record<string, unknown>; rationales: Record<string, string>; activeMs: number } | null
  bookmarked: boolean
  leadNote: string | null
  gold: Record<string, unknown> | null
}

/** A person's work on an item as it is stored, with what a judgment is checked against. */
export type Assignment = {
  id: string
  person_id: string
  state: AssignmentState
  queue_id: string
  item_id: string
  target: Target
  side_order: number[]
  gold: Lease['gold']
  submission_id: string | null
  gold_correct: number | null
  published: boolean
  /** Of the judgment before it was reopened. */
  answers: Record<string, unknown> | null
  /** Of that judgment; `consultedAt` is when its author looked at how similar items were decided. */
  presentation: { consultedAt?: string } | null
  stratum: string | null
  inclusion_probability: number | null
  plan_version: string | null
  project_id: string
  rubric_id: string
  guideline_id: string | null
  settings: QueueSettings
}

/** A draft made of a judgment that was opened again holds answers in the order of the target; one that was typed, as they were shown. */
type StoredDraft = NonNullable<Lease['draft']> & { inTargetOrder?: boolean }

export type LeaseRow = {
  id: string
  item_id: string
  target: Target
  side_order: number[]
  expires_at: Date | string
  draft: StoredDraft | null
  bookmarked: boolean
  lead_note: string | null
  gold: Lease['gold']
  position: number
}

/** A lease from its row, whose time may come as text. */
export function decodeLease(row: LeaseRow): Lease {
  return {
    id: row.id,
    itemId: row.item_id,
    target: row.target,
    sideOrder: row.side_order,
    expiresAt: new Date(row.expires_at),
    draft: row.draft === null ? null : draftAsShown(row.draft, row.side_order),
    bookmarked: row.bookmarked,
    leadNote: row.lead_note,
    gold: row.gold,
  }
}

function draftAsShown({ inTargetOrder, ...draft }: StoredDraft, order: readonly number[]): NonNullable<Lease['draft']> {
  return inTargetOrder === true ? { ...draft, answers: answersAsShown(draft.answers, order) } : draft
}
