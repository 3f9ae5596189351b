import type { AnswerProblem, Criterion, Mark } from '@plaudit/protocol'

/**
 * What is wrong with marks on these texts. A mark must lie within its text, and what it quotes (and the words around it, where it says them) must
 * stand there: a mark that was made on another text is refused, never moved.
 */
export function markProblems(
  criteria: readonly Criterion[],
  answers: Readonly<Record<string, unknown>>,
  texts: Readonly<Record<Mark['field'], string>>,
): AnswerProblem[] {
  const points = { input: Array.from(texts.input), output: Array.from(texts.output) }
  return criteria.flatMap((criterion) => {
    if (criterion.type !== 'mark') return []
    const marks = (answers[criterion.key] ?? []) as Mark[]
    return marks.flatMap((mark, index) => {
      const problem = problemOf(mark, points[mark.field])
      return problem === null ? [] : [{ criterion: criterion.key, message: `${criterion.title}: mark ${index + 1} ${problem}` }]
    })
  })
}

/** Offsets count code points, and so does a text that is split into them. */
function problemOf({ start, end, quote, before, after }: Mark, text: readonly string[]): string | null {
  if (end > text.length) return `covers characters ${start} to ${end}, but the text has ${text.length}.`
  const stands = (from: number, words: string | undefined) => {
    const length = words === undefined ? 0 : Array.from(words).length
    return words === undefined || (from >= 0 && text.slice(from, from + length).join('') === words)
  }
  const isQuoted = quote === undefined || text.slice(start, end).join('') === quote
  const beforeLength = before === undefined ? 0 : Array.from(before).length
  if (isQuoted && stands(start - beforeLength, before) && stands(end, after)) return null
  return 'quotes words that do not stand there: the text has changed since; make the mark again.'
}
