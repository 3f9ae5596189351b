import type { Dialect } from './dialect.ts'
import { addMetadata, addParameters, addTags, type Draft, fillMessages, take, takePrefixed, type UsageField } from './draft.ts'
import { type Json, numberOf, recordOf, textOf } from './value.ts'

/** Langfuse's SDKs. Its attributes are set on purpose by people, on top of what an instrumentation writes. */
export const langfuse: Dialect = {
  kinds: {
    'langfuse.observation.type': {
      generation: 'generation',
      agent: 'agent',
      tool: 'tool',
      chain: 'chain',
      retriever: 'retriever',
      evaluator: 'evaluator',
      embedding: 'embedding',
      guardrail: 'guardrail',
      span: 'span',
      event: 'span',
    },
  },
  texts: {
    model: ['langfuse.observation.model.name'],
    promptName: ['langfuse.observation.prompt.name', 'langfuse.prompt.name'],
    promptVersion: ['langfuse.observation.prompt.version', 'langfuse.prompt.version'],
    sessionId: ['langfuse.session.id', 'session.id'],
    userId: ['langfuse.user.id', 'user.id'],
    release: ['langfuse.release'],
    environment: ['langfuse.environment'],
  },
  usage: {},
  read(draft) {
    fillMessages(draft, 'input', ['langfuse.observation.input'], 'user')
    fillMessages(draft, 'output', ['langfuse.observation.output'], draft.kind === 'tool' ? 'tool' : 'assistant')
    // What is said of the trace holds for its root; on other spans it is kept as it came.
    if (draft.span.parentSpanId === '') {
      fillMessages(draft, 'input', ['langfuse.trace.input'], 'user')
      fillMessages(draft, 'output', ['langfuse.trace.output'], 'assistant')
    }
    const parameters = recordOf(draft.span.attributes.get('langfuse.observation.model.parameters'))
    if (parameters !== null) {
      addParameters(draft, parameters)
      take(draft, 'langfuse.observation.model.parameters')
    }
    if (draft.countsUsage) readUsage(draft)
    readFirstToken(draft)
    for (const place of ['langfuse.observation.metadata', 'langfuse.trace.metadata']) {
      addMetadata(draft, takePrefixed(draft, `${place}.`))
      const whole = take(draft, place)
      if (whole !== undefined) addMetadata(draft, Object.entries(recordOf(whole) ?? { metadata: whole }))
    }
    addTags(draft, take(draft, 'langfuse.trace.tags'))
    if (draft.span.attributes.get('langfuse.observation.level') === 'ERROR') draft.isError = true
    if (draft.statusMessage === '') draft.statusMessage = textOf(take(draft, 'langfuse.observation.status_message'))
  },
}

/** Names within `usage_details`, with those of OpenAI, Anthropic and the older SDKs that are passed through. */
const usageNames: Partial<Record<UsageField, readonly string[]>> = {
  inputTokens: ['input', 'input_tokens', 'prompt_tokens', 'promptTokens', 'inputTokens'],
  outputTokens: ['output', 'output_tokens', 'completion_tokens', 'completionTokens', 'outputTokens'],
  cacheReadTokens: ['input_cached_tokens', 'cache_read_input_tokens', 'input_cache_read', 'input_cached'],
  cacheWriteTokens: ['cache_creation_input_tokens', 'input_cache_creation'],
  reasoningTokens: ['output_reasoning_tokens', 'output_reasoning', 'reasoning_tokens'],
}

function readUsage(draft: Draft): void {
  const usage = recordOf(draft.span.attributes.get('langfuse.observation.usage_details'))
  if (usage !== null) {
    for (const [field, names] of Object.entries(usageNames) as [UsageField, readonly string[]][]) {
      const value = firstNumber(usage, names)
      if (value !== null) draft.usage[field] ??= value
    }
    // Kinds of tokens that no field holds (audio, images) stay readable.
    if (Object.keys(usage).every((name) => name === 'total' || Object.values(usageNames).some((names) => names.includes(name))))
      take(draft, 'langfuse.observation.usage_details')
  }
  const cost = recordOf(draft.span.attributes.get('langfuse.observation.cost_details'))
  if (cost === null || draft.usage.costUsd !== undefined) return
  const parts = Object.values(cost).map(numberOf)
  draft.usage.costUsd = numberOf(cost['total']) ?? parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
}

function firstNumber(record: Json, names: readonly string[]): number | null {
  for (const name of names) {
    const value = numberOf(record[name])
    if (value !== null) return value
  }
  return null
}

/** A time in ISO 8601, some SDKs with quotation marks around it. */
function readFirstToken(draft: Draft): void {
  const time = Date.parse(textOf(draft.span.attributes.get('langfuse.observation.completion_start_time')).replaceAll('"', ''))
  if (Number.isNaN(time) || draft.firstTokenMs !== null) return
  draft.firstTokenMs = Math.max(0, time - draft.span.startMs)
  take(draft, 'langfuse.observation.completion_start_time')
}
