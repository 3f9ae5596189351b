import type { AnswerProblem, Desk } from '@plaudit/protocol'
import type { SubmitInput } from '@plaudit/sdk'
import { submittable } from './answer-wire.ts'
import type { KeptDraft } from './draft-keeper.ts'

/** What a judgment is made of: answers and reasons as they are sent, the time that went into them, and on how many outputs. */
export type Judged = Pick<KeptDraft, 'leaseId' | 'answers' | 'rationales' | 'activeMs' | 'outputs'>

/** A judgment ready to be sent under an id of its own, stamped with the versions that its author saw; or what is wrong with it. */
export function submissionOf(
  desk: Pick<Desk, 'rubric' | 'acknowledgedVersion'>,
  { leaseId, answers: given, rationales, activeMs, outputs }: Judged,
  rendering: Record<string, unknown>,
): { body: SubmitInput; problems: readonly AnswerProblem[] } {
  const { answers, problems } = submittable(desk.rubric.criteria, given, outputs)
  const body = {
    leaseId,
    submissionId: crypto.randomUUID(),
    answers,
    rationales,
    activeMs: Math.round(activeMs),
    rubricVersion: desk.rubric.version,
    guidelineVersion: desk.acknowledgedVersion,
    rendering,
  }
  return { body, problems }
}
