import type { Criterion, Outcome } from '@plaudit/protocol'
import { chosenOutcome } from './comparison-input.tsx'
import { type CriterionKey, offeredOutcomes, optionKeys, toggled } from './criterion-key.ts'
import { pick, type Ranks, unpick } from './rank-pick.ts'

/** The keys that answer the criterion in focus. */
export function criterionHotkeys(criterion: Criterion, outputs: number, isTaken: (keys: string) => boolean): CriterionKey[] {
  switch (criterion.type) {
    case 'comparison':
      return [
        ...offeredOutcomes(criterion).map(({ outcome, keys, label }) => ({ keys, label, value: outcome })),
        ...numbered(criterion.strength, (strength) => ({ label: `Strength ${strength}`, value: strength })),
      ]
    case 'ranking':
      return [
        ...numbered(Math.min(9, outputs), (output) => ({ label: `Output ${output} comes next`, value: output - 1 })),
        ...(criterion.allowTies ? [{ keys: 'e', label: 'Tie the next with the one before', value: 'tie' }] : []),
        { keys: 'backspace', label: 'Take the last place back', value: 'back' },
      ]
    case 'numeric':
      return Array.from({ length: 10 }, (_, digit) => ({ keys: String(digit), label: `Begin with ${digit}`, value: digit }))
    case 'correction':
    case 'mark':
      // Reasons and types belong to the editor and to the text.
      return []
    default:
      return optionKeys(criterion, isTaken)
  }
}

function numbered(count: number, key: (number: number) => Omit<CriterionKey, 'keys'>): CriterionKey[] {
  return Array.from({ length: count }, (_, index) => ({ keys: String(index + 1), ...key(index + 1) }))
}

/** The answer after a key that stands for `value`. The same key again confirms a choice, so that haste takes nothing back; labels come and go. */
export function answerByKey(
  criterion: Criterion,
  before: unknown,
  value: unknown,
  { outputs, ties }: { outputs: number; ties: boolean },
): { answer: unknown; isChanged: boolean } {
  switch (criterion.type) {
    case 'comparison': {
      const given = before as { outcome: Outcome; strength?: number } | undefined
      if (typeof value !== 'number') return { answer: chosenOutcome(given, value as Outcome), isChanged: true }
      const hasSide = given?.outcome === 'left' || given?.outcome === 'right'
      return { answer: hasSide ? { ...given, strength: value } : given, isChanged: hasSide }
    }
    case 'ranking': {
      if (value === 'tie') return { answer: before, isChanged: false }
      const ranks = (before as { ranks: Ranks } | undefined)?.ranks ?? Array.from({ length: outputs }, () => null)
      const next = value === 'back' ? unpick(ranks) : pick(ranks, value as number, ties)
      return { answer: next.every((rank) => rank === null) ? undefined : { ranks: next }, isChanged: true }
    }
    case 'multi_label': {
      const next = toggled((before ?? []) as string[], String(value))
      return { answer: next.length === 0 ? undefined : next, isChanged: true }
    }
    default:
      return { answer: value, isChanged: true }
  }
}
