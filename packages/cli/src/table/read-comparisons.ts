import { ApiError } from '@plaudit/protocol'
import { type ClusterName, type Comparisons, comparisonsBuilder, type Outcome, OUTCOMES } from '@plaudit/stats'
import { nameOf } from './open-text.ts'
import { type ColumnRequest, readTable } from './read-table.ts'

/** The columns that a ranking may need, by the option that maps each. */
const comparisonColumns = ['left', 'right', 'outcome', 'item', 'rater', 'left-length', 'right-length'] as const
export type ComparisonColumn = (typeof comparisonColumns)[number]

export type ComparisonsFile = {
  file: string
  names: Record<ComparisonColumn, string>
  /** What intervals are clustered by: those columns must be there. Undefined: by item where the file has items. */
  cluster?: readonly ClusterName[] | undefined
  /** Whether the lengths of both sides are needed. */
  lengths: boolean
}

/** Comparisons in compact form, with the lengths of both sides of each one that was judged. */
export type ReadComparisons = { comparisons: Comparisons; lengths: { left: Float64Array; right: Float64Array } | null }

const judged = new Set<string>(OUTCOMES)

/**
 * Comparisons of a file, row by row in bounded memory. An empty outcome and `cannot_judge` are no judgment.
 * @throws ApiError `invalid_argument` that names the line: an unknown column, an outcome that is none, an empty name, a length that is no number.
 */
export async function readComparisons({ file, names, cluster, lengths }: ComparisonsFile): Promise<ReadComparisons> {
  const builder = comparisonsBuilder()
  const wants = (column: 'item' | 'rater') => cluster?.includes(column) ?? column === 'item'
  const columns = comparisonColumns.map((name): ColumnRequest => {
    const isNeeded = name.endsWith('length') ? lengths : name === 'item' || name === 'rater' ? wants(name) : true
    const isOptional = name === 'item' && cluster === undefined && names.item === 'item'
    return { name: names[name], required: isNeeded && !isOptional, option: `--${name}` }
  })
  const leftLengths: number[] = []
  const rightLengths: number[] = []
  for await (const { line, cells } of readTable(file, columns)) {
    const refuse = (problem: string) => new ApiError('invalid_argument', `${nameOf(file)}, line ${line}: ${problem}.`)
    const [left = '', right = '', written = '', item, rater, leftLength, rightLength] = cells
    const outcome = written.trim().toLowerCase().replaceAll(' ', '_')
    if (outcome === '' || outcome === 'cannot_judge') continue
    if (!judged.has(outcome))
      throw refuse(`the column ${names.outcome} must be left, right, tie, both_bad or cannot_judge, not ${JSON.stringify(written)}`)
    const filled = (column: ComparisonColumn, cell: string | undefined): string => {
      if (cell === undefined || cell.trim() === '') throw refuse(`the column ${names[column]} is empty`)
      return cell
    }
    const numberIn = (column: ComparisonColumn, cell: string | undefined): number => {
      const value = Number(filled(column, cell))
      if (!Number.isFinite(value) || value < 0)
        throw refuse(`the column ${names[column]} must be a number of at least 0, not ${JSON.stringify(cell)}`)
      return value
    }
    if (filled('left', left) === filled('right', right))
      throw refuse(`${JSON.stringify(left)} is compared with itself in the columns ${names.left} and ${names.right}`)
    builder.add({
      left,
      right,
      outcome: outcome as Outcome,
      ...(wants('item') && item !== undefined ? { item: filled('item', item) } : {}),
      ...(wants('rater') ? { rater: filled('rater', rater) } : {}),
    })
    if (!lengths) continue
    leftLengths.push(numberIn('left-length', leftLength))
    rightLengths.push(numberIn('right-length', rightLength))
  }
  const both = { left: Float64Array.from(leftLengths), right: Float64Array.from(rightLengths) }
  return { comparisons: builder.build(), lengths: lengths ? both : null }
}
