import { ApiError, type TraceQuery } from '@plaudit/protocol'

export type Filter = { where: string; having: string; params: Record<string, unknown> }

/** Filters on one column each: a trace matches when any of its spans does. */
const columnOf = {
  model: 'model',
  promptName: 'prompt_name',
  promptVersion: 'prompt_version',
  userId: 'user_id',
  sessionId: 'session_id',
  environment: 'environment',
} as const

/**
 * The conditions of a trace list as SQL. Conditions on columns hold for the trace (`having`); text, metadata and feedback first select traces
 * (`where`), so that their indexes serve.
 */
export function traceFilter(query: TraceQuery): Filter {
  const where: string[] = []
  const having: string[] = []
  const params: Record<string, unknown> = {}

  for (const [name, column] of Object.entries(columnOf)) {
    const value = query[name as keyof typeof columnOf]
    if (value === undefined) continue
    having.push(`countIf(${column} = {${name}:String}) > 0`)
    params[name] = value
  }
  if (query.status === 'error') having.push(`countIf(status = 'error') > 0`)
  if (query.status === 'ok') having.push(`countIf(status = 'error') = 0`)

  const words = wordsOf(query.text)
  if (words.length > 0) {
    params['words'] = words
    where.push(
      `trace_id IN (SELECT trace_id FROM spans WHERE project_id = {projectId:String}
        AND (hasAllTokens(input_text, {words:Array(String)}) OR hasAllTokens(output_text, {words:Array(String)})))`,
    )
  }
  for (const [index, { key, value }] of metadataPairs(query.metadata).entries()) {
    where.push(
      `trace_id IN (SELECT trace_id FROM spans WHERE project_id = {projectId:String} AND metadata[{metadataKey${index}:String}] = {metadataValue${index}:String})`,
    )
    params[`metadataKey${index}`] = key
    params[`metadataValue${index}`] = value
  }
  if (query.feedback !== undefined) {
    const negation = query.feedback === 'none' ? 'NOT ' : ''
    where.push(
      `trace_id ${negation}IN (SELECT trace_id FROM feedback FINAL WHERE project_id = {projectId:String} ${feedbackCondition(query.feedback)})`,
    )
    params['criterion'] = query.feedback
  }
  const all = (conditions: string[]) => conditions.map((condition) => `AND ${condition}`).join('\n')
  return { where: all(where), having: all(having), params }
}

function feedbackCondition(feedback: string): string {
  if (feedback === 'any' || feedback === 'none') return ''
  if (feedback === 'negative') return `AND ((kind = 'thumbs' AND score = 0) OR kind IN ('flag', 'correction'))`
  return 'AND criterion = {criterion:String}'
}

/** Words as the text index cuts them: runs of letters and digits, lower-cased. */
export function wordsOf(text: string | undefined): string[] {
  return [...new Set(text?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, 20)
}

/** `key:value,key:value` as pairs. @throws ApiError `invalid_argument` for a part without a colon. */
function metadataPairs(text: string | undefined): { key: string; value: string }[] {
  if (text === undefined || text === '') return []
  return text.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon < 1) throw new ApiError('invalid_argument', `metadata: write each condition as key:value; "${part}" has no colon.`)
    return { key: part.slice(0, colon), value: part.slice(colon + 1) }
  })
}
