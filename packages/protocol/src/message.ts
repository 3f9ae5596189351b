import { z } from 'zod'

// The message structure is OpenTelemetry GenAI's (`gen_ai.input.messages`): a role and typed parts. Every dialect is mapped to it.

const textPart = z.object({ type: z.literal('text'), content: z.string() })
const reasoningPart = z.object({ type: z.literal('reasoning'), content: z.string() })
const toolCallPart = z.object({
  type: z.literal('tool_call'),
  id: z.string().nullish(),
  name: z.string(),
  arguments: z.unknown().optional(),
})
const toolResponsePart = z.object({ type: z.literal('tool_call_response'), id: z.string().nullish(), response: z.unknown() })
/** A picture, a sound or a file, by address or inline as base64. */
const mediaPart = z.object({
  type: z.enum(['uri', 'blob', 'file']),
  modality: z.string().optional(),
  mimeType: z.string().nullish(),
  uri: z.string().optional(),
  content: z.string().optional(),
  fileId: z.string().optional(),
})
/** What no other part describes, kept as it came. */
const otherPart = z.object({ type: z.literal('json'), value: z.unknown() })

export const messagePartSchema = z
  .discriminatedUnion('type', [textPart, reasoningPart, toolCallPart, toolResponsePart, mediaPart, otherPart])
  .meta({ id: 'MessagePart' })
export type MessagePart = z.output<typeof messagePartSchema>

export const messageSchema = z
  .object({
    role: z.enum(['system', 'user', 'assistant', 'tool']),
    parts: z.array(messagePartSchema),
    name: z.string().nullish(),
    finishReason: z.string().nullish(),
  })
  .meta({ id: 'Message' })
export type Message = z.output<typeof messageSchema>

/** The plain text of messages: text parts joined by blank lines; reasoning, tool calls and media are left out. */
export function messageText(messages: readonly Message[]): string {
  const texts: string[] = []
  for (const { parts } of messages) for (const part of parts) if (part.type === 'text') texts.push(part.content)
  return texts.join('\n\n')
}
