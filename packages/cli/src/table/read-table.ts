import { ApiError } from '@plaudit/protocol'
import { CsvError, parse } from 'csv-parse'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { nameOf, type OpenedText, openText } from './open-text.ts'

/** One row of a table: where it stands, and its cells in the order in which the columns were asked for; undefined where the file has no such column. */
export type TableRow = { line: number; cells: (string | undefined)[] }
/** What becomes of a row that cannot be read: reported and passed over, or, by default, the end of the reading. */
export type BadRowHandler = (line: number, reason: string) => void
export type ColumnRequest = {
  /** Name in the file. */
  name: string
  required: boolean
  /** The option that maps it, for messages: `--item`. */
  option: string
}

/**
 * Reads a table row by row in bounded memory: CSV with a header, or JSON lines, also gzip; `-` is standard input. What it is shows in its
 * name or its first character.
 * @throws ApiError `invalid_argument` with the line for a column that is missing and, unless `onBadRow` takes it, for a ragged row or a line
 *   that is no JSON object.
 */
export async function* readTable(
  source: string | OpenedText,
  columns: readonly ColumnRequest[],
  onBadRow?: BadRowHandler,
): AsyncGenerator<TableRow> {
  const { name, stream, first } = typeof source === 'string' ? await openText(source) : source
  const refuse: BadRowHandler = (line, reason) => {
    throw new ApiError('invalid_argument', `${nameOf(name)}, line ${line}: ${reason}.`)
  }
  yield* first === '{' ? jsonRows(stream, columns, onBadRow ?? refuse) : csvRows(stream, name, columns, onBadRow ?? refuse)
}

async function* csvRows(
  stream: Readable,
  file: string,
  columns: readonly ColumnRequest[],
  onBadRow: BadRowHandler,
): AsyncGenerator<TableRow> {
  const parser = parse({ bom: true, skip_empty_lines: true, info: true, relax_column_count: true })
  stream.on('error', (error) => parser.destroy(error))
  stream.pipe(parser)
  let places: number[] | null = null
  let width = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (places === null) {
        places = placesOf(record, file, columns)
        width = record.length
      } else if (record.length !== width) onBadRow(info.lines, 'this row has another number of cells than the header')
      else yield { line: info.lines, cells: places.map((place) => (place < 0 ? undefined : record[place])) }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ApiError('invalid_argument', `${nameOf(file)}: ${sentenceOf(error)}`, { cause: error })
  }
  if (places === null) throw new ApiError('invalid_argument', `${nameOf(file)} is empty: a header line with column names is needed.`)
}

async function* jsonRows(stream: Readable, columns: readonly ColumnRequest[], onBadRow: BadRowHandler): AsyncGenerator<TableRow> {
  let line = 0
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1
    if (text.trim() === '') continue
    const row = objectOf(text)
    if (row === null) {
      onBadRow(line, 'this is no JSON object')
      continue
    }
    const missing = columns.find(({ name, required }) => required && !(name in row))
    if (missing !== undefined) {
      onBadRow(line, `there is no field ${missing.name}, which ${missing.option} maps`)
      continue
    }
    yield { line, cells: columns.map(({ name }) => cellOf(row[name])) }
  }
}

/** Where each column stands in the header; −1 for an optional one that is not there. */
function placesOf(header: string[], file: string, columns: readonly ColumnRequest[]): number[] {
  const names = header.map((name) => name.trim())
  return columns.map(({ name, required, option }) => {
    const place = names.indexOf(name)
    if (place < 0 && required)
      throw new ApiError(
        'invalid_argument',
        `${nameOf(file)}, line 1: there is no column ${name} among ${names.join(', ')}. Map it with ${option}.`,
      )
    return place
  })
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function cellOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}

function sentenceOf(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? `line ${error['lines']}: ` : ''
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `${line}a quote is opened and never closed.`
  return `${line}${error.message.replace(/\.?$/, '.')}`
}
