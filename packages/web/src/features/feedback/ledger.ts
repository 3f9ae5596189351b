import type { Author, Feedback, FeedbackInput, FeedbackKind } from '@plaudit/protocol'
import { targetKey } from './target.ts'

/** What was asked for and is not yet in the server's answer. */
export type PendingChange = { kind: 'give'; feedback: Feedback } | { kind: 'remove'; id: string }

/** The judgment as it will be stored, shown before the server has answered. */
export function expectedFeedback(input: FeedbackInput & { id: string }, author: { id: string; role: Author['role'] }, now: Date): Feedback {
  const time = now.toISOString()
  return {
    id: input.id,
    target: input.target as Feedback['target'],
    criterion: input.criterion,
    kind: input.kind as FeedbackKind,
    value: input.value,
    author: { kind: 'human', id: author.id, role: author.role ?? null },
    identifier: input.identifier ?? '',
    rationale: input.rationale ?? '',
    time,
    receivedAt: time,
    metadata: input.metadata ?? {},
    presentation: input.presentation ?? {},
  }
}

/** What tells one judgment from another: a newer one with the same identity supersedes the older. */
export function identityOf({ target, criterion, author, identifier }: Feedback): string {
  return JSON.stringify([targetKey(target), criterion, author.kind, author.id, identifier])
}

/** The judgments with what is pending on top: given ones supersede, removed ones are gone. What the server already shows counts once. */
export function withPending(stored: readonly Feedback[], pending: readonly PendingChange[]): Feedback[] {
  const byIdentity = new Map(stored.map((one) => [identityOf(one), one]))
  for (const change of pending) {
    if (change.kind === 'give') byIdentity.set(identityOf(change.feedback), change.feedback)
    else for (const [identity, one] of byIdentity) if (one.id === change.id) byIdentity.delete(identity)
  }
  return [...byIdentity.values()]
}

/** The judgment that a new one would supersede, if any. */
export function superseded(stored: readonly Feedback[], next: Feedback): Feedback | null {
  const identity = identityOf(next)
  return stored.find((one) => identityOf(one) === identity) ?? null
}

/** A stored judgment as it was sent, to be given again on undo. */
export function inputOf({ target, criterion, kind, value, identifier, rationale, time, metadata, presentation }: Feedback): FeedbackInput {
  return {
    target,
    criterion,
    kind,
    value,
    time,
    metadata,
    presentation,
    ...(identifier === '' ? {} : { identifier }),
    ...(rationale === '' ? {} : { rationale }),
  } as FeedbackInput
}
