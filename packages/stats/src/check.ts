import { StatsError } from './error.ts'

/** Refuses numbers that are not finite or lie outside [low, high]. */
export function checkNumber(argument: string, value: number, low = -Infinity, high = Infinity): void {
  if (!Number.isFinite(value) || value < low || value > high)
    throw new StatsError({ code: 'range', argument, expected: within('a number', low, high), received: value })
}

/** Refuses numbers that are not integers or lie outside [low, high]. */
export function checkInteger(argument: string, value: number, low = -Infinity, high = Infinity): void {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new StatsError({ code: 'range', argument, expected: within('an integer', low, high), received: value })
}

/** Refuses numbers outside the open interval (0, 1): levels of confidence, error rates. */
export function checkFraction(argument: string, value: number): void {
  if (!(value > 0 && value < 1))
    throw new StatsError({ code: 'range', argument, expected: 'a number between 0 and 1, both excluded', received: value })
}

/** Refuses lists of unequal length. */
export function checkSameLength(argument: string, list: ArrayLike<unknown>, length: number): void {
  if (list.length !== length) throw new StatsError({ code: 'shape', argument, expected: `length ${length}`, received: list.length })
}

/** Refuses empty, ragged or too small tables. */
export function checkTable(argument: string, table: ArrayLike<ArrayLike<unknown>>, minimumRows = 1, minimumColumns = 1): void {
  const columns = table[0]?.length ?? 0
  if (table.length < minimumRows || columns < minimumColumns) {
    const expected = `at least ${minimumRows} × ${minimumColumns} entries`
    throw new StatsError({ code: 'shape', argument, expected, received: `${table.length} × ${columns}` })
  }
  for (let i = 1; i < table.length; i += 1) checkSameLength(`${argument}[${i}]`, table[i]!, columns)
}

function within(kind: string, low: number, high: number): string {
  if (low === -Infinity && high === Infinity) return kind
  if (high === Infinity) return `${kind} of at least ${low}`
  return low === -Infinity ? `${kind} of at most ${high}` : `${kind} from ${low} to ${high}`
}

/** Refuses lists with an entry that is not finite or lies outside [low, high]. */
export function checkNumbers(argument: string, list: ArrayLike<number>, low = -Infinity, high = Infinity): void {
  for (let i = 0; i < list.length; i += 1) {
    const value = list[i]!
    if (!(value >= low && value <= high) || !Number.isFinite(value)) checkNumber(`${argument}[${i}]`, value, low, high)
  }
}
