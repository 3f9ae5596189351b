import { RewardError } from '../error.ts'
import type { Judgment } from '../evidence.ts'
import type { Pair } from '../pair.ts'
import { plainText } from './message.ts'
import { parsePair } from './parse-pair.ts'

/** What a row of a feedback file says. */
export interface Feedback {
  pairs: Pair[]
  judgments: Judgment[]
}

/**
 * The feedback in one row, by its fields. Texts may be messages; `group`, `author`, `source` and `weight` are read from every row.
 *
 * | row | is |
 * |---|---|
 * | `{prompt, chosen, rejected}` and whole conversations | a pair, see `parsePair` |
 * | `{prompt, ranking: [best, …, worst]}` | a pair for any two outputs, each of weight 1/(k − 1): together they say as much as k − 1 |
 * | `{prompt, completion, label: true or false}` | a thumb, as TRL's unpaired preferences |
 * | `{prompt, output, rating, levels}` | a rating from 1 to `levels`, more is better |
 *
 * @throws RewardError `row` with a sentence that says what is missing.
 */
export function parseFeedback(row: unknown, groupField = 'group'): Feedback {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return { pairs: [parsePair(row, groupField)], judgments: [] }
  const fields = row as Record<string, unknown>
  if (Array.isArray(fields.ranking)) return { pairs: pairsOfRanking(fields, fields.ranking, groupField), judgments: [] }
  const output = fields.output ?? fields.completion
  if (output === undefined || (fields.label === undefined && fields.rating === undefined))
    return { pairs: [parsePair(row, groupField)], judgments: [] }
  const { level, levels } = levelOf(fields)
  const common = commonOf(fields, groupField)
  return { pairs: [], judgments: [{ prompt: promptOf(fields), output: plainText(output), level, levels, ...common }] }
}

function levelOf({ label, rating, levels }: Record<string, unknown>): { level: number; levels: number } {
  if (rating === undefined) {
    if (typeof label !== 'boolean') throw new RewardError('row', '"label" must be true or false')
    return { level: Number(label), levels: 2 }
  }
  if (!Number.isInteger(levels) || (levels as number) < 2) throw new RewardError('row', '"rating" needs "levels", how many there are')
  if (!Number.isInteger(rating) || (rating as number) < 1 || (rating as number) > (levels as number))
    throw new RewardError('row', '"rating" is no whole number from 1 to "levels"')
  return { level: (rating as number) - 1, levels: levels as number }
}

function pairsOfRanking(fields: Record<string, unknown>, ranking: unknown[], groupField: string): Pair[] {
  if (ranking.length < 2) throw new RewardError('row', '"ranking" holds fewer than two outputs')
  const outputs = ranking.map(plainText)
  const common = commonOf(fields, groupField)
  const weight = (common.weight ?? 1) / (outputs.length - 1)
  return outputs.flatMap((chosen, i) =>
    outputs
      .slice(i + 1)
      .map((rejected): Pair => ({ prompt: promptOf(fields), chosen, rejected, ...common, weight, source: common.source ?? 'ranking' })),
  )
}

function promptOf(fields: Record<string, unknown>): string {
  const prompt = fields.prompt ?? fields.input
  if (prompt === undefined || prompt === null) throw new RewardError('row', 'the field "prompt" is missing')
  return plainText(prompt)
}

function commonOf(fields: Record<string, unknown>, groupField: string): Pick<Pair, 'group' | 'author' | 'source' | 'weight'> {
  const common: Pick<Pair, 'group' | 'author' | 'source' | 'weight'> = {}
  const group = fields[groupField]
  if (group !== undefined && group !== null) common.group = plainText(group)
  if (typeof fields.author === 'string' && fields.author !== '') common.author = fields.author
  if (typeof fields.source === 'string' && fields.source !== '') common.source = fields.source
  if (fields.weight !== undefined) {
    if (typeof fields.weight !== 'number' || !Number.isFinite(fields.weight) || fields.weight < 0)
      throw new RewardError('row', '"weight" is no number of at least 0')
    common.weight = fields.weight
  }
  return common
}
