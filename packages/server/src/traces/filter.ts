import type { TraceCountQuery } from '@plaudit/protocol'
import { type FeedbackCondition, feedbackCondition, metadataPairs } from './condition.ts'
import { searchTerms } from './text.ts'

/** A condition on `trace_id` as SQL (empty, or beginning with AND) with its parameters. It uses `{fromMs:Int64}` of the page's window. */
export type Filter = { where: string; params: Record<string, unknown> }

/** Filters on one column each. Those of a group must hold for the same span; a prompt's version belongs to its name, and both to a model. */
const groups = [
  { model: 'model', promptName: 'prompt_name', promptVersion: 'prompt_version' },
  { userId: 'user_id' },
  { sessionId: 'session_id' },
  { environment: 'environment' },
] as const

/**
 * The conditions of a trace list. A trace matches a condition when one of its spans does, wherever in time that span lies; a trace is `ok`
 * when none of its spans failed. Superseded spans and judgments do not count.
 */
export function traceFilter(query: TraceCountQuery): Filter {
  const params: Record<string, unknown> = {}
  const conditions: string[] = []
  const bind = (value: unknown, type = 'String') => {
    const name = `filter${Object.keys(params).length}`
    params[name] = value
    return `{${name}:${type}}`
  }
  const someSpan = (condition: string, negated = false) => {
    // A trace that begins in the window has no span before it.
    const spans = `SELECT trace_id FROM spans FINAL WHERE project_id = {projectId:String}
      AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND ${condition}`
    conditions.push(`trace_id ${negated ? 'NOT ' : ''}IN (${spans})`)
  }

  for (const group of groups) {
    const given = Object.entries(group).flatMap(([name, column]) => {
      const value = query[name as keyof TraceCountQuery]
      return value === undefined ? [] : [`${column} = ${bind(value)}`]
    })
    if (given.length > 0) someSpan(given.join(' AND '))
  }
  if (query.status !== undefined) someSpan(`status = 'error'`, query.status === 'ok')

  const { words, fragments } = searchTerms(query.text)
  const found = [
    ...words.map((word) => {
      const needle = bind([word], 'Array(String)')
      return `(hasAllTokens(input_text, ${needle}) OR hasAllTokens(output_text, ${needle}))`
    }),
    ...fragments.map((fragment) => {
      const needle = bind(fragment)
      return `(positionCaseInsensitiveUTF8(input_text, ${needle}) > 0 OR positionCaseInsensitiveUTF8(output_text, ${needle}) > 0)`
    }),
  ]
  if (found.length > 0) someSpan(found.join(' AND '))
  for (const { key, value } of metadataPairs(query.metadata)) {
    const name = bind(key)
    someSpan(`mapContains(metadata, ${name}) AND metadata[${name}] = ${bind(value)}`)
  }

  if (query.feedback !== undefined) {
    const condition = feedbackCondition(query.feedback)
    // A comparison is filed under its first output and is about every one.
    const judged = `SELECT arrayJoin(if(target_kind = 'comparison', arrayMap(output -> substring(output, 1, 32), outputs), [trace_id]))
      FROM feedback FINAL WHERE project_id = {projectId:String} AND target_kind != 'session' ${judgmentCondition(condition, bind)}`
    conditions.push(`trace_id ${condition.is === 'none' ? 'NOT ' : ''}IN (${judged})`)
  }
  return { where: conditions.map((condition) => `AND ${condition}`).join('\n'), params }
}

/** A reward model's score that says how sure it is. */
const scoredWithStd = `criterion = 'reward' AND author_kind = 'model' AND mapContains(metadata, 'std')`

function judgmentCondition(condition: FeedbackCondition, bind: (value: unknown, type?: string) => string): string {
  switch (condition.is) {
    case 'any':
    case 'none':
      return ''
    case 'negative':
      return `AND ((kind = 'thumbs' AND score = 0) OR kind IN ('flag', 'correction'))`
    case 'disagreement':
      // Two people gave different values for the same thing; words and marks nearly always differ and say nothing.
      return `AND author_kind = 'human' AND (trace_id, span_id, outputs, criterion) IN (
        SELECT trace_id, span_id, outputs, criterion FROM feedback FINAL WHERE project_id = {projectId:String} AND author_kind = 'human'
          AND kind IN ('thumbs', 'rating', 'label', 'labels', 'comparison', 'ranking')
        GROUP BY trace_id, span_id, outputs, criterion HAVING uniqExact(author_id) > 1 AND uniqExact(value) > 1)`
    case 'uncertain':
      return `AND ${scoredWithStd} AND toFloat64OrZero(metadata['std']) >= (
        SELECT quantile(0.9)(toFloat64OrZero(metadata['std'])) FROM feedback FINAL WHERE project_id = {projectId:String} AND ${scoredWithStd})`
    case 'criterion':
      return `AND criterion = ${bind(condition.criterion)}`
    case 'score':
      return `AND criterion = ${bind(condition.criterion)} AND score ${condition.operator} ${bind(condition.score, 'Float64')}`
    case 'label':
      return `AND criterion = ${bind(condition.criterion)} AND label = ${bind(condition.label)}`
  }
}
