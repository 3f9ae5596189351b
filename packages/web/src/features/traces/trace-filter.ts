import type { TraceQuery } from '@plaudit/protocol'

/** Filters of the trace list as the address bar holds them; all text, none required. */
export type TraceFilter = Partial<Record<TraceFilterKey, string>>
export type TraceFilterKey = (typeof filterKeys)[number]

export const filterKeys = [
  'text',
  'model',
  'promptName',
  'promptVersion',
  'userId',
  'sessionId',
  'environment',
  'status',
  'feedback',
  'metadata',
  'from',
  'to',
] as const

/** What people type before the colon, for each filter. `text` is what has no colon; metadata is every name that is not here. */
const nameOf = {
  model: 'model',
  promptName: 'prompt',
  promptVersion: 'version',
  userId: 'user',
  sessionId: 'session',
  environment: 'env',
  status: 'status',
  feedback: 'feedback',
} as const satisfies Partial<Record<TraceFilterKey, string>>
export const typedNames: string[] = Object.values(nameOf)

const keyOfName = new Map(Object.entries(nameOf).map(([key, name]): [string, keyof typeof nameOf] => [name, key as keyof typeof nameOf]))

/** The filter in a page's query; unknown names and empty or over-long values are left out, so that any address opens. */
export function traceFilterOf(search: Record<string, unknown>): TraceFilter {
  const filter: TraceFilter = {}
  for (const key of filterKeys) {
    const value = search[key]
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    if (typeof text !== 'string' || text.trim() === '' || text.length > 1_000) continue
    if ((key === 'from' || key === 'to') && !Number.isFinite(Date.parse(text))) continue
    if (key === 'status' && text !== 'ok' && text !== 'error') continue
    filter[key] = text.trim()
  }
  return filter
}

export function traceQueryOf(filter: TraceFilter): Partial<TraceQuery> {
  const { status, ...rest } = filter
  return { ...rest, ...(status === 'ok' || status === 'error' ? { status } : {}) }
}

export function activeFilters(filter: TraceFilter): { key: TraceFilterKey; value: string }[] {
  return filterKeys.flatMap((key) => {
    const value = filter[key]
    return value === undefined ? [] : [{ key, value }]
  })
}

export type ParsedFilter = { filter: TraceFilter; problem: string | null }

/**
 * Reads what people type: `model:gpt-5 version:"3 b" doc_type:contract late delivery`. Known names become their filter, other names a
 * condition on metadata, the rest is searched as text. Addresses (`https://…`) and times (`12:30`) stay text.
 */
export function parseFilterText(typed: string): ParsedFilter {
  const filter: TraceFilter = {}
  const words: string[] = []
  const metadata: MetadataPair[] = []
  let problem: string | null = null
  for (const match of typed.matchAll(/(?:([\p{L}_][\p{L}\p{N}_.\-/]*):)?(?:"((?:[^"\\]|\\.)*)"|(\S+))/gu)) {
    const [whole, name, quoted, bare] = match
    const value = quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/gu, '$1')
    if (name === undefined || (bare?.startsWith('//') ?? false)) {
      words.push(name === undefined ? value : whole)
      continue
    }
    const key = keyOfName.get(name.toLowerCase())
    if (key === 'status' && value !== 'ok' && value !== 'error') problem = `Write status:ok or status:error; there is no status "${value}".`
    else if (key !== undefined) filter[key] = value
    else if (value !== '') metadata.push({ name, value })
  }
  if (metadata.length > 0) filter.metadata = metadataText(metadata)
  if (words.length > 0) filter.text = words.join(' ')
  return { filter, problem }
}

/** The filter as one would type it; `parseFilterText` reads it back. Times are not typed and left out. */
export function filterText(filter: TraceFilter): string {
  const parts: string[] = []
  for (const [key, name] of Object.entries(nameOf)) {
    const value = filter[key as keyof typeof nameOf]
    if (value !== undefined) parts.push(`${name}:${quoteIfNeeded(value)}`)
  }
  for (const pair of metadataPairs(filter.metadata)) parts.push(`${pair.name}:${quoteIfNeeded(pair.value)}`)
  if (filter.text !== undefined) parts.push(...filter.text.split(/\s+/u).map((word) => (needsQuotes(word) ? quote(word) : word)))
  return parts.join(' ')
}

export type MetadataPair = { name: string; value: string }

/** Conditions on metadata as the address and the API write them: `key:value,key:value`, with a backslash before what would be misread. */
export function metadataText(pairs: readonly MetadataPair[]): string {
  const escape = (text: string) => text.replaceAll(/[\\,:]/gu, String.raw`\$&`)
  return pairs.map(({ name, value }) => `${escape(name)}:${escape(value)}`).join(',')
}

export function metadataPairs(metadata: string | undefined): MetadataPair[] {
  const pairs: MetadataPair[] = []
  for (const [pair] of metadata?.matchAll(/(?:\\.|[^\\,])+/gsu) ?? []) {
    const [, name = '', value = ''] = /^((?:\\.|[^\\:])*):?(.*)$/su.exec(pair) ?? []
    pairs.push({ name: unescape(name), value: unescape(value) })
  }
  return pairs
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gsu, '$1')
}

function needsQuotes(word: string): boolean {
  return /["\\]/u.test(word) || (/^[\p{L}_][\p{L}\p{N}_.\-/]*:/u.test(word) && !/^[\p{L}_][\p{L}\p{N}_.\-/]*:\/\//u.test(word))
}

function quoteIfNeeded(value: string): string {
  return /[\s"\\]/u.test(value) || value.startsWith('//') || value === '' ? quote(value) : value
}

function quote(value: string): string {
  return `"${value.replaceAll(/["\\]/gu, String.raw`\$&`)}"`
}
