import { ApiError } from '@plaudit/protocol'

/** An option that is a whole number. @throws ApiError `invalid_argument`. */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value))
    throw new ApiError('invalid_argument', `--${name} must be a whole number, not ${text}.`)
  return value
}
