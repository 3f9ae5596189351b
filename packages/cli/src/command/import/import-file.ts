import { ApiError } from '@plaudit/protocol'
import { readFile } from 'node:fs/promises'
import { connect, connectionOptions } from '../../client/connect.ts'
import type { Refusal } from '../../client/upload.ts'
import type { Importer } from '../../import/import-format.ts'
import { queueDraft, type QueueOptions } from '../../import/queue-draft.ts'
import { type ImportResult, runImport } from '../../import/run-import.ts'
import { nameOf, openText } from '../../table/open-text.ts'
import { statusLine } from '../../terminal/status-line.ts'

/** Options of every import. */
export const importOptions = {
  file: { type: 'positional', required: true, description: 'The file, also gzip; - for standard input' },
  ...connectionOptions,
  'dry-run': { type: 'boolean', description: 'Read and check everything, send nothing', default: false },
  strict: { type: 'boolean', description: 'End at the first bad row instead of passing it over', default: false },
  queue: {
    type: 'string',
    description: 'Put what the feedback is about into this queue, to be judged again; made where it is not there',
    valueHint: 'NAME',
  },
  overlap: { type: 'string', description: 'How many people judge each item of a queue that is made', default: '1', valueHint: 'n' },
  guideline: { type: 'string', description: 'Markdown file that becomes the guideline of a queue that is made', valueHint: 'FILE' },
} as const
interface ImportArguments {
  file: string
  server: string
  key?: string | undefined
  'dry-run': boolean
  strict: boolean
  queue?: string | undefined
  overlap: string
  guideline?: string | undefined
}

/** Bad rows that are named one by one. */
const NAMED_ROWS = 20

/** Imports the file that the arguments name, tells how far it has come, and ends with one line of what was written. */
export async function importFile(format: string, importer: Importer, args: ImportArguments): Promise<void> {
  const isDry = args['dry-run']
  const queue = args.queue === undefined ? null : await queueOptions(args.queue, args)
  const draft = queueDraft()
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
    onFeedback: queue === null ? () => {} : draft.see,
    onBadRow(bad) {
      if (args.strict) throw new ApiError('invalid_argument', `${nameOf(args.file)}, line ${bad.line}: ${bad.reason}.`)
      if (badRows.length < NAMED_ROWS) badRows.push(bad)
    },
    onProgress: ({ spans, feedback }) => line.show(progressText(spans + feedback, performance.now() - startedMs, source.progress())),
  })
  line.clear()
  report(result, badRows, isDry)
  if (queue !== null && client !== null)
    for (const { name, items, added } of await draft.fill(client, queue))
      process.stdout.write(`Queue ${name}: ${added} of ${items} items added.\n`)
  const { refused } = result
  if (refused.length > 0)
    throw new ApiError(
      'unprocessable',
      `The server refused ${refused.length} records; the first is of line ${refused[0]?.line}: ${refused[0]?.reason}`,
    )
}

async function queueOptions(name: string, { overlap, guideline }: ImportArguments): Promise<QueueOptions> {
  const people = Number(overlap)
  if (!Number.isInteger(people) || people < 1 || people > 20)
    throw new ApiError('invalid_argument', `--overlap must be a whole number from 1 to 20, not ${overlap}.`)
  return { name, overlap: people, guideline: guideline === undefined ? undefined : await readFile(guideline, 'utf8') }
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
