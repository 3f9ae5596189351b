import type { PlauditClient } from '@plaudit/sdk'
import { randomBytes } from 'node:crypto'

/** A generation to send: what was asked and answered, and by what. */
export type Generation = { input: string; output: string; model?: string }
export type SentGeneration = { traceId: string; spanId: string }

/** Sends generations over OTLP, each as a trace of its own; answers with where they are, in the same order. */
export async function sendGenerations(program: PlauditClient, generations: readonly Generation[]): Promise<SentGeneration[]> {
  const now = BigInt(Date.now()) * 1_000_000n
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const message = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
  const sent = generations.map(() => ({ traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') }))
  for (let first = 0; first < generations.length; first += 1_000) {
    const spans = generations.slice(first, first + 1_000).map(({ input, output, model = 'secret-model' }, index) => ({
      ...sent[first + index],
      name: 'chat',
      kind: 3,
      startTimeUnixNano: String(now - 2_000_000_000n),
      endTimeUnixNano: String(now - 1_000_000_000n),
      attributes: [
        text('gen_ai.operation.name', 'chat'),
        text('gen_ai.request.model', model),
        text('gen_ai.input.messages', message('user', input)),
        text('gen_ai.output.messages', message('assistant', output)),
      ],
    }))
    await program.traces.send({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'test' }, spans }] }] })
  }
  return sent
}
