import { ApiError } from '@plaudit/protocol'
import type { ColumnRequest } from '../table/read-table.ts'

/** The columns of a format: what each holds and whether it must be there. */
export type ColumnSet<N extends string> = Readonly<Record<N, { description: string; required?: boolean }>>
/** The name in the file of each column, where it is not the column's own. */
export type ColumnNames<N extends string> = Partial<Record<N, string | undefined>>

/** The columns to ask a table for, in the order of the set. A column that was mapped by hand must be there. */
export function columnRequests<N extends string>(columns: ColumnSet<N>, names: ColumnNames<N>): ColumnRequest[] {
  return (Object.keys(columns) as N[]).map((column) => ({
    name: names[column] ?? column,
    required: columns[column].required === true || names[column] !== undefined,
    option: `--${column.replaceAll('_', '-')}`,
  }))
}

/** A row's cells by column; empty ones are left out. */
export function cellsByColumn<N extends string>(columns: ColumnSet<N>, cells: readonly (string | undefined)[]): Partial<Record<N, string>> {
  const filled = (Object.keys(columns) as N[]).flatMap((column, place) => {
    const cell = cells[place]
    return cell === undefined || cell.trim() === '' ? [] : [[column, cell] as const]
  })
  return Object.fromEntries(filled) as Partial<Record<N, string>>
}

/** Reads `item=prompt,name=model`. @throws ApiError `invalid_argument` for another form or an unknown column. */
export function parseColumnMap<N extends string>(option: string, text: string | undefined, columns: ColumnSet<N>): ColumnNames<N> {
  const names: Partial<Record<string, string>> = {}
  for (const part of (text ?? '').split(',').filter((one) => one.trim() !== '')) {
    const [column = '', name = ''] = part.split('=').map((one) => one.trim())
    if (!Object.hasOwn(columns, column) || name === '')
      throw new ApiError(
        'invalid_argument',
        `${option} is a list like ${Object.keys(columns).join('=…,')}=…; "${part.trim()}" does not fit.`,
      )
    names[column] = name
  }
  return names as ColumnNames<N>
}
