import type { ConsensusMark, Mark } from '@plaudit/protocol'
import { majorityMarks, type Ratings } from '@plaudit/stats'
import type { ConsensusRow } from '../events/consensus-row.ts'

/** What is stored of a stretch; what a lead decided is stored as the marks that it is. */
type StoredMark = Pick<Mark, 'type' | 'start' | 'end'> & { field?: Mark['field'] | undefined; votes?: number; quote?: string | undefined }

/** Code points of a quote that are shown. */
const MOST_QUOTED = 300

/**
 * The consensus on marked texts: the stretches that a majority marked, and how far the marks are apart. @param own of either function: codes of the
 * marks that each reviewer of an item gave.
 */
export function marksConsensus({ valueNames }: Ratings) {
  const parsed = valueNames.map((value) => JSON.parse(value) as StoredMark[])
  // The input and the output are texts of their own: a type is told apart by the text that it is in.
  const together = (own: readonly number[]) =>
    majorityMarks(
      own.map((code, k) => ({
        rater: String(k),
        marks: parsed[code]!.map(({ type, start, end, field }) => ({ type: `${fieldOf({ field })} ${type}`, start, end })),
      })),
    )
  return {
    itemOf(own: readonly number[]): Pick<ConsensusRow, 'value' | 'score' | 'sd' | 'probability' | 'posterior'> {
      const stretches = together(own).stretches.map(({ type, start, end, votes }) => {
        const space = type.indexOf(' ')
        return { type: type.slice(space + 1), field: type.slice(0, space), start, end, votes }
      })
      return { value: JSON.stringify(stretches), score: null, sd: null, probability: null, posterior: [] }
    },
    spreadOf: (own: readonly number[]) => together(own).spread ?? 0,
  }
}

/**
 * Stored stretches as they are answered, each with the text that it marks: out of a reviewer's mark that holds it, or out of the beginning of the
 * output.
 * @param of.counted the reviewers that the votes are of. @param of.given the values of their votes. @param of.preview how the output begins.
 */
export function answeredMarks(value: string, of: { counted: number; given: readonly string[]; preview: string }): ConsensusMark[] {
  const given = of.given.flatMap((vote) => JSON.parse(vote) as StoredMark[])
  return (JSON.parse(value) as StoredMark[]).map((mark) => ({
    type: mark.type,
    field: fieldOf(mark),
    start: mark.start,
    end: mark.end,
    quote: quoteOf(mark, [mark, ...given], of.preview),
    votes: mark.votes ?? null,
    share: mark.votes === undefined ? null : mark.votes / of.counted,
  }))
}

function quoteOf(mark: StoredMark, given: readonly StoredMark[], preview: string): string {
  const { start, end } = mark
  for (const one of given) {
    if (one.quote === undefined || fieldOf(one) !== fieldOf(mark) || one.start > start || one.end < end) continue
    const points = Array.from(one.quote)
    const from = start - one.start
    if (points.length === one.end - one.start) return points.slice(from, from + Math.min(end - start, MOST_QUOTED)).join('')
  }
  const shown = fieldOf(mark) === 'output' ? Array.from(preview) : []
  return end <= shown.length ? shown.slice(start, Math.min(end, start + MOST_QUOTED)).join('') : ''
}

function fieldOf({ field }: Pick<StoredMark, 'field'>): Mark['field'] {
  return field === 'input' ? 'input' : 'output'
}
