import type { FeedbackInput } from '@plaudit/protocol'
import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import { readTable } from '../table/read-table.ts'
import { cellsByColumn, type ColumnNames, columnRequests } from './column-map.ts'
import { type BadRow, type ImportedRow, type Importer, importedFrom } from './import-format.ts'
import type { RecordIds } from './record-id.ts'
import { needed, RowProblem, timeOf } from './row-field.ts'

export const ratingColumns = {
  item: { description: 'What was rated: any name, or a trace id, or TRACE_ID:SPAN_ID of a trace that is on the server', required: true },
  rater: { description: 'Who rated; empty for nobody in particular' },
  value: { description: 'The rating: a number, or a label', required: true },
  criterion: { description: 'What was asked; that of --ask where the column is missing' },
  rationale: { description: 'Why' },
  time: { description: 'When, ISO 8601 with a zone' },
  input: { description: 'What the application was asked' },
  output: { description: 'What it answered' },
} as const
export type RatingColumn = keyof typeof ratingColumns
type Cells = Partial<Record<RatingColumn, string>>

export interface RatingOptions {
  names: ColumnNames<RatingColumn>
  /** For rows without a criterion of their own. */
  criterion: string
  /** `auto` takes a number as a rating and anything else as a label. */
  kind: 'auto' | 'rating' | 'label'
}

/** Ratings, one a row. An item that is not a trace on the server becomes one generation, with its texts where the row has them. */
export function ratingsImporter(options: RatingOptions): Importer {
  return async function* (source, ids) {
    const bad: BadRow[] = []
    const known = new Set<string>()
    const onBadRow = (line: number, problem: string) => void bad.push({ line, problem })
    for await (const { line, cells } of readTable(source, columnRequests(ratingColumns, options.names), onBadRow)) {
      yield* bad.splice(0)
      yield ratingOf(cellsByColumn(ratingColumns, cells), line, options, ids, known)
    }
    yield* bad
  }
}

function ratingOf(cells: Cells, line: number, options: RatingOptions, ids: RecordIds, known: Set<string>): ImportedRow {
  try {
    const item = needed('item', cells.item)
    const criterion = cells.criterion ?? options.criterion
    const timeMs = timeOf(cells.time)
    const judgment = judgmentOf(needed('value', cells.value), options.kind)
    const existing = existingTarget(item)
    const base = ids.ofName(item)
    const target: FeedbackInput['target'] = existing ?? { kind: 'span', traceId: ids.traceId(base), spanId: ids.spanId(base) }
    const isNew = existing === null && !known.has(item)
    if (isNew) known.add(item)
    const { rater, rationale } = cells
    return {
      line,
      ...(timeMs === undefined ? {} : { timeMs }),
      spans: isNew ? [itemSpan(item, cells, ids.traceId(base), ids.spanId(base))] : [],
      feedback: [
        {
          id: ids.uuid(ids.ofRow(JSON.stringify(cells))),
          target,
          criterion,
          ...judgment,
          author: { kind: 'human', role: 'reviewer', ...(rater === undefined ? {} : { id: rater }) },
          ...(rationale === undefined ? {} : { rationale }),
        },
      ],
    }
  } catch (error) {
    if (error instanceof RowProblem) return { line, problem: error.message }
    throw error
  }
}

function judgmentOf(value: string, kind: RatingOptions['kind']): { kind: 'rating'; value: number } | { kind: 'label'; value: string } {
  const number = Number(value)
  if (kind !== 'label' && Number.isFinite(number)) return { kind: 'rating', value: number }
  if (kind === 'rating') throw new RowProblem(`value: "${value}" is no number`)
  return { kind: 'label', value }
}

/** The trace or span on the server that an item's name is, or null where it is only a name. */
function existingTarget(item: string): FeedbackInput['target'] | null {
  const match = /^([0-9a-f]{32})(?::([0-9a-f]{16}))?$/i.exec(item)
  const [, traceId, spanId] = match ?? []
  if (traceId === undefined) return null
  return spanId === undefined ? { kind: 'trace', traceId } : { kind: 'span', traceId, spanId }
}

function itemSpan(item: string, { input, output }: Cells, traceId: string, spanId: string): OutgoingSpan {
  return {
    traceId,
    spanId,
    name: item,
    kind: 'generation',
    ...(input === undefined ? {} : { input: [textMessage('user', input)] }),
    ...(output === undefined ? {} : { output: [textMessage('assistant', output)] }),
    metadata: { item },
    ...importedFrom('ratings'),
  }
}
