import type { ColumnNames, ColumnSet } from '../../import/column-map.ts'

type ColumnOption = { type: 'string'; description: string; valueHint: string }

/** One option for each column of a format, which says what the file calls it. */
export function columnOptions<N extends string>(columns: ColumnSet<N>): Record<N, ColumnOption> {
  const options = Object.entries<ColumnSet<N>[N]>(columns).map(([column, { description, required }]) => [
    column,
    { type: 'string', description: `Column: ${description}${required === true ? '. Needed' : ''}`, valueHint: column },
  ])
  return Object.fromEntries(options) as Record<N, ColumnOption>
}

/** What the arguments say the file's columns are called. */
export function columnNames<N extends string>(columns: ColumnSet<N>, args: Partial<Record<string, unknown>>): ColumnNames<N> {
  const names = (Object.keys(columns) as N[]).flatMap((column) => {
    const name = args[column]
    return typeof name === 'string' ? [[column, name] as const] : []
  })
  return Object.fromEntries(names) as ColumnNames<N>
}
