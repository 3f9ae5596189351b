/** `shape`: wrong size or form. `range`: a value outside its domain. `unsupported`: a valid request this library does not answer. */
export type StatsErrorCode = 'shape' | 'range' | 'unsupported'

export interface StatsErrorFields {
  code: StatsErrorCode
  /** The parameter at fault, as the caller names it. */
  argument: string
  expected: string
  received: unknown
}

/**
 * Misuse of a function of this package: its argument can never be right, whatever the ratings are. A statistic that merely does not
 * exist for valid ratings is not an error but a result with a reason (see `Estimate`).
 */
export class StatsError extends Error {
  override readonly name = 'StatsError'
  readonly code: StatsErrorCode
  readonly argument: string
  readonly expected: string
  readonly received: unknown

  constructor({ code, argument, expected, received }: StatsErrorFields) {
    super(`${argument}: expected ${expected}, received ${show(received)}`)
    this.code = code
    this.argument = argument
    this.expected = expected
    this.received = received
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
