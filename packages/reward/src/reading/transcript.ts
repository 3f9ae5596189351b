import type { Turn } from './message.ts'

const marker = /(?:^|\n\n)(Human|Assistant):[ ]?/g

/** The turns of a transcript written as `\n\nHuman: … \n\nAssistant: …`; null for a text that is none. */
export function parseTranscript(text: string): Turn[] | null {
  if (!/^\s*Human:/.test(text)) return null
  const turns: Turn[] = []
  let role = ''
  let from = 0
  for (const match of text.matchAll(marker)) {
    if (role !== '') turns.push({ role, content: text.slice(from, match.index).trim() })
    role = match[1] === 'Human' ? 'user' : 'assistant'
    from = match.index + match[0].length
  }
  turns.push({ role, content: text.slice(from).trim() })
  return turns
}
