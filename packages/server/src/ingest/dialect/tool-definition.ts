import type { ToolDefinition } from '@plaudit/protocol'
import { dataOf, isRecord, type Json } from './value.ts'

/** Tools from a list (or JSON of one) of definitions, in the shapes of OpenTelemetry, OpenAI, Anthropic and the Vercel AI SDK. Null for none. */
export function toolDefinitions(value: unknown): ToolDefinition[] | null {
  const data = dataOf(value)
  const list: unknown[] = Array.isArray(data) ? (data as unknown[]) : []
  const tools = list.map(dataOf).filter(isRecord).map(toolDefinition)
  return tools.length === 0 ? null : tools
}

function toolDefinition(given: Json): ToolDefinition {
  const inner = isRecord(given['function']) ? given['function'] : given
  const parameters = inner['parameters'] ?? inner['input_schema'] ?? inner['inputSchema']
  return {
    name: typeof inner['name'] === 'string' ? inner['name'] : '',
    ...(typeof inner['description'] === 'string' ? { description: inner['description'] } : {}),
    ...(parameters === undefined ? {} : { parameters }),
  }
}
