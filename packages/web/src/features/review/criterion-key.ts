import { type Criterion, optionsOf, type Outcome } from '@plaudit/protocol'

/** A key that answers the criterion in focus; `value` is what it chooses. */
export type CriterionKey = { keys: string; label: string; value: unknown }

/** The outcomes of a comparison with their keys, in the order of the buttons. */
export const outcomeKeys: readonly { outcome: Outcome; keys: string; label: string }[] = [
  { outcome: 'left', keys: 'a', label: 'Left is better' },
  { outcome: 'right', keys: 'b', label: 'Right is better' },
  { outcome: 'tie', keys: 'e', label: 'Equal' },
  { outcome: 'both_bad', keys: 'x', label: 'Both bad' },
  { outcome: 'cannot_judge', keys: 'q', label: 'Cannot judge' },
]

/** The outcomes that a comparison offers. */
export function offeredOutcomes(criterion: Criterion & { type: 'comparison' }) {
  const isOffered = {
    left: true,
    right: true,
    tie: criterion.allowTie,
    both_bad: criterion.allowBothBad,
    cannot_judge: criterion.allowCannotJudge,
  }
  return outcomeKeys.filter(({ outcome }) => isOffered[outcome])
}

/** The values that a criterion's options stand for, in the order of `optionsOf`. */
export function optionValues(criterion: Criterion): (string | number | boolean)[] {
  switch (criterion.type) {
    case 'binary':
      return [true, false]
    case 'ordinal':
      return criterion.points.map(({ value }) => value)
    case 'categorical':
    case 'multi_label':
      return criterion.options.map(({ value }) => value)
    case 'mark':
      return criterion.types.map(({ value }) => value)
    case 'correction':
      return criterion.reasons.map(({ value }) => value)
    default:
      return []
  }
}

/**
 * The keys that choose a criterion's options: the nth option has the digit n, an ordinal point from 0 to 9 the digit that it shows, and an option
 * its own key beside. A key of the rubric that `isTaken` by the screen gives way; the digit still works.
 */
export function optionKeys(criterion: Criterion, isTaken: (keys: string) => boolean): CriterionKey[] {
  const values = optionValues(criterion)
  const digits = digitsOf(criterion)
  return optionsOf(criterion).flatMap(({ label, hotkey }, index) => {
    const digit = digits[index]
    return [
      ...(digit === undefined ? [] : [{ keys: digit, label, value: values[index] }]),
      ...(hotkey === undefined || isTaken(hotkey) || digits.includes(hotkey) ? [] : [{ keys: hotkey, label, value: values[index] }]),
    ]
  })
}

/** The digit of each option, in their order; undefined beyond the ninth. */
export function digitsOf(criterion: Criterion): (string | undefined)[] {
  const count = optionsOf(criterion).length
  if (criterion.type === 'ordinal' && criterion.points.every(({ value }) => value >= 0 && value <= 9))
    return criterion.points.map(({ value }) => String(value))
  return Array.from({ length: count }, (_, index) => (index < 9 ? String(index + 1) : undefined))
}

/** Whether an answer chosen by key is complete, so that the next criterion comes. */
export function completes(criterion: Criterion, answer: unknown): boolean {
  switch (criterion.type) {
    case 'binary':
    case 'ordinal':
    case 'categorical':
      return answer !== undefined
    case 'comparison': {
      const { outcome, strength } = (answer ?? {}) as { outcome?: Outcome; strength?: number }
      if (outcome === undefined) return false
      return criterion.strength === 0 || (outcome !== 'left' && outcome !== 'right') || strength !== undefined
    }
    default:
      return false
  }
}

/** Whether a criterion has an answer. */
export function isAnswered(criterion: Pick<Criterion, 'type'>, answer: unknown): boolean {
  if (answer === undefined || answer === null) return false
  if (criterion.type === 'text') return (answer as string).trim() !== ''
  if (criterion.type === 'ranking') return (answer as { ranks: (number | null)[] }).ranks.every((rank) => rank !== null)
  return true
}

/** A list with the value in it, or without it when it was there. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value]
}
