import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { RewardError } from '../error.ts'
import type { Pair } from '../pair.ts'
import { parsePair } from '../reading/parse-pair.ts'
import { parseQaFeedback } from '../reading/qa-feedback.ts'

/** What a preference file holds: its pairs, and the rows that are none. */
export interface PairFile {
  pairs: Pair[]
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
 * The pairs of a preference file: JSON lines (also gzip) of `parsePair`'s forms, or a QA-Feedback file. Rows that are no pair are skipped and listed.
 *
 * @throws RewardError `row` for a line that is not JSON, or if no row is a pair.
 */
export async function readPairs(path: string, groupField?: string): Promise<PairFile> {
  return parsePairs(await readText(path), groupField)
}

/** The pairs in the text of a preference file; see `readPairs`. */
export function parsePairs(text: string, groupField?: string): PairFile {
  if (text.trimStart().startsWith('[')) return { pairs: parseQaFeedback(JSON.parse(text) as unknown[]), skipped: [] }
  const file: PairFile = { pairs: [], skipped: [] }
  for (const { line, value } of parseJsonLines(text)) {
    try {
      file.pairs.push(parsePair(value, groupField))
    } catch (error) {
      if (!(error instanceof RewardError)) throw error
      file.skipped.push({ line, reason: error.message })
    }
  }
  const [first] = file.skipped
  if (file.pairs.length === 0)
    throw new RewardError('row', first ? `No row is a pair. Line ${first.line}: ${first.reason}.` : 'The file is empty.')
  return file
}
