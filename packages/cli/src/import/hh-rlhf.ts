import type { Message } from '@plaudit/protocol'
import { parseTranscript, type Turn } from '@plaudit/reward'
import { z } from 'zod'
import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import { importedFrom, type ImportedRow, type Importer } from './import-format.ts'
import { jsonRows, parseOrNull } from './json-rows.ts'
import type { RecordIds } from './record-id.ts'

const rowSchema = z.object({ chosen: z.string(), rejected: z.string() })

/**
 * Pairs of transcripts (`\n\nHuman: … \n\nAssistant: …`) as JSON lines of `{chosen, rejected}`. Each becomes one trace with two generations
 * of the same input and one comparison. The file does not tell which one stood on the left; a bit of the row's hash decides.
 */
export const importHhRlhf: Importer = async function* (source, ids) {
  for await (const { line, text } of jsonRows(source)) {
    yield pairOf(text, line, ids)
  }
}

function pairOf(text: string, line: number, ids: RecordIds): ImportedRow {
  const row = rowSchema.safeParse(parseOrNull(text))
  if (!row.success) return { line, problem: 'a JSON object with the texts "chosen" and "rejected" is needed' }
  const chosen = parseTranscript(row.data.chosen)
  const rejected = parseTranscript(row.data.rejected)
  if (chosen === null || rejected === null) return { line, problem: 'a transcript must begin with "Human:"' }
  const shared = sharedTurns(chosen, rejected)
  if (shared === 0) return { line, problem: '"chosen" and "rejected" do not begin alike, so they do not answer the same input' }
  const base = ids.ofRow(JSON.stringify([row.data.chosen, row.data.rejected]))
  const traceId = ids.traceId(base)
  const common = { traceId, ...importedFrom('hh-rlhf') }
  const input = chosen.slice(0, shared).map(messageOf)
  const root: OutgoingSpan = { ...common, spanId: ids.spanId(base, 'pair'), name: 'pair', kind: 'chain', input }
  const replies = [chosen, rejected].map((turns, index): OutgoingSpan => ({
    ...common,
    spanId: ids.spanId(base, index === 0 ? 'chosen' : 'rejected'),
    parentSpanId: root.spanId,
    name: 'reply',
    kind: 'generation',
    input,
    output: turns.slice(shared).map(messageOf),
  }))
  const chosenIsLeft = Number.parseInt(base[0]!, 16) % 2 === 0
  const sides = chosenIsLeft ? replies : replies.toReversed()
  return {
    line,
    spans: [root, ...sides],
    feedback: [
      {
        id: ids.uuid(base),
        target: { kind: 'comparison', outputs: sides.map(({ spanId }) => ({ traceId, spanId })) },
        criterion: 'preference',
        kind: 'comparison',
        value: { outcome: chosenIsLeft ? 'left' : 'right' },
        author: { kind: 'human' },
        presentation: { order: 'unknown' },
      },
    ],
  }
}

function sharedTurns(one: readonly Turn[], other: readonly Turn[]): number {
  const most = Math.min(one.length, other.length) - 1
  let shared = 0
  while (shared < most && one[shared]!.role === other[shared]!.role && one[shared]!.content === other[shared]!.content) shared += 1
  return shared
}

function messageOf({ role, content }: Turn): Message {
  return textMessage(role === 'assistant' ? 'assistant' : 'user', content)
}
