import type { Criterion, Mark, Outcome } from '@plaudit/protocol'

const outcomes: Record<Outcome, string> = {
  left: 'Left is better',
  right: 'Right is better',
  tie: 'Equally good',
  both_bad: 'Both bad',
  cannot_judge: 'Cannot judge',
}

/** An answer in the words of its criterion. Marks are given by their type and quote; an answer that is none is an empty text. */
export function answerText(criterion: Criterion, answer: unknown): string {
  if (answer === undefined || answer === null) return ''
  const labelOf = (options: readonly { value: string | number; label: string }[], value: unknown) =>
    options.find((option) => option.value === value)?.label ?? String(value)
  switch (criterion.type) {
    case 'binary':
      return answer === true ? criterion.yes.label : criterion.no.label
    case 'ordinal':
      return `${answer as number} · ${labelOf(criterion.points, answer)}`
    case 'numeric':
      return `${answer as number}${criterion.unit === '' ? '' : ` ${criterion.unit}`}`
    case 'categorical':
      return labelOf(criterion.options, answer)
    case 'multi_label': {
      const labels = (answer as string[]).map((value) => labelOf(criterion.options, value))
      return labels.length === 0 ? 'None of these' : labels.join(', ')
    }
    case 'text':
      return answer as string
    case 'correction':
      return (answer as { text: string }).text
    case 'mark': {
      const marks = answer as Mark[]
      if (marks.length === 0) return 'Nothing marked'
      return marks.map((mark) => `${labelOf(criterion.types, mark.type)}: “${mark.quote}”`).join('; ')
    }
    case 'comparison': {
      const { outcome, strength } = answer as { outcome: Outcome; strength?: number }
      return `${outcomes[outcome]}${strength === undefined ? '' : `, strength ${strength} of ${criterion.strength}`}`
    }
    case 'ranking':
      return (answer as { ranks: number[] }).ranks.map((rank, index) => `output ${index + 1}: ${rank}`).join(', ')
  }
}

/** Whether all who answered said the same. */
export function isUnanimous(criterion: Criterion, answers: readonly unknown[]): boolean {
  const texts = answers.filter((answer) => answer !== undefined && answer !== null).map((answer) => answerText(criterion, answer))
  return new Set(texts).size <= 1
}
