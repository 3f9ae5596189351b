import type { ScoreItem } from '../pair.ts'

/** Where the assistant's turn begins in the chat templates in use. The last mark in a text counts. */
const assistantMarks = [
  '<|im_start|>assistant\n',
  '<|start_header_id|>assistant<|end_header_id|>\n\n',
  '<|assistant|>\n',
  '<start_of_turn>model\n',
  '[/INST]',
  '### Response:\n',
  '\n\nAssistant:',
]
/** Tokens that templates and tokenizers add and no person wrote. */
const specialToken = /<\|[a-z0-9_]{1,40}\|>|<\/?s>|<pad>|<(?:bos|eos)>|<(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>/gi

/** A text without the special tokens of chat templates. */
export function withoutSpecialTokens(text: string): string {
  return text.replace(specialToken, '').trim()
}

/**
 * Input and output from a whole conversation as one text. With a prompt, the output is what follows it (all of the text where it does not
 * begin with the prompt); without one, the last turn of the assistant, or all of the text where no template's mark is found.
 */
export function splitConversation(text: string, prompt?: string): ScoreItem {
  if (prompt !== undefined) {
    const output = text.startsWith(prompt) ? text.slice(prompt.length) : text
    return { input: withoutSpecialTokens(prompt), output: withoutSpecialTokens(output) }
  }
  const begin = assistantMarks.reduce(
    (after, mark) => (text.includes(mark) ? Math.max(after, text.lastIndexOf(mark) + mark.length) : after),
    0,
  )
  return { input: withoutSpecialTokens(text.slice(0, begin)), output: withoutSpecialTokens(text.slice(begin)) }
}
