type Field = string | number | boolean | null | undefined

/** Rows as CSV (RFC 4180): the keys of the first row are the header; null and undefined are empty fields. */
export function toCsv(rows: readonly Readonly<Record<string, Field>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((fields) => `${fields.map(quoted).join(',')}\r\n`)
    .join('')
}

function quoted(field: Field): string {
  const text = field === null || field === undefined ? '' : String(field)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
