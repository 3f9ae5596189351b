import { ApiError } from '@plaudit/protocol'

/**
 * `key:value,key:value` as pairs. The first colon of a pair divides it; a comma, a colon or a backslash that belongs to a key or value is
 * written with a backslash before it.
 * @throws ApiError `invalid_argument` for a pair without a colon or key.
 */
export function metadataPairs(text: string | undefined): { key: string; value: string }[] {
  if (text === undefined || text === '') return []
  const parts = text.match(/(?:\\.|[^,\\]|\\$)+/gs) ?? []
  return parts.map((part) => {
    const [, key, value] = /^((?:\\.|[^:\\])+):(.*)$/s.exec(part) ?? []
    if (key === undefined || value === undefined)
      throw new ApiError(
        'invalid_argument',
        `metadata: write each condition as key:value, and a comma inside a value as \\,; "${part}" has no key and colon.`,
      )
    return { key: unescape(key), value: unescape(value) }
  })
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, '$1')
}

const named = ['any', 'none', 'negative', 'disagreement', 'uncertain'] as const
type Named = (typeof named)[number]

/**
 * What a trace's feedback must be: there or not, negative, such that people disagree or that a reward model is unsure, on a criterion, or on a
 * criterion with a score or label.
 */
export type FeedbackCondition =
  | { is: Named }
  | { is: 'criterion'; criterion: string }
  | { is: 'score'; criterion: string; operator: '<' | '<=' | '>' | '>=' | '='; score: number }
  | { is: 'label'; criterion: string; label: string }

/**
 * The text of a feedback filter: `any`, `none`, `negative`, `disagreement`, `uncertain`, a criterion's name, `criterion<3` (also `<=`, `>`, `>=`, `=`) or
 * `criterion=label`.
 * @throws ApiError `invalid_argument` when what follows an inequality is not a number.
 */
export function feedbackCondition(text: string): FeedbackCondition {
  const name = named.find((one) => one === text)
  if (name !== undefined) return { is: name }
  const [, criterion, operator, operand] = /^(.+?)\s*(<=|>=|<|>|=)\s*(.+)$/s.exec(text) ?? []
  if (criterion === undefined || operator === undefined || operand === undefined) return { is: 'criterion', criterion: text }
  const score = Number(operand)
  if (Number.isFinite(score)) return { is: 'score', criterion, operator: operator as '<', score }
  if (operator === '=') return { is: 'label', criterion, label: operand }
  throw new ApiError('invalid_argument', `feedback: compare ${criterion} with a number, as in ${criterion}<3; "${operand}" is none.`)
}
