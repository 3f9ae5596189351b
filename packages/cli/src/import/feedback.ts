import { describeIssues, type FeedbackInput, feedbackInputSchema } from '@plaudit/protocol'
import type { ImportedRow, Importer } from './import-format.ts'
import { jsonRows, parseOrNull } from './json-rows.ts'

/**
 * Feedback as JSON lines of the records that the API takes, which is also what `plaudit export feedback` writes. Ids, authors and times are
 * kept, so that feedback moves to another project or server as it is. No spans come with it.
 */
export const importFeedback: Importer = async function* (source, ids) {
  for await (const { line, text } of jsonRows(source)) yield judgmentOf(text, line)

  function judgmentOf(text: string, line: number): ImportedRow {
    const value = parseOrNull(text)
    if (typeof value !== 'object' || value === null) return { line, problem: 'this is no JSON object' }
    const record = asSent(value as Record<string, unknown>)
    const parsed = feedbackInputSchema.safeParse(record)
    if (!parsed.success) return { line, problem: describeIssues(parsed.error).replace(/\.$/, '') }
    const given = { id: ids.uuid(ids.ofRow(text)), ...record } as FeedbackInput
    return { line, spans: [], feedback: [given] }
  }
}

/** A stored record says with empty fields what one that is sent leaves out. */
function asSent(record: Record<string, unknown>): Record<string, unknown> {
  const { author, ...rest } = record
  const kept = Object.entries(rest).filter(([name, value]) => value !== '' && value !== null && name !== 'score' && name !== 'receivedAt')
  const stated =
    typeof author === 'object' && author !== null ? Object.entries(author).filter(([, value]) => value !== '' && value !== null) : null
  return { ...Object.fromEntries(kept), ...(stated === null ? {} : { author: Object.fromEntries(stated) }) }
}
