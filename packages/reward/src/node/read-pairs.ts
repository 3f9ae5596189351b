import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip, type Gunzip, gunzipSync } from 'node:zlib'
import { RewardError } from '../error.ts'
import { type Feedback, parseFeedback } from '../reading/parse-feedback.ts'
import { parseQaFeedback } from '../reading/qa-feedback.ts'

/** What a file of feedback holds: pairs, judgments of single outputs, and the rows that are neither. */
export interface PairFile extends Feedback {
  skipped: { line: number; reason: string }[]
}

/** The text of a file (`-` is standard input), unpacked if it is compressed with gzip. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path === '-' ? '/dev/stdin' : path)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** The values of a text with one JSON value a line, each with its line number from 1; empty lines are passed over. */
export function parseJsonLines(text: string): { line: number; value: unknown }[] {
  return text.split('\n').flatMap((source, index) => {
    if (source.trim() === '') return []
    try {
      return [{ line: index + 1, value: JSON.parse(source) as unknown }]
    } catch {
      throw new RewardError('row', `Line ${index + 1} is not JSON.`)
    }
  })
}

/**
 * The feedback in a file: JSON lines (also gzip) of `parseFeedback`'s forms, or a QA-Feedback file. Rows that are none are skipped and listed.
 * Lines are read one after the other, so that the file may be larger than memory has room for as one text.
 *
 * @throws RewardError `row` for a line that is not JSON, or if no row can be used.
 */
export async function readPairs(path: string, groupField?: string): Promise<PairFile> {
  const rows = linesOf(path)
  let first = await rows.next()
  while (first.done !== true && first.value.trim() === '') first = await rows.next()
  if (first.done !== true && first.value.trimStart().startsWith('[')) {
    let text = first.value
    for await (const line of rows) text += `\n${line}`
    return parsePairs(text, groupField)
  }
  const file = emptyFile()
  let number = 0
  for (let row = first; row.done !== true; row = await rows.next()) addLine(file, row.value, (number += 1), groupField)
  return checked(file)
}

/** The feedback in the text of a file; see `readPairs`. */
export function parsePairs(text: string, groupField?: string): PairFile {
  if (text.trimStart().startsWith('[')) return { ...emptyFile(), pairs: parseQaFeedback(JSON.parse(text) as unknown[]) }
  const file = emptyFile()
  text.split('\n').forEach((line, index) => addLine(file, line, index + 1, groupField))
  return checked(file)
}

/** The lines of a file (`-` is standard input), unpacked if it is compressed with gzip. */
async function* linesOf(path: string): AsyncGenerator<string, undefined> {
  const source = createReadStream(path === '-' ? '/dev/stdin' : path)
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await chunks.next()
  if (first.done === true) return
  const all = Readable.from(
    (async function* () {
      yield first.value
      for (let chunk = await chunks.next(); chunk.done !== true; chunk = await chunks.next()) yield chunk.value
    })(),
    { objectMode: false },
  )
  const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b
  let unpacked: Readable = all
  if (isPacked) {
    unpacked = createGunzip()
    all.on('error', (error) => unpacked.destroy(error)).pipe(unpacked as Gunzip)
  }
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  yield rest + decoder.decode()
}

function emptyFile(): PairFile {
  return { pairs: [], judgments: [], skipped: [] }
}

function addLine(file: PairFile, source: string, line: number, groupField?: string): void {
  if (source.trim() === '') return
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    throw new RewardError('row', `Line ${line} is not JSON.`)
  }
  try {
    const { pairs, judgments } = parseFeedback(value, groupField)
    file.pairs.push(...pairs)
    file.judgments.push(...judgments)
  } catch (error) {
    if (!(error instanceof RewardError)) throw error
    file.skipped.push({ line, reason: error.message })
  }
}

function checked(file: PairFile): PairFile {
  const [first] = file.skipped
  if (file.pairs.length + file.judgments.length === 0)
    throw new RewardError('row', first ? `No row is a pair. Line ${first.line}: ${first.reason}.` : 'The file is empty.')
  return file
}
