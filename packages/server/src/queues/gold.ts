import { checkAnswers, type Criterion } from '@plaudit/protocol'

/**
 * Share of the known answers that a judgment meets, 0 to 1; null when no known answer belongs to the rubric. Choices, numbers and outcomes
 * must be equal; marks are met when every known mark is overlapped by one of its type and none lies elsewhere; free text and corrections are
 * not compared.
 */
export function goldScore(
  criteria: readonly Criterion[],
  gold: Readonly<Record<string, unknown>>,
  answers: Readonly<Record<string, unknown>>,
): number | null {
  const known = criteria.filter(({ key, type }) => gold[key] !== undefined && type !== 'text' && type !== 'correction')
  if (known.length === 0) return null
  return known.filter((criterion) => isMet(criterion, gold[criterion.key], answers[criterion.key])).length / known.length
}

/** Known answers for a person to read. */
export function knownAnswers(criteria: readonly Criterion[], gold: Readonly<Record<string, unknown>>): string {
  const sentences = criteria.flatMap((criterion) => {
    const known = gold[criterion.key]
    return known === undefined ? [] : [`${criterion.title} ${nameOf(criterion, known)}`]
  })
  return `${sentences.join('; ')}.`
}

function nameOf(criterion: Criterion, known: unknown): string {
  switch (criterion.type) {
    case 'binary':
      return known === true ? criterion.yes.label : criterion.no.label
    case 'ordinal':
      return criterion.points.find(({ value }) => value === known)?.label ?? String(known)
    case 'categorical':
      return criterion.options.find(({ value }) => value === known)?.label ?? String(known)
    default:
      return typeof known === 'string' ? known : JSON.stringify(known)
  }
}

/** What is wrong with known answers, as sentences. */
export function goldProblems(criteria: readonly Criterion[], gold: Readonly<Record<string, unknown>>, outputs: number): string[] {
  // Known answers need not cover the rubric.
  const asked = criteria
    .filter(({ key }) => gold[key] !== undefined)
    .map((criterion) => ({ ...criterion, when: undefined, required: false }))
  return checkAnswers(asked, gold, outputs).problems.map(({ message }) => message)
}

type Range = { type: string; start: number; end: number }

function isMet(criterion: Criterion, known: unknown, given: unknown): boolean {
  if (given === undefined) return false
  switch (criterion.type) {
    case 'multi_label':
      return sameSet(known as string[], given as string[])
    case 'comparison':
      return (known as { outcome: string }).outcome === (given as { outcome: string }).outcome
    case 'ranking':
      return JSON.stringify((known as { ranks: number[] }).ranks) === JSON.stringify((given as { ranks: number[] }).ranks)
    case 'mark': {
      const [expected, found] = [known as Range[], given as Range[]]
      const meets = (a: Range, b: Range) => a.type === b.type && a.start <= b.end && b.start <= a.end
      return (
        expected.every((one) => found.some((other) => meets(one, other))) &&
        found.every((one) => expected.some((other) => meets(one, other)))
      )
    }
    default:
      return known === given
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value))
}
