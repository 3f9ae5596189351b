/** What a spreadsheet would run as a formula, and the sign that keeps it from doing so. */
const formula = /^[=+\-@\t\r']/
const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

/**
 * One line of CSV after RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that begins
 * with an apostrophe, so that taking one away gives the cell back.
 */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map((cell) => quoted(safe(textOf(cell)))).join(',')}\r\n`
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

function safe(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
