import type { AnswerCount, Answers, Criterion, Mark } from '@plaudit/protocol'

/**
 * A word is a run of letters and digits, and a number, date or time with its separators; this is read by RE2 and by JavaScript alike. Scripts
 * without spaces have long ones, and match seldom.
 */
export const WORD = '(?:[\\p{L}\\p{N}\\p{M}]*\\p{N}(?:[.,:/-]\\p{N}+)+|[\\p{L}\\p{N}\\p{M}]+)'
const MOST_WORDS = 400
const SHOWN_WORDS = 6

/** The words by which a text is compared, in lower case, without the shortest ones. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(new RegExp(WORD, 'gu')) ?? []
  return [...new Set(words.filter((word) => word.length > 2))].slice(0, MOST_WORDS)
}

/**
 * Those that share rare words with a text, the most similar first. A word is rare when at most half of the candidates have it; the fewer have
 * it, the more it weighs: ln((N + 1) / n). Who shares only common words is not similar.
 */
export function bySharedWords<I>(
  shared: ReadonlyMap<I, ReadonlySet<string>>,
  candidates: number,
  limit: number,
): { item: I; words: string[] }[] {
  const holders = new Map<string, number>()
  for (const words of shared.values()) for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1)
  const weights = new Map<string, number>()
  for (const [word, n] of holders) if (n <= Math.max(1, candidates / 2)) weights.set(word, Math.log((candidates + 1) / n))
  const weight = (word: string) => weights.get(word) ?? 0
  return [...shared]
    .map(([item, words]) => {
      const rare = [...words].filter((word) => weights.has(word)).toSorted((a, b) => weight(b) - weight(a) || a.localeCompare(b))
      return { item, words: rare.slice(0, SHOWN_WORDS), score: rare.reduce((sum, word) => sum + weight(word), 0) }
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item, words }) => ({ item, words }))
}

/** How often each answer was given to a criterion; null for what cannot be counted: texts, corrections and rankings. */
export function answerCount(criterion: Criterion, given: readonly Answers[], decision: Answers | null): AnswerCount | null {
  const chosen = (answers: Answers) => chosenIn(criterion, answers[criterion.key])
  const judged = given.map(chosen).filter((answers) => answers !== null)
  const decided = decision === null ? null : chosen(decision)
  if (judged.length === 0 && decided === null) return null
  const counts = Map.groupBy(judged.flat(), (answer) => answer)
  return {
    criterion: criterion.key,
    n: judged.length,
    counts: [...counts].map(([answer, all]) => ({ answer, n: all.length })).toSorted((a, b) => b.n - a.n),
    decided,
  }
}

/** What an answer chooses; null when there is none, or none of the kind that is counted. */
function chosenIn(criterion: Criterion, answer: unknown): (string | number | boolean)[] | null {
  if (answer === undefined || answer === null) return null
  switch (criterion.type) {
    case 'multi_label':
      return answer as string[]
    case 'mark':
      return [...new Set((answer as Mark[]).map(({ type }) => type))]
    case 'comparison':
      return [(answer as { outcome: string }).outcome]
    case 'text':
    case 'correction':
    case 'ranking':
      return null
    default:
      return [answer as string | number | boolean]
  }
}
