import type { Criterion, CriterionInput, CriterionType } from '@plaudit/protocol'

/** An option while it is edited. `value` stays '' until somebody types one; then the label gives it. */
export type OptionDraft = { id: string; value: string; label: string; description: string; example: string; hotkey: string }

/**
 * A criterion while it is edited: one flat shape for every type, so that a change of type keeps what is typed. Numbers are text until they are
 * read. `isStored`: judgments may exist under its key, which then stays.
 */
export type CriterionDraft = {
  id: string
  isStored: boolean
  type: CriterionType
  key: string
  title: string
  help: string
  required: boolean
  /** `answers` are JSON texts of the answers that make this one asked. */
  when: { criterion: string; answers: string[] } | null
  higherIsBetter: boolean
  options: OptionDraft[]
  severities: OptionDraft[]
  min: string
  max: string
  step: string
  unit: string
  most: string
  maxLength: string
  strength: number
  allowTie: boolean
  allowBothBad: boolean
  allowCannotJudge: boolean
  allowTies: boolean
}

const emptyOption = { value: '', label: '', description: '', example: '', hotkey: '' }
export const newOption = (given: Partial<OptionDraft> = {}): OptionDraft => ({ ...emptyOption, ...given, id: crypto.randomUUID() })

/** Options that a type begins with, so that what has to be filled in is seen. */
function firstOptions(type: CriterionType): OptionDraft[] {
  switch (type) {
    case 'binary':
      return [newOption({ label: 'Yes' }), newOption({ label: 'No' })]
    case 'ordinal':
      return ['1', '2', '3'].map((value) => newOption({ value }))
    case 'categorical':
      return [newOption(), newOption()]
    case 'multi_label':
    case 'mark':
      return [newOption()]
    default:
      return []
  }
}

export function newCriterion(type: CriterionType): CriterionDraft {
  return {
    id: crypto.randomUUID(),
    isStored: false,
    type,
    key: '',
    title: '',
    help: '',
    required: type !== 'mark' && type !== 'correction' && type !== 'text',
    when: null,
    higherIsBetter: true,
    options: firstOptions(type),
    severities: [],
    min: '',
    max: '',
    step: '',
    unit: '',
    most: '',
    maxLength: '',
    strength: 0,
    allowTie: true,
    allowBothBad: true,
    allowCannotJudge: true,
    allowTies: true,
  }
}

/** The same criterion with another type; its options stay where the new type has options too. */
export function withType(draft: CriterionDraft, type: CriterionType): CriterionDraft {
  const had = draft.options.filter(({ label, value }) => label !== '' || value !== '')
  if (type === 'binary') return { ...draft, type, options: firstOptions('binary') }
  const options = had.length === 0 || draft.type === 'binary' ? firstOptions(type) : had
  if (type !== 'ordinal') return { ...draft, type, options: firstOptions(type).length === 0 && type !== 'correction' ? [] : options }
  return {
    ...draft,
    type,
    options: options.map((option, index) => ({ ...option, value: /^-?\d+$/u.test(option.value) ? option.value : String(index + 1) })),
  }
}

/** A stored criterion, to be edited. */
export function draftOf(criterion: Criterion): CriterionDraft {
  const { type, key, title, help, required, when } = criterion
  const base = { ...newCriterion(type), isStored: true, key, title, help, required }
  const common = {
    ...base,
    when: when === undefined ? null : { criterion: when.criterion, answers: when.in.map((answer) => JSON.stringify(answer)) },
    higherIsBetter: !('higherIsBetter' in criterion) || criterion.higherIsBetter,
  }
  const drafts = (
    options: readonly (Partial<Omit<OptionDraft, 'value' | 'hotkey'>> & { value?: string | number; hotkey?: string | undefined })[],
  ) => options.map((option) => newOption({ ...option, value: String(option.value ?? ''), hotkey: option.hotkey ?? '' }))
  const text = (value: number | undefined) => (value === undefined ? '' : String(value))
  switch (criterion.type) {
    case 'binary':
      return { ...common, options: drafts([criterion.yes, criterion.no]) }
    case 'ordinal':
      return { ...common, options: drafts(criterion.points) }
    case 'numeric':
      return { ...common, min: text(criterion.min), max: text(criterion.max), step: text(criterion.step), unit: criterion.unit }
    case 'categorical':
      return { ...common, options: drafts(criterion.options) }
    case 'multi_label':
      return { ...common, options: drafts(criterion.options), most: text(criterion.max) }
    case 'text':
      return { ...common, maxLength: criterion.maxLength === 10_000 ? '' : text(criterion.maxLength) }
    case 'correction':
      return { ...common, options: drafts(criterion.reasons) }
    case 'mark':
      return { ...common, options: drafts(criterion.types), severities: drafts(criterion.severities) }
    case 'comparison': {
      const { strength, allowTie, allowBothBad, allowCannotJudge } = criterion
      return { ...common, strength, allowTie, allowBothBad, allowCannotJudge }
    }
    case 'ranking':
      return { ...common, allowTies: criterion.allowTies }
  }
}

/** What a title or label is stored under when nobody says otherwise: lower-case letters, digits and underscores, beginning with a letter. */
export function keyFrom(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '_')
    .replaceAll(/^[_\d]+|_+$/gu, '')
  return plain.slice(0, 64).replace(/_+$/u, '')
}

export const keyOf = (draft: Pick<CriterionDraft, 'key' | 'title'>): string => (draft.key === '' ? keyFrom(draft.title) : draft.key)
export const valueOf = (option: Pick<OptionDraft, 'value' | 'label'>): string =>
  option.value === '' ? keyFrom(option.label) : option.value

/** What a draft says, in the shape of the API; it may not be valid yet. */
export function criterionOf(draft: CriterionDraft): CriterionInput {
  const { type, when, higherIsBetter } = draft
  const common = {
    key: keyOf(draft),
    title: draft.title,
    help: draft.help,
    required: draft.required,
    ...(when === null ? {} : { when: { criterion: when.criterion, in: when.answers.map(readAnswer) } }),
  }
  const shown = ({ label, description, example, hotkey }: OptionDraft) => ({
    label,
    description,
    example,
    ...(hotkey === '' ? {} : { hotkey }),
  })
  const options = (list: readonly OptionDraft[]) => list.map((option) => ({ value: valueOf(option), ...shown(option) }))
  const number = (key: string, text: string) => (text.trim() === '' ? {} : { [key]: Number(text) })
  switch (type) {
    case 'binary': {
      const [yes = newOption(), no = newOption()] = draft.options
      return { type, ...common, higherIsBetter, yes: shown(yes), no: shown(no) }
    }
    case 'ordinal':
      return {
        type,
        ...common,
        higherIsBetter,
        points: draft.options.map((option) => ({ value: Number(option.value === '' ? Number.NaN : option.value), ...shown(option) })),
      }
    case 'numeric':
      return {
        type,
        ...common,
        higherIsBetter,
        ...number('min', draft.min),
        ...number('max', draft.max),
        ...number('step', draft.step),
        unit: draft.unit,
      }
    case 'categorical':
      return { type, ...common, options: options(draft.options) }
    case 'multi_label':
      return { type, ...common, options: options(draft.options), ...number('max', draft.most) }
    case 'text':
      return { type, ...common, ...number('maxLength', draft.maxLength) }
    case 'correction':
      return { type, ...common, reasons: options(draft.options) }
    case 'mark':
      return { type, ...common, types: options(draft.options), severities: options(draft.severities) }
    case 'comparison': {
      const { strength, allowTie, allowBothBad, allowCannotJudge } = draft
      return { type, ...common, strength, allowTie, allowBothBad, allowCannotJudge }
    }
    case 'ranking':
      return { type, ...common, allowTies: draft.allowTies }
  }
}

function readAnswer(json: string): string | number | boolean {
  return JSON.parse(json) as string | number | boolean
}

/** Answers that another criterion can be made to depend on, with what they are called; empty where its answers are open. */
export function conditionAnswers(draft: CriterionDraft): { json: string; label: string }[] {
  const called = (option: OptionDraft, value: string | number | boolean) => ({
    json: JSON.stringify(value),
    label: option.label === '' ? String(value) : option.label,
  })
  const [yes, no] = draft.options
  switch (draft.type) {
    case 'binary':
      return yes === undefined || no === undefined ? [] : [called(yes, true), called(no, false)]
    case 'ordinal':
      return draft.options.filter(({ value }) => /^-?\d+$/u.test(value)).map((option) => called(option, Number(option.value)))
    case 'categorical':
    case 'multi_label':
      return draft.options.filter((option) => valueOf(option) !== '').map((option) => called(option, valueOf(option)))
    case 'comparison':
      return [
        ['left', 'Left is better'],
        ['right', 'Right is better'],
        ...(draft.allowTie ? [['tie', 'Equally good']] : []),
        ...(draft.allowBothBad ? [['both_bad', 'Both bad']] : []),
        ...(draft.allowCannotJudge ? [['cannot_judge', 'Cannot judge']] : []),
      ].map(([value = '', label = '']) => ({ json: JSON.stringify(value), label }))
    default:
      return []
  }
}
