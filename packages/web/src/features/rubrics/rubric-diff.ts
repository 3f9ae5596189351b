import type { Criterion } from '@plaudit/protocol'
import { criterionTypes } from './criterion-type.ts'

/** One difference between two versions of a criterion. */
type FieldChange = { field: string; before: string; after: string }
export type CriterionChange = { kind: 'added' | 'removed' | 'changed'; key: string; title: string; fields: FieldChange[] }

/**
 * What differs between two versions of a rubric, criterion by criterion in the order of the newer one, removed ones last. Criteria are the same
 * when their keys are.
 */
export function rubricChanges(before: readonly Criterion[], after: readonly Criterion[]): CriterionChange[] {
  const old = new Map(before.map((criterion, index) => [criterion.key, { criterion, index }]))
  const kept = before.filter(({ key }) => after.some((criterion) => criterion.key === key)).map(({ key }) => key)
  const keptAfter = after.filter(({ key }) => old.has(key)).map(({ key }) => key)
  const changes: CriterionChange[] = []
  for (const criterion of after) {
    const { key, title } = criterion
    const was = old.get(key)?.criterion
    const fields = fieldChanges(was === undefined ? new Map() : fieldsOf(was), fieldsOf(criterion))
    if (was !== undefined && kept.indexOf(key) !== keptAfter.indexOf(key))
      fields.push({ field: 'Place among the others', before: String(kept.indexOf(key) + 1), after: String(keptAfter.indexOf(key) + 1) })
    if (was === undefined) changes.push({ kind: 'added', key, title, fields })
    else if (fields.length > 0) changes.push({ kind: 'changed', key, title, fields })
  }
  for (const { key, title } of before)
    if (!after.some((criterion) => criterion.key === key)) changes.push({ kind: 'removed', key, title, fields: [] })
  return changes
}

function fieldChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FieldChange[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((field) => {
    const [was, is] = [before.get(field) ?? '', after.get(field) ?? '']
    return was === is ? [] : [{ field, before: was, after: is }]
  })
}

/** A criterion as lines of a form: what each field is called, and what it says. Empty ones are left out. */
function fieldsOf(criterion: Criterion): Map<string, string> {
  const fields = new Map<string, string>()
  const set = (field: string, text: string | number | undefined) => {
    if (text !== undefined && text !== '') fields.set(field, String(text))
  }
  set('Question', criterion.title)
  set('Type', criterionTypes[criterion.type].label)
  set('Help', criterion.help)
  set('Answer', criterion.required ? 'required' : 'optional')
  if (criterion.when !== undefined) set('Asked when', `${criterion.when.criterion} is ${criterion.when.in.map(String).join(' or ')}`)
  if ('higherIsBetter' in criterion) set('Direction', criterion.higherIsBetter ? 'higher is better' : 'lower is better')
  const options = (
    name: string,
    list: readonly { value: string | number; label: string; description: string; example: string; hotkey?: string | undefined }[],
  ) => {
    for (const { value, label, description, example, hotkey } of list) {
      set(`${name} ${value}`, label)
      set(`${name} ${value}, what it means`, description)
      set(`${name} ${value}, example`, example)
      set(`${name} ${value}, key`, hotkey)
    }
    if (list.length > 0) set(`Order of ${name.toLowerCase()}s`, list.map(({ value }) => value).join(', '))
  }
  switch (criterion.type) {
    case 'binary':
      options('Answer', [
        { value: 'yes', ...criterion.yes },
        { value: 'no', ...criterion.no },
      ])
      break
    case 'ordinal':
      options('Point', criterion.points)
      break
    case 'numeric':
      set('Least', criterion.min)
      set('Most', criterion.max)
      set('Step', criterion.step)
      set('Unit', criterion.unit)
      break
    case 'categorical':
      options('Label', criterion.options)
      break
    case 'multi_label':
      options('Label', criterion.options)
      set('At most', criterion.max)
      break
    case 'text':
      set('Most characters', criterion.maxLength)
      break
    case 'correction':
      options('Reason', criterion.reasons)
      break
    case 'mark':
      options('Type of mark', criterion.types)
      options('Severity', criterion.severities)
      break
    case 'comparison':
      set('Strength of preference', criterion.strength === 0 ? 'not asked' : `1 to ${criterion.strength}`)
      set('Tie', criterion.allowTie ? 'allowed' : 'not offered')
      set('Both bad', criterion.allowBothBad ? 'allowed' : 'not offered')
      set('Cannot judge', criterion.allowCannotJudge ? 'allowed' : 'not offered')
      break
    case 'ranking':
      set('Ties', criterion.allowTies ? 'allowed' : 'not offered')
      break
  }
  return fields
}
