import { hashText, mix } from '../features/hash.ts'
import { promptHash } from '../training/clean-pairs.ts'
import type { DatasetRow, Split, UnsplitRow } from './dataset-row.ts'

export interface SplitOptions {
  /**
   * What stays on one side: all rows of a prompt (of its opening turn), of a conversation, or of an author; or, by time, the newest rows are
   * the test side.
   */
  by: 'prompt' | 'conversation' | 'author' | 'time'
  /** Shares of the sides, 0 to below 1 together; the rest is for training. */
  validation: number
  test: number
  seed: number
}

/**
 * Gives every row its side. By hash, so that a prompt stays on its side when rows come and go: the test side of a new version holds what the
 * test side of the old one held.
 */
export function splitRows(rows: readonly UnsplitRow[], options: SplitOptions): DatasetRow[] {
  const { by, validation, test, seed } = options
  const sideAt = (place: number): Split => (place < test ? 'test' : place < test + validation ? 'validation' : 'train')
  const finish = (row: UnsplitRow, split: Split): DatasetRow => {
    const { session: _, ...rest } = row
    return { ...rest, split }
  }
  if (by === 'time') {
    const order = rows.map((_, index) => index).sort((a, b) => (rows[b]!.time ?? '').localeCompare(rows[a]!.time ?? '') || a - b)
    const places = new Float64Array(rows.length)
    order.forEach((row, rank) => (places[row] = (rank + 0.5) / rows.length))
    return rows.map((row, index) => finish(row, sideAt(places[index]!)))
  }
  const hashOf = (row: UnsplitRow): number => {
    if (by === 'author') return hashText(row.author ?? '')
    return by === 'conversation' && row.session !== undefined ? hashText(row.session) : promptHash(row)
  }
  return rows.map((row) => finish(row, sideAt(mix(hashOf(row) ^ Math.imul(seed + 1, 0x9e3779b1)) / 2 ** 32)))
}
