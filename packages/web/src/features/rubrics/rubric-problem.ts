import { criteriaSchema, type Criterion, criterionSchema, reservedHotkeys } from '@plaudit/protocol'
import { isComparing } from './criterion-type.ts'
import { type CriterionDraft, criterionOf, keyOf, type OptionDraft, valueOf } from './criterion-draft.ts'

/** What keeps a rubric from being saved: where (an id of a draft, and a field or the id of an option in it), and what to do. */
export type RubricProblem = { criterionId: string; field: string; message: string }

/** Everything that is wrong with a rubric's criteria, each beside the field that can mend it. Empty when they can be saved. */
export function problemsOf(drafts: readonly CriterionDraft[]): RubricProblem[] {
  const own = drafts.flatMap((draft) => [
    ...keyProblems(draft, drafts),
    ...mixtureProblems(draft, drafts),
    ...optionProblems(draft),
    ...conditionProblems(draft, drafts),
  ])
  if (own.length > 0) return own
  const parsed = criteriaSchema.safeParse(drafts.map(criterionOf))
  if (parsed.success) return []
  return parsed.error.issues.map(({ path: [index, field], message }) => ({
    criterionId: drafts[Number(index ?? 0)]?.id ?? '',
    field: typeof field === 'string' ? field : '',
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
  }))
}

function keyProblems(draft: CriterionDraft, drafts: readonly CriterionDraft[]): RubricProblem[] {
  const problem = (field: string, message: string) => [{ criterionId: draft.id, field, message }]
  if (draft.title.trim() === '') return problem('title', 'Write the question that reviewers answer.')
  const key = keyOf(draft)
  if (key === '') return problem('key', 'Write a name to store it under; the title has no Latin letter to make one from.')
  if (!/^[a-z][a-z0-9_]{0,63}$/u.test(key))
    return problem('key', 'Use lower-case letters, digits and underscores, beginning with a letter.')
  const first = drafts.find((other) => keyOf(other) === key)
  if (first !== undefined && first.id !== draft.id)
    return problem('key', `“${first.title}” is stored under ${key} already; choose another name.`)
  return []
}

/** A queue shows one output or several; text alone fits both. */
function mixtureProblems(draft: CriterionDraft, drafts: readonly CriterionDraft[]): RubricProblem[] {
  const first = drafts.find(({ type }) => type !== 'text')
  if (first === undefined || draft.type === 'text' || isComparing(draft.type) === isComparing(first.type)) return []
  const message = isComparing(draft.type)
    ? `It compares outputs, but “${first.title}” asks about one. Make a rubric of its own for comparisons.`
    : `It asks about one output, but “${first.title}” compares several. Make a rubric of its own for single outputs.`
  return [{ criterionId: draft.id, field: 'type', message }]
}

function optionProblems(draft: CriterionDraft): RubricProblem[] {
  return [...listProblems(draft, draft.options), ...listProblems(draft, draft.severities)]
}

function listProblems(draft: CriterionDraft, options: readonly OptionDraft[]): RubricProblem[] {
  const problems: RubricProblem[] = []
  options.forEach((option, index) => {
    const refuse = (message: string) => problems.push({ criterionId: draft.id, field: option.id, message })
    const name = option.label === '' ? `option ${index + 1}` : `“${option.label}”`
    if (option.label.trim() === '') refuse('Say what this option is called.')
    else if (draft.type === 'ordinal' && !/^-?\d+$/u.test(option.value.trim())) refuse(`Give ${name} a whole number.`)
    else if (draft.type !== 'binary' && valueOf(option) === '') refuse(`Write what ${name} is stored as.`)
    const twin = draft.type === 'binary' ? undefined : options.slice(0, index).find((other) => valueOf(other) === valueOf(option))
    if (twin !== undefined && valueOf(option) !== '')
      refuse(`${name} is stored as ${valueOf(option)}, and so is “${twin.label}”; make them differ.`)
    const problem = hotkeyProblem(option, options, draft.type === 'ordinal')
    if (problem !== null) refuse(problem)
  })
  return problems
}

/**
 * Why an option cannot have its key, or null. Keys are the screen's own, another option's, or the digit that another option has already: its
 * number on a scale from 0 to 9, else that of its place.
 */
function hotkeyProblem(option: OptionDraft, options: readonly OptionDraft[], isScale: boolean): string | null {
  const key = option.hotkey.toLowerCase()
  if (key === '') return null
  if ((reservedHotkeys as readonly string[]).includes(key))
    return `The key ${nameOf(key)} belongs to the reviewer’s screen; choose another.`
  const others = options.filter(({ id }) => id !== option.id)
  const twin = others.find((other) => other.hotkey.toLowerCase() === key)
  if (twin !== undefined) return `The key ${nameOf(key)} is taken by “${twin.label}”; choose another.`
  const digit = others.find((other) => digitOf(other, options, isScale) === key)
  if (digit !== undefined) return `The key ${key} chooses “${digit.label}” already; choose another.`
  return null
}

/** The digit that chooses an option whatever other key it has; undefined beyond the ninth. */
export function digitOf(option: OptionDraft, options: readonly OptionDraft[], isScale: boolean): string | undefined {
  if (isScale && options.every(({ value }) => /^\d$/u.test(value))) return option.value
  const place = options.indexOf(option)
  return place < 9 ? String(place + 1) : undefined
}

const nameOf = (key: string): string => (key === ' ' ? 'Space' : key.toUpperCase())

function conditionProblems(draft: CriterionDraft, drafts: readonly CriterionDraft[]): RubricProblem[] {
  const { when } = draft
  if (when === null) return []
  const problem = (message: string) => [{ criterionId: draft.id, field: 'when', message }]
  const index = drafts.indexOf(draft)
  const earlier = drafts.slice(0, index).find((other) => keyOf(other) === when.criterion)
  if (earlier === undefined) return problem('It depends on a criterion that does not come before it. Move it down, or choose another.')
  if (when.answers.length === 0) return problem(`Choose which answers to “${earlier.title}” bring this question up.`)
  return []
}

/** The criteria that are complete, for the preview; what is not valid yet is left out. */
export function completeCriteria(drafts: readonly CriterionDraft[]): Criterion[] {
  return drafts.flatMap((draft) => {
    const parsed = criterionSchema.safeParse(criterionOf(draft))
    return parsed.success ? [parsed.data] : []
  })
}
