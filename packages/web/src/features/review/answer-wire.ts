import { type CheckedAnswers, checkAnswers, type Criterion, type Mark } from '@plaudit/protocol'
import { locateMark } from '../../ui/mark/mark-anchor.ts'
import { type DraftMark, draftOf, markDraft, marksOf } from '../../ui/mark/mark-draft.ts'
import { denseRanks } from '../../ui/ranking.ts'
import { isAnswered } from './criterion-key.ts'
import type { Filled } from './item-draft.ts'

/** What is filled in as it is sent: marks with their place in code points, their quote and surroundings; empty texts and reasons left out. */
export function toWire(criteria: readonly Criterion[], filled: Filled, text: string): Filled {
  const answers: Record<string, unknown> = {}
  for (const { key, type } of criteria) {
    const answer = filled.answers[key]
    if (answer === undefined || answer === null || (type === 'text' && (answer as string).trim() === '')) continue
    answers[key] = type === 'mark' ? marksOf(text, markDraft(answer as DraftMark[])) : answer
  }
  const rationales = Object.entries(filled.rationales)
    .map(([key, reason]) => [key, reason.trim()] as const)
    .filter(([, reason]) => reason !== '')
  return { answers, rationales: Object.fromEntries(rationales) }
}

/** What was kept before, to go on with. Answers to criteria that the rubric does not have any more, and marks made on another text, are left out. */
export function fromWire(criteria: readonly Criterion[], kept: Filled, text: string): Filled {
  const answers: Record<string, unknown> = {}
  for (const { key, type } of criteria) {
    const answer = kept.answers[key]
    if (answer === undefined || answer === null) continue
    answers[key] = type === 'mark' ? draftOf(text, answer as Mark[]).marks : answer
  }
  return { answers, rationales: kept.rationales }
}

/** How many kept marks do not fit this text any more, so that `fromWire` leaves them out. */
export function lostMarks(criteria: readonly Criterion[], kept: Filled, text: string): number {
  const marks = criteria.flatMap(({ key, type }) => (type === 'mark' ? ((kept.answers[key] ?? []) as Mark[]) : []))
  return marks.filter((mark) => locateMark(text, mark).range === null).length
}

/** The answers as they can be submitted, and what is wrong with them: half a ranking is none, and the places of a whole one close up. */
export function submittable(criteria: readonly Criterion[], answers: Filled['answers'], outputs: number): CheckedAnswers {
  const given: Record<string, unknown> = {}
  for (const criterion of criteria) {
    const answer = answers[criterion.key]
    if (!isAnswered(criterion, answer)) continue
    given[criterion.key] = criterion.type === 'ranking' ? { ranks: denseRanks((answer as { ranks: (number | null)[] }).ranks) } : answer
  }
  return checkAnswers(criteria, given, outputs)
}
