import type { Message, RetrievedDocument, SpanKind, ToolDefinition, Usage } from '@plaudit/protocol'
import type { AttributeValue, OtlpSpan } from '../decode/otlp-span.ts'
import { messagesOf } from './message.ts'
import { isRecord, textOf } from './value.ts'

export const textFields = ['model', 'provider', 'promptName', 'promptVersion', 'sessionId', 'userId', 'release', 'environment'] as const
export type TextField = (typeof textFields)[number]
export const usageFields = ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'reasoningTokens', 'costUsd'] as const
export type UsageField = keyof Usage | 'costUsd'

/**
 * A span while dialects read it. They take attributes out of the span and fill what is still open here, so that the first dialect to know a
 * field wins, and whatever nobody took is what is kept as it came.
 */
export type Draft = {
  readonly span: OtlpSpan
  kind: SpanKind | null
  texts: Partial<Record<TextField, string>>
  usage: Partial<Record<UsageField, number>>
  /** Whether usage counts here: a chain or agent only repeats the sum of what its children used. */
  countsUsage: boolean
  firstTokenMs: number | null
  parameters: Record<string, unknown>
  input: Message[] | null
  output: Message[] | null
  tools: ToolDefinition[] | null
  documents: RetrievedDocument[] | null
  tags: string[]
  metadata: Map<string, string>
  isError: boolean
  statusMessage: string
}

/** Takes an attribute out of the span. */
export function take(draft: Draft, name: string): AttributeValue | undefined {
  const { attributes } = draft.span
  const value = attributes.get(name)
  if (value !== undefined) attributes.delete(name)
  return value
}

/** Fills the input from the first of these attributes that holds something, unless it is known. Returns whether it did. */
export function fillMessages(draft: Draft, field: 'input' | 'output', names: readonly string[], role: Message['role']): boolean {
  if (draft[field] !== null) return false
  const { attributes } = draft.span
  for (const name of names) {
    const value = attributes.get(name)
    if (value === undefined) continue
    const messages = messagesOf(value, role)
    if (messages.length === 0) continue
    draft[field] = messages
    attributes.delete(name)
    return true
  }
  return false
}

/** Adds entries to the metadata, values as text, without replacing what is there. */
export function addMetadata(draft: Draft, entries: Iterable<readonly [string, unknown]>): void {
  for (const [key, value] of entries) if (!draft.metadata.has(key)) draft.metadata.set(key, textOf(value))
}

/** Adds tags from a list, or from a text with commas. */
export function addTags(draft: Draft, value: unknown): void {
  const tags = Array.isArray(value) ? value.map(textOf) : typeof value === 'string' ? value.split(',') : []
  for (const tag of tags.map((one) => one.trim())) if (tag !== '' && !draft.tags.includes(tag)) draft.tags.push(tag)
}

/** Adds sampling parameters without replacing what is there. */
export function addParameters(draft: Draft, value: unknown): void {
  if (isRecord(value)) draft.parameters = { ...value, ...draft.parameters }
}

/** Takes every attribute under a prefix and returns them by the rest of their names. */
export function takePrefixed(draft: Draft, prefix: string): [string, AttributeValue][] {
  const { attributes } = draft.span
  const taken: [string, AttributeValue][] = []
  for (const [name, value] of attributes) {
    if (!name.startsWith(prefix)) continue
    taken.push([name.slice(prefix.length), value])
    attributes.delete(name)
  }
  return taken
}
