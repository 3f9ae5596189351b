import { z } from 'zod'
import { type Criterion, isAsked } from './criterion.ts'
import { correctionValueSchema, type FeedbackKind, markSchema, outcomeSchema, rankingValueSchema } from './feedback.ts'

/** The kind of feedback that a judgment on a criterion becomes. */
export const feedbackKindOf = {
  binary: 'rating',
  ordinal: 'rating',
  numeric: 'rating',
  categorical: 'label',
  multi_label: 'labels',
  text: 'text',
  correction: 'correction',
  mark: 'marks',
  comparison: 'comparison',
  ranking: 'ranking',
} as const satisfies Record<Criterion['type'], FeedbackKind>

/** Answers by criterion key, and why, where the reviewer said. An answer of null is none. */
export const answersSchema = z.record(z.string(), z.unknown()).meta({ id: 'Answers' })
export const rationalesSchema = z.record(z.string(), z.string().max(50_000)).meta({ id: 'Rationales' })
export type Answers = z.output<typeof answersSchema>

/**
 * The schema of one answer to a criterion: a boolean, a number, an option's value, a list of them, text, a correction, marks, an outcome of a
 * comparison, or ranks. `outputs` is how many outputs are compared.
 */
export function answerSchema(criterion: Criterion, outputs: number): z.ZodType {
  switch (criterion.type) {
    case 'binary':
      return z.boolean()
    case 'ordinal':
      return oneOf(criterion.points.map(({ value }) => value))
    case 'numeric': {
      const { min = -Infinity, max = Infinity, step } = criterion
      const number = z.number().refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`)
      const origin = Number.isFinite(min) ? min : 0
      return step === undefined ? number : number.refine((value) => isMultiple(value - origin, step), `must go in steps of ${step}`)
    }
    case 'categorical':
      return oneOf(criterion.options.map(({ value }) => value))
    case 'multi_label': {
      const list = z
        .array(oneOf(criterion.options.map(({ value }) => value)))
        .refine((labels) => new Set(labels).size === labels.length, 'must not repeat a label')
      return criterion.max === undefined ? list : list.max(criterion.max)
    }
    case 'text':
      return z.string().min(1).max(criterion.maxLength)
    case 'correction':
      return correctionValueSchema
    case 'mark': {
      const types = criterion.types.map(({ value }) => value)
      const severities = criterion.severities.map(({ value }) => value)
      return z
        .array(
          markSchema
            .refine(({ type }) => types.includes(type), `must have one of the types ${types.join(', ')}`)
            .refine(
              ({ severity }) => severity === undefined || severities.includes(severity),
              `must have one of the severities ${severities.join(', ')}`,
            ),
        )
        .max(2_000)
    }
    case 'comparison':
      return z.object({
        outcome: outcomeSchema.refine((outcome) => isAllowed(criterion, outcome), 'is not offered'),
        strength: z.int().min(1).max(Math.max(1, criterion.strength)).optional(),
      })
    case 'ranking':
      return rankingValueSchema
        .refine(({ ranks }) => ranks.length === outputs, `must rank ${outputs} outputs`)
        .refine(({ ranks }) => criterion.allowTies || new Set(ranks).size === ranks.length, 'must not have ties')
  }
}

function oneOf(values: readonly (string | number)[]): z.ZodType {
  return z.custom((value) => values.includes(value as string), `must be one of ${values.join(', ')}`)
}

function isMultiple(value: number, step: number): boolean {
  return Math.abs(value / step - Math.round(value / step)) < 1e-9
}

function isAllowed(criterion: Criterion & { type: 'comparison' }, outcome: z.output<typeof outcomeSchema>): boolean {
  const allowed = {
    left: true,
    right: true,
    tie: criterion.allowTie,
    both_bad: criterion.allowBothBad,
    cannot_judge: criterion.allowCannotJudge,
  }
  return allowed[outcome]
}

/** Schemas that were made already: criteria of a version are kept, and making a schema costs far more than using it. */
const made = new WeakMap<Criterion, Map<number, z.ZodType>>()
function keptSchema(criterion: Criterion, outputs: number): z.ZodType {
  const kept = made.get(criterion) ?? new Map<number, z.ZodType>()
  made.set(criterion, kept)
  const schema = kept.get(outputs) ?? answerSchema(criterion, outputs)
  kept.set(outputs, schema)
  return schema
}

/** What is wrong with a criterion's answer, for a person to read. */
export type AnswerProblem = { criterion: string; message: string }
export type CheckedAnswers = { answers: Record<string, unknown>; problems: AnswerProblem[] }

/**
 * Checks a whole judgment: every required question that is asked has an answer, every answer fits, and answers to questions that are not
 * asked (any more) are dropped. The same check runs on the screen and on the server.
 */
export function checkAnswers(criteria: readonly Criterion[], given: Answers, outputs: number): CheckedAnswers {
  const answers: Record<string, unknown> = {}
  const problems: AnswerProblem[] = []
  for (const criterion of criteria) {
    if (!isAsked(criterion, answers)) continue
    const answer = given[criterion.key]
    if (answer === undefined || answer === null) {
      if (criterion.required) problems.push({ criterion: criterion.key, message: `${criterion.title} has no answer yet.` })
      continue
    }
    const parsed = keptSchema(criterion, outputs).safeParse(answer)
    if (parsed.success) answers[criterion.key] = parsed.data
    else problems.push({ criterion: criterion.key, message: `${criterion.title} ${parsed.error.issues[0]?.message ?? 'is not valid'}.` })
  }
  const known = new Set(criteria.map(({ key }) => key))
  for (const key of Object.keys(given))
    if (!known.has(key)) problems.push({ criterion: key, message: `The rubric has no criterion ${key}.` })
  return { answers, problems }
}
