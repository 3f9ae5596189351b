import { type Criterion, optionsOf } from '@plaudit/protocol'
import { digitsOf, optionValues } from './criterion-key.ts'

/** An answer that can be chosen, as it is shown. */
export type Option = {
  value: string | number | boolean
  label: string
  description: string
  example: string
  /** Printed on it: the keys that choose it. */
  keys: readonly string[]
}

/** A criterion's options as they are shown. */
export function shownOptions(criterion: Criterion): Option[] {
  const [values, digits] = [optionValues(criterion), digitsOf(criterion)]
  return optionsOf(criterion).map(({ label, description, example, hotkey }, index) => ({
    value: values[index] ?? '',
    label,
    description,
    example,
    keys: [digits[index], hotkey].filter((key) => key !== undefined),
  }))
}
