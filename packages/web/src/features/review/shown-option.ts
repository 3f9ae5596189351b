import { type Criterion, optionsOf } from '@plaudit/protocol'
import { digitsOf, optionValues } from './criterion-key.ts'

/** An answer that can be chosen, as it is shown. */
export type Option = {
  value: string | number | boolean
  label: string
  description: string
  example: string
  /** Printed on it; the first of the keys that choose it. */
  digit: string | undefined
}

/** A criterion's options as they are shown. */
export function shownOptions(criterion: Criterion): Option[] {
  const [values, digits] = [optionValues(criterion), digitsOf(criterion)]
  return optionsOf(criterion).map(({ label, description, example }, index) => ({
    value: values[index] ?? '',
    label,
    description,
    example,
    digit: digits[index],
  }))
}
