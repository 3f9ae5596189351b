import { type CriterionScore, type Message, messageText, type TraceSummary } from '@plaudit/protocol'

const PREVIEW_LENGTH = 300

/** One trace in short, as `summaryColumns` selects it. */
export type SummaryRow = {
  trace_id: string
  name: string
  start_ms: string
  duration_ms: number
  status: TraceSummary['status']
  model: string
  prompt_name: string
  prompt_version: string
  user_id: string
  session_id: string
  environment: string
  release: string
  tags: string[]
  entry_input: string
  entry_output: string
  span_count: string
  total_tokens: number | null
  cost_usd: number | null
}

/**
 * The trace's row from its spans (a table expression called `span`): the root names it and gives input and output; where the root is not there or says nothing, the first span
 * that does. Spans of a retried export are counted once.
 */
export const summaryColumns = `
  trace_id,
  argMin(span.name, (span.parent_span_id != '', span.start_time)) AS name,
  toUnixTimestamp64Milli(min(span.start_time)) AS start_ms,
  dateDiff('millisecond', min(span.start_time), max(span.end_time)) AS duration_ms,
  if(countIf(span.status = 'error') > 0, 'error', if(countIf(span.status = 'ok') > 0, 'ok', 'unset')) AS status,
  argMinIf(span.model, (span.kind != 'generation', span.start_time), span.model != '') AS model,
  argMinIf(span.prompt_name, span.start_time, span.prompt_name != '' OR span.prompt_version != '') AS prompt_name,
  argMinIf(span.prompt_version, span.start_time, span.prompt_name != '' OR span.prompt_version != '') AS prompt_version,
  anyIf(span.user_id, span.user_id != '') AS user_id,
  anyIf(span.session_id, span.session_id != '') AS session_id,
  anyIf(span.environment, span.environment != '') AS environment,
  anyIf(span.release, span.release != '') AS release,
  arraySort(groupUniqArrayArray(span.tags)) AS tags,
  argMinIf(span.input, (span.parent_span_id != '', span.kind != 'generation', span.start_time), span.input != '[]') AS entry_input,
  argMinIf(span.output, (span.parent_span_id != '', span.kind != 'generation', span.start_time), span.output != '[]') AS entry_output,
  count() AS span_count,
  sumOrNull(span.input_tokens + span.output_tokens) AS total_tokens,
  sumOrNull(span.cost_usd) AS cost_usd`

export function summaryFromRow(row: SummaryRow, feedback: CriterionScore[]): TraceSummary {
  return {
    traceId: row.trace_id as TraceSummary['traceId'],
    name: row.name,
    startTime: new Date(Number(row.start_ms)).toISOString(),
    durationMs: Number(row.duration_ms),
    status: row.status,
    model: row.model,
    promptName: row.prompt_name,
    promptVersion: row.prompt_version,
    userId: row.user_id,
    sessionId: row.session_id,
    environment: row.environment,
    release: row.release,
    tags: row.tags,
    inputPreview: preview(lastOf(row.entry_input, 'user')),
    outputPreview: preview(lastOf(row.entry_output, 'assistant')),
    spanCount: Number(row.span_count),
    totalTokens: row.total_tokens === null ? null : Number(row.total_tokens),
    costUsd: row.cost_usd,
    feedback,
  }
}

/** Text of the last message of a role, or of the last message when none has it. */
function lastOf(json: string, role: Message['role']): string {
  if (json === '') return ''
  const messages = JSON.parse(json) as Message[]
  const last = messages.findLast((message) => message.role === role) ?? messages.at(-1)
  return last === undefined ? '' : messageText([last])
}

function preview(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim()
  return flat.length <= PREVIEW_LENGTH ? flat : `${flat.slice(0, PREVIEW_LENGTH).replace(/[\uD800-\uDBFF]$/u, '')}…`
}
