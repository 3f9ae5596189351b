import { ApiError } from '@plaudit/protocol'
import { CsvError, parse } from 'csv-parse'
import { createReadStream } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

/** One row of a table: where it stands, and its cells in the order in which the columns were asked for; undefined where the file has no such column. */
export type TableRow = { line: number; cells: (string | undefined)[] }
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
 * @throws ApiError `invalid_argument` with the line for a column that is missing, a ragged row, or a line that is no JSON object.
 */
export async function* readTable(file: string, columns: readonly ColumnRequest[]): AsyncGenerator<TableRow> {
  const { stream, first } = await openText(file)
  yield* first === '{' ? jsonRows(stream, file, columns) : csvRows(stream, file, columns)
}

async function* csvRows(stream: Readable, file: string, columns: readonly ColumnRequest[]): AsyncGenerator<TableRow> {
  const parser = parse({ bom: true, skip_empty_lines: true, info: true, relax_column_count: false })
  stream.on('error', (error) => parser.destroy(error))
  stream.pipe(parser)
  let places: number[] | null = null
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (places === null) places = placesOf(record, file, columns)
      else yield { line: info.lines, cells: places.map((place) => (place < 0 ? undefined : record[place])) }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ApiError('invalid_argument', `${nameOf(file)}: ${sentenceOf(error)}`, { cause: error })
  }
  if (places === null) throw new ApiError('invalid_argument', `${nameOf(file)} is empty: a header line with column names is needed.`)
}

async function* jsonRows(stream: Readable, file: string, columns: readonly ColumnRequest[]): AsyncGenerator<TableRow> {
  let line = 0
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1
    if (text.trim() === '') continue
    const row = objectOf(text)
    if (row === null) throw new ApiError('invalid_argument', `${nameOf(file)}, line ${line}: this is no JSON object.`)
    const missing = columns.find(({ name, required }) => required && !(name in row))
    if (missing !== undefined)
      throw new ApiError(
        'invalid_argument',
        `${nameOf(file)}, line ${line}: there is no field ${missing.name}. Map it with ${missing.option}.`,
      )
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

/** The text of a file, unzipped, and its first character that is not blank. */
async function openText(file: string): Promise<{ stream: Readable; first: string }> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file)
  const unzipped = file.endsWith('.gz') ? source.pipe(createGunzip()) : source
  if (unzipped !== source) source.on('error', (error) => unzipped.destroy(error))
  const stream = new PassThrough()
  let first = ''
  for await (const chunk of unzipped.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    stream.write(chunk)
    first = chunk
      .toString('utf8')
      .replace(/^\uFEFF/u, '')
      .trimStart()
      .slice(0, 1)
    if (first !== '') break
  }
  if (first === '') stream.end()
  else {
    unzipped.on('error', (error: Error) => stream.destroy(error))
    unzipped.pipe(stream)
  }
  return { stream, first }
}

function sentenceOf(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? `line ${error['lines']}: ` : ''
  if (error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') return `${line}this row has another number of cells than the header.`
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `${line}a quote is opened and never closed.`
  return `${line}${error.message.replace(/\.?$/, '.')}`
}

function nameOf(file: string): string {
  return file === '-' ? 'The standard input' : file
}
