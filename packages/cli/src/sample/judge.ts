import type { FeedbackInput } from '@plaudit/protocol'
import type { Draw } from './draw.ts'
import { leftAdvantage, type Reviewer } from './truth.ts'

type Target = FeedbackInput['target']

/** What a person sees: where it is, when, and how good it truly is (1 to 5). */
export interface Judged {
  target: Target
  time: string
}

/** A reviewer's rating from 1 to 5 of something of the given quality: their severity and noise added, rounded to whole points. */
export function rate(draw: Draw, reviewer: Reviewer, quality: number): number {
  return clampRating(Math.round(draw.normal(quality + reviewer.severity, reviewer.noise)))
}

/** A reviewer's label: the true one with the reviewer's accuracy, otherwise one of the others. */
export function labelAs(draw: Draw, reviewer: Reviewer, truth: string, others: readonly string[]): string {
  return draw.chance(reviewer.accuracy) ? truth : draw.pick(others.filter((other) => other !== truth))
}

/** The outcome of a comparison by Bradley–Terry odds of the two qualities, with ties and the advantage of the left side. */
export function compare(draw: Draw, reviewer: Reviewer, left: number, right: number): 'left' | 'right' | 'tie' | 'both_bad' {
  if (left < 2 && right < 2 && draw.chance(0.5)) return 'both_bad'
  if (Math.abs(left - right) < 0.3 && draw.chance(0.5)) return 'tie'
  const logOdds = (1.6 * (left - right)) / (1 + reviewer.noise) + leftAdvantage
  return draw.chance(1 / (1 + Math.exp(-logOdds))) ? 'left' : 'right'
}

/** Where feedback comes from, ready to be spread into a record. */
export function byReviewer(draw: Draw, reviewer: Reviewer, { target, time }: Judged) {
  return { id: draw.uuid(), target, time, author: { kind: 'human' as const, id: reviewer.id, role: 'reviewer' as const } }
}

/** As `byReviewer`, for the person who uses the application. */
export function byUser(draw: Draw, userId: string, { target, time }: Judged) {
  return { id: draw.uuid(), target, time, author: { kind: 'human' as const, id: userId, role: 'end_user' as const } }
}

/** A time `low` to `high` minutes after `ms`, as text. */
export function minutesAfter(draw: Draw, ms: number, low: number, high: number): string {
  return new Date(Math.round(ms + draw.uniform(low, high) * 60_000)).toISOString()
}

/** Into the scale of ratings, 1 to 5. */
export function clampRating(value: number): number {
  return Math.min(5, Math.max(1, value))
}
