import { outcomeSchema } from '@plaudit/protocol'
import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import { readTable } from '../table/read-table.ts'
import { cellsByColumn, type ColumnNames, columnRequests } from './column-map.ts'
import { type BadRow, type ImportedRow, type Importer, importedFrom } from './import-format.ts'
import type { RecordIds } from './record-id.ts'
import { needed, RowProblem, timeOf } from './row-field.ts'
import type { Texts } from './texts.ts'

export const comparisonColumns = {
  left: { description: 'Which model, prompt or system stood on the left', required: true },
  right: { description: 'Which one stood on the right', required: true },
  outcome: { description: 'left, right, tie, both_bad or cannot_judge', required: true },
  item: { description: 'What both answered, for example the id of a prompt' },
  rater: { description: 'Who compared; empty for nobody in particular' },
  criterion: { description: 'What was asked; that of --ask where the column is missing' },
  strength: { description: 'How strongly one is preferred, 1 (slightly) to 7' },
  rationale: { description: 'Why' },
  time: { description: 'When, ISO 8601 with a zone' },
  input: { description: 'What both were asked' },
  left_output: { description: 'What the left one answered' },
  right_output: { description: 'What the right one answered' },
} as const
export type ComparisonColumn = keyof typeof comparisonColumns
type Cells = Partial<Record<ComparisonColumn, string>>

export interface ComparisonOptions {
  names: ColumnNames<ComparisonColumn>
  /** For rows without a criterion of their own. */
  criterion: string
  texts: Texts
}

/** Comparisons, one a row. Each item's output by each name becomes one generation, once, with its texts where they are known. */
export function comparisonsImporter(options: ComparisonOptions): Importer {
  return async function* (source, ids) {
    const bad: BadRow[] = []
    const known = new Set<string>()
    const onBadRow = (line: number, problem: string) => void bad.push({ line, problem })
    for await (const { line, cells } of readTable(source, columnRequests(comparisonColumns, options.names), onBadRow)) {
      yield* bad.splice(0)
      yield comparisonOf(cellsByColumn(comparisonColumns, cells), line, options, ids, known)
    }
    yield* bad
  }
}

function comparisonOf(cells: Cells, line: number, options: ComparisonOptions, ids: RecordIds, known: Set<string>): ImportedRow {
  try {
    const left = needed('left', cells.left)
    const right = needed('right', cells.right)
    const outcome = outcomeSchema.safeParse(needed('outcome', cells.outcome).trim().toLowerCase().replaceAll(' ', '_'))
    if (!outcome.success) throw new RowProblem(`outcome: "${cells.outcome}" is not left, right, tie, both_bad or cannot_judge`)
    const strength = strengthOf(cells.strength)
    const timeMs = timeOf(cells.time)
    const outputs = [
      outputSpan(left, cells, cells.left_output, options.texts, ids),
      outputSpan(right, cells, cells.right_output, options.texts, ids),
    ]
    const fresh = outputs.filter(({ spanId }) => !known.has(spanId))
    for (const { spanId } of fresh) known.add(spanId)
    const { rater, rationale, criterion } = cells
    return {
      line,
      ...(timeMs === undefined ? {} : { timeMs }),
      spans: fresh,
      feedback: [
        {
          id: ids.uuid(ids.ofRow(JSON.stringify(cells))),
          target: { kind: 'comparison', outputs: outputs.map(({ traceId, spanId }) => ({ traceId, spanId })) },
          criterion: criterion ?? options.criterion,
          kind: 'comparison',
          value: { outcome: outcome.data, ...(strength === undefined ? {} : { strength }) },
          author: { kind: 'human', role: 'reviewer', ...(rater === undefined ? {} : { id: rater }) },
          ...(rationale === undefined ? {} : { rationale }),
          metadata: { left, right, ...(cells.item === undefined ? {} : { item: cells.item }) },
        },
      ],
    }
  } catch (error) {
    if (error instanceof RowProblem) return { line, problem: error.message }
    throw error
  }
}

function strengthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const strength = Number(text)
  if (Number.isInteger(strength) && strength >= 1 && strength <= 7) return strength
  throw new RowProblem(`strength: "${text}" is no whole number from 1 to 7`)
}

function outputSpan(name: string, { item = '', input }: Cells, output: string | undefined, texts: Texts, ids: RecordIds): OutgoingSpan {
  // Without an item, rows that bring their own texts are about different outputs of the same name.
  const base = ids.ofName(item, name, ...(item === '' && output !== undefined ? [input ?? '', output] : []))
  const asked = input ?? texts.inputOf(item)
  const answered = output ?? texts.outputOf(item, name)
  return {
    traceId: ids.traceId(base),
    spanId: ids.spanId(base),
    name: item === '' ? name : `${item}: ${name}`,
    kind: 'generation',
    model: name,
    ...(asked === undefined ? {} : { input: [textMessage('user', asked)] }),
    ...(answered === undefined ? {} : { output: [textMessage('assistant', answered)] }),
    ...(item === '' ? {} : { metadata: { item } }),
    ...importedFrom('comparisons'),
  }
}
