import type { FeedbackInput, FeedbackKind, Target } from '@plaudit/sdk'
import { type Criterion, firstCriterion } from './criterion.ts'
import type { FeedbackLedger } from './use-feedback-ledger.ts'

/** What every form that gives feedback is told. */
export type JudgmentFormProps = {
  target: Target
  /** The project's criteria of all kinds. */
  criteria: readonly Criterion[]
  ledger: FeedbackLedger
  onDone: () => void
}

/** The criteria of a kind, and the name to begin with. */
export function criterionChoice(criteria: readonly Criterion[], kind: FeedbackKind): { offered: Criterion[]; first: string } {
  const offered = criteria.filter((criterion) => criterion.kind === kind)
  return { offered, first: offered[0]?.name ?? firstCriterion[kind] }
}

/** A judgment ready to send; an empty rationale is left out. */
export function judgment(target: Target, criterion: string, kind: FeedbackKind, value: unknown, rationale = ''): FeedbackInput {
  const reason = rationale.trim()
  return { target, criterion: criterion.trim(), kind, value, ...(reason === '' ? {} : { rationale: reason }) } as FeedbackInput
}
