/** A turn of a conversation, with its content as plain text. */
export interface Turn {
  role: string
  content: string
}

/**
 * The turns of a list of messages; null if `value` is no such list. Content may be a string or a list of parts, of which the text counts.
 */
export function turnsOf(value: unknown): Turn[] | null {
  if (!Array.isArray(value)) return null
  const turns: Turn[] = []
  for (const message of value as unknown[]) {
    if (typeof message !== 'object' || message === null || !('content' in message)) return null
    const content = contentText(message.content)
    if (content === null) return null
    turns.push({ role: 'role' in message && typeof message.role === 'string' ? message.role : 'user', content })
  }
  return turns
}

/** The text of an input or output given as a string, a list of messages, or any other JSON value. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  const turns = turnsOf(value)
  return turns === null ? JSON.stringify(value) : joinTurns(turns)
}

/** The turns' texts one after the other, without their roles. */
export function joinTurns(turns: Turn[]): string {
  return turns.map((turn) => turn.content).join('\n\n')
}

function contentText(content: unknown): string | null {
  if (typeof content === 'string') return content
  if (content === null) return ''
  if (!Array.isArray(content)) return null
  const texts: string[] = []
  for (const part of content as unknown[]) {
    if (typeof part === 'string') texts.push(part)
    else if (typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string') texts.push(part.text)
  }
  return texts.join('\n')
}
