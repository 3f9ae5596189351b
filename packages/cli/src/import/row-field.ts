import { timeSchema } from '@plaudit/protocol'

/** Why a row cannot be read; its message is reported with the line. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem'
}

/** The row's own time, if it has one. @throws RowProblem for a text that is no ISO 8601 time with its zone. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const parsed = timeSchema.safeParse(text.trim())
  if (!parsed.success) throw new RowProblem(`time: "${text}" is not ISO 8601 with a zone, such as 2026-05-04T12:30:00Z`)
  return Date.parse(parsed.data)
}

/** The cell, which must not be empty. @throws RowProblem. */
export function needed(column: string, cell: string | undefined): string {
  if (cell === undefined) throw new RowProblem(`${column} is empty`)
  return cell
}
