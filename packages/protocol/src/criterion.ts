import { z } from 'zod'

/** Keys that the reviewer's screen needs for itself, in lower case; no option may take them. */
export const reservedHotkeys = ['u', 'm', 'd', 'r', 'g', 't', '/', '.', '!', '?', '[', ']', ' '] as const

const hotkeySchema = z
  .string()
  .length(1, 'must be one key')
  .toLowerCase()
  .refine((key) => !(reservedHotkeys as readonly string[]).includes(key), 'is a key that the screen itself uses')

/** One answer that can be chosen. `value` is what is stored; the rest is shown. */
const option = {
  label: z.string().min(1).max(200),
  /** What it means, in a sentence. */
  description: z.string().max(2_000).default(''),
  example: z.string().max(2_000).default(''),
  hotkey: hotkeySchema.optional(),
}
const optionSchema = z.object({ value: z.string().min(1).max(200), ...option }).meta({ id: 'CriterionOption' })
const pointSchema = z.object({ value: z.int().min(-1_000).max(1_000), ...option }).meta({ id: 'ScalePoint' })
export type CriterionOption = z.output<typeof optionSchema>

const common = {
  /** The name under which judgments are stored and analysed; never changes between versions. */
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and underscores, at most 64, beginning with a letter'),
  title: z.string().trim().min(1).max(200),
  help: z.string().max(10_000).default(''),
  required: z.boolean().default(true),
  /** Asked only when another criterion, earlier in the list, has one of these answers. */
  when: z
    .object({
      criterion: z.string(),
      in: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .min(1)
        .max(50),
    })
    .optional(),
}
const scale = { higherIsBetter: z.boolean().default(true) }

/** One question of a rubric, with its type. */
export const criterionSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('binary'),
      ...common,
      ...scale,
      yes: z.object(option).prefault({ label: 'Yes' }),
      no: z.object(option).prefault({ label: 'No' }),
    }),
    z.object({ type: z.literal('ordinal'), ...common, ...scale, points: z.array(pointSchema).min(2).max(11) }),
    z.object({
      type: z.literal('numeric'),
      ...common,
      ...scale,
      min: z.number().optional(),
      max: z.number().optional(),
      step: z.number().positive().optional(),
      unit: z.string().max(20).default(''),
    }),
    z.object({ type: z.literal('categorical'), ...common, options: z.array(optionSchema).min(2).max(50) }),
    z.object({ type: z.literal('multi_label'), ...common, options: z.array(optionSchema).min(1).max(50), max: z.int().min(1).optional() }),
    z.object({ type: z.literal('text'), ...common, maxLength: z.int().min(1).max(50_000).default(10_000) }),
    z.object({ type: z.literal('correction'), ...common, reasons: z.array(optionSchema).max(50).default([]) }),
    z.object({
      type: z.literal('mark'),
      ...common,
      types: z.array(optionSchema).min(1).max(30),
      severities: z.array(optionSchema).max(10).default([]),
    }),
    z.object({
      type: z.literal('comparison'),
      ...common,
      /** Steps of the strength of preference; 0 asks for the outcome alone. */
      strength: z.int().min(0).max(7).default(0),
      allowTie: z.boolean().default(true),
      allowBothBad: z.boolean().default(true),
      allowCannotJudge: z.boolean().default(true),
    }),
    z.object({ type: z.literal('ranking'), ...common, allowTies: z.boolean().default(true) }),
  ])
  .meta({ id: 'Criterion' })
export type Criterion = z.output<typeof criterionSchema>
export type CriterionInput = z.input<typeof criterionSchema>
export type CriterionType = Criterion['type']

/** Everything that can be chosen in a criterion, in order. */
export function optionsOf(criterion: Criterion): readonly Omit<CriterionOption, 'value'>[] {
  switch (criterion.type) {
    case 'binary':
      return [criterion.yes, criterion.no]
    case 'ordinal':
      return criterion.points
    case 'categorical':
    case 'multi_label':
      return criterion.options
    case 'mark':
      return criterion.types
    case 'correction':
      return criterion.reasons
    default:
      return []
  }
}

/** A rubric's criteria: keys differ, conditions refer back to a question with such an answer, hotkeys and values do not collide. */
export const criteriaSchema = z
  .array(criterionSchema)
  .min(1)
  .max(50)
  .superRefine((criteria, context) => {
    const seen = new Map<string, Criterion>()
    criteria.forEach((criterion, index) => {
      const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [index, path], message })
      if (seen.has(criterion.key)) refuse('key', `${criterion.key} is used twice`)
      const { when } = criterion
      if (when !== undefined) {
        const earlier = seen.get(when.criterion)
        if (earlier === undefined) refuse('when', `${when.criterion} is not an earlier criterion`)
        else {
          const possible = answersOf(earlier)
          const strange = when.in.find((answer) => possible !== null && !possible.includes(answer))
          if (possible !== null && strange !== undefined) refuse('when', `${when.criterion} has no answer ${JSON.stringify(strange)}`)
        }
      }
      const hotkeys = optionsOf(criterion).flatMap(({ hotkey }) => hotkey ?? [])
      const twice = hotkeys.find((key, at) => hotkeys.indexOf(key) !== at)
      if (twice !== undefined) refuse('options', `two options share the key ${twice}`)
      const values = (answersOf(criterion) ?? []).map(String)
      const repeated = values.find((value, at) => values.indexOf(value) !== at)
      if (repeated !== undefined) refuse('options', `two options share the value ${repeated}`)
      if (criterion.type === 'numeric' && criterion.min !== undefined && criterion.max !== undefined && criterion.min >= criterion.max)
        refuse('max', 'must be above min')
      seen.set(criterion.key, criterion)
    })
  })

/** The answers that a condition can ask for, or null where the question is open. */
function answersOf(criterion: Criterion): (string | number | boolean)[] | null {
  switch (criterion.type) {
    case 'binary':
      return [true, false]
    case 'ordinal':
      return criterion.points.map(({ value }) => value)
    case 'categorical':
    case 'multi_label':
      return criterion.options.map(({ value }) => value)
    case 'comparison':
      return ['left', 'right', 'tie', 'both_bad', 'cannot_judge']
    default:
      return null
  }
}

/** Whether a criterion is asked, given the answers so far. A condition on several labels holds when one of them is chosen. */
export function isAsked(criterion: Pick<Criterion, 'when'>, answers: Readonly<Record<string, unknown>>): boolean {
  if (criterion.when === undefined) return true
  const answer = answers[criterion.when.criterion]
  const given = Array.isArray(answer) ? (answer as unknown[]) : [outcomeOf(answer)]
  return criterion.when.in.some((wanted) => given.includes(wanted))
}

function outcomeOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'outcome' in answer ? answer.outcome : answer
}
