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
 * The trace's row from its spans: the root names it and gives input and output; where the root is not there or says nothing, the first span
 * that does. Spans of a retried export are counted once.
 */
export const summaryColumns = `
  trace_id,
  argMin(name, (parent_span_id != '', start_time)) AS name,
  toUnixTimestamp64Milli(min(start_time)) AS start_ms,
  dateDiff('millisecond', min(start_time), max(end_time)) AS duration_ms,
  if(countIf(status = 'error') > 0, 'error', if(countIf(status = 'ok') > 0, 'ok', 'unset')) AS status,
  argMinIf(model, start_time, model != '') AS model,
  argMinIf(prompt_name, start_time, prompt_name != '' OR prompt_version != '') AS prompt_name,
  argMinIf(prompt_version, start_time, prompt_name != '' OR prompt_version != '') AS prompt_version,
  anyIf(user_id, user_id != '') AS user_id,
  anyIf(session_id, session_id != '') AS session_id,
  anyIf(environment, environment != '') AS environment,
  anyIf(release, release != '') AS release,
  arraySort(groupUniqArrayArray(tags)) AS tags,
  argMinIf(input, (parent_span_id != '', kind != 'generation', start_time), input != '[]') AS entry_input,
  argMinIf(output, (parent_span_id != '', kind != 'generation', start_time), output != '[]') AS entry_output,
  count() AS span_count,
  sumOrNull(input_tokens + output_tokens) AS total_tokens,
  sumOrNull(cost_usd) AS cost_usd`

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
