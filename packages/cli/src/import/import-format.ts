import type { Parcel } from '../client/upload.ts'
import type { OpenedText } from '../table/open-text.ts'
import type { RecordIds } from './record-id.ts'

/** Records of one row. Spans begin at 0 and feedback carries no time: `runImport` dates both. */
export type GoodRow = Parcel & { line: number; /** When the row says that it happened. */ timeMs?: number }
export type BadRow = { line: number; problem: string }
/** What an importer makes of one place of its source: records to send, or why there are none. */
export type ImportedRow = GoodRow | BadRow

/** Reads a source row by row, in bounded memory. The same file gives the same records, ids included. */
export type Importer = (source: OpenedText, ids: RecordIds) => AsyncGenerator<ImportedRow>

/** How imported spans say where they come from. */
export function importedFrom(format: string): {
  startMs: number
  endMs: number
  service: string
  environment: string
  tags: string[]
} {
  return { startMs: 0, endMs: 1, service: format, environment: 'import', tags: ['import', format] }
}
