/** Strata looked at one by one; what is rarer goes together. */
export const MOST_STRATA = 200
export const OTHER = '(all others)'
const NONE = '(none)'

/** Properties of a span that traffic can be cut by, in SQL over `spans`. */
const bySpan: Record<string, string> = {
  promptVersion: `concat(prompt_name, ' ', prompt_version)`,
  model: 'toString(model)',
  environment: 'toString(environment)',
  release: 'toString(release)',
}
const METADATA = 'metadata:'

/** What a slice asks of a span, as SQL over `spans`; undefined for a slice that spans do not have. */
export function spanColumn(
  by: string | undefined,
  parameter = 'sliceKey',
): { column: string; params: Record<string, unknown> } | undefined {
  if (by === undefined) return undefined
  if (by.startsWith(METADATA)) return { column: `metadata[{${parameter}:String}]`, params: { [parameter]: by.slice(METADATA.length) } }
  const column = bySpan[by]
  return column === undefined ? undefined : { column, params: {} }
}

/** What strata are called in a sentence. */
export function strataWord(by: string): string {
  return by.startsWith(METADATA) ? by.slice(METADATA.length) : by === 'promptVersion' ? 'prompt version' : by
}

/** A trace is where its first generation is; without any, where its first span is. In SQL, the smallest of a trace's spans. */
export const FIRST = `(kind != 'generation', start_time)`

/**
 * The traces of the traffic in SQL: `trace_key`, `stratum`, `prompt` (the name of the prompt and the environment) and `parts`, the names under which
 * parts of the traffic are told apart.
 */
export type Traffic = { traces: string; params: Record<string, unknown> }

/** @param spans Rows of spans, as SQL after FROM. @param parts An array of texts, aggregated over a trace's spans. */
export function stratifiedTraces(spans: string, column: string, { parts = `['']`, having = '' } = {}): string {
  return `SELECT trace_key, if(argMin(${column}, ${FIRST}) AS own = '', '${NONE}', own) AS stratum,
      argMin(concat(prompt_name, ' ', environment), ${FIRST}) AS prompt, ${parts} AS parts
    FROM ${spans} GROUP BY trace_key ${having}`
}
