import { ApiError } from '@plaudit/protocol'
import { connect, connectionOptions } from '../../client/connect.ts'
import type { Refusal } from '../../client/upload.ts'
import type { Importer } from '../../import/import-format.ts'
import { type ImportResult, runImport } from '../../import/run-import.ts'
import { nameOf, openText } from '../../table/open-text.ts'
import { statusLine } from '../../terminal/status-line.ts'

/** Options of every import. */
export const importOptions = {
  file: { type: 'positional', required: true, description: 'The file, also gzip; - for standard input' },
  ...connectionOptions,
  'dry-run': { type: 'boolean', description: 'Read and check everything, send nothing', default: false },
  strict: { type: 'boolean', description: 'End at the first bad row instead of passing it over', default: false },
} as const
interface ImportArguments {
  file: string
  server: string
  key?: string | undefined
  'dry-run': boolean
  strict: boolean
}

/** Bad rows that are named one by one. */
const NAMED_ROWS = 20

/** Imports the file that the arguments name, tells how far it has come, and ends with one line of what was written. */
export async function importFile(format: string, importer: Importer, args: ImportArguments): Promise<void> {
  const isDry = args['dry-run']
  const client = isDry ? null : connect(args)
  const source = await openText(args.file)
  if (source.first === '') throw new ApiError('invalid_argument', `${nameOf(args.file)} is empty.`)
  const line = statusLine()
  const startedMs = performance.now()
  const badRows: Refusal[] = []
  const result = await runImport(source, {
    client,
    format,
    importer,
    nowMs: Date.now(),
    onBadRow(bad) {
      if (args.strict) throw new ApiError('invalid_argument', `${nameOf(args.file)}, line ${bad.line}: ${bad.reason}.`)
      if (badRows.length < NAMED_ROWS) badRows.push(bad)
    },
    onProgress: ({ spans, feedback }) => line.show(progressText(spans + feedback, performance.now() - startedMs, source.progress())),
  })
  line.clear()
  report(result, badRows, isDry)
  const { refused } = result
  if (refused.length > 0)
    throw new ApiError(
      'unprocessable',
      `The server refused ${refused.length} records; the first is of line ${refused[0]?.line}: ${refused[0]?.reason}`,
    )
}

function progressText(records: number, elapsedMs: number, progress: number | null): string {
  const rate = Math.round((records / Math.max(1, elapsedMs)) * 1_000)
  const written = `${records.toLocaleString('en')} records written, ${rate.toLocaleString('en')}/s`
  if (progress === null || progress === 0) return written
  const leftSeconds = Math.ceil((elapsedMs / progress - elapsedMs) / 1_000)
  return `${written}, ${Math.floor(progress * 100)} % read, about ${leftSeconds} s left`
}

function report({ rows, badRows, spans, feedback }: ImportResult, named: readonly Refusal[], isDry: boolean): void {
  for (const { line, reason } of named) process.stderr.write(`Line ${line} was passed over: ${reason}.\n`)
  if (badRows > named.length) process.stderr.write(`… and ${badRows - named.length} more.\n`)
  const passedOver = badRows === 0 ? '' : `, ${badRows} of them passed over`
  process.stdout.write(`${isDry ? 'Would write' : 'Wrote'} ${spans} spans and ${feedback} judgments from ${rows} rows${passedOver}.\n`)
}
