import { createInterface } from 'node:readline'
import type { OpenedText } from '../table/open-text.ts'

export type JsonRow = { line: number; text: string }

/** The objects of a file: one a line, or the elements of one array. Each as its text, with the line on which it begins. */
export async function* jsonRows(source: OpenedText): AsyncGenerator<JsonRow> {
  yield* source.first === '[' ? arrayElements(source) : lines(source)
}

async function* lines({ stream }: OpenedText): AsyncGenerator<JsonRow> {
  let line = 0
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1
    if (text.trim() !== '') yield { line, text: text.replace(/^\uFEFF/u, '') }
  }
}

/**
 * The elements that are objects, found by their braces alone, so that a long array is never held as a whole. What stands between them is
 * passed over.
 */
async function* arrayElements({ stream }: OpenedText): AsyncGenerator<JsonRow> {
  stream.setEncoding('utf8')
  let line = 1
  let startLine = 1
  let depth = 0
  let inString = false
  let escaped = false
  let element = ''
  for await (const chunk of stream as AsyncIterable<string>) {
    let from = depth === 0 ? -1 : 0
    for (let index = 0; index < chunk.length; index += 1) {
      const character = chunk[index]
      if (character === '\n') line += 1
      if (inString) {
        if (escaped) escaped = false
        else if (character === '\\') escaped = true
        else if (character === '"') inString = false
      } else if (character === '"') inString = depth > 0
      else if (character === '{') {
        if (depth === 0) {
          from = index
          startLine = line
        }
        depth += 1
      } else if (character === '}' && depth > 0) {
        depth -= 1
        if (depth > 0) continue
        yield { line: startLine, text: element + chunk.slice(from, index + 1) }
        element = ''
        from = -1
      }
    }
    if (depth > 0) element += chunk.slice(Math.max(0, from))
  }
  if (depth > 0) yield { line: startLine, text: element }
}

/** The value of a JSON text, or null where it is none: the row's schema then says what is missing. */
export function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
