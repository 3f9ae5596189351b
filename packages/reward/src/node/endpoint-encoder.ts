import { setTimeout as sleep } from 'node:timers/promises'
import { RewardError } from '../error.ts'
import type { Encoded, Encoder } from './encoder.ts'

/** An endpoint that turns texts into vectors, in the form that OpenAI gave it: `POST {url} {model, input: [text]}`. */
export interface EmbeddingProvider {
  /** For example `https://api.openai.com/v1/embeddings`, or that of a model served on this machine. */
  url: string
  model: string
  key?: string | undefined
  /** Asks for shorter vectors, where the model has such. */
  dimensions?: number | undefined
  /** What a million tokens cost, to say what the vectors cost. */
  usdPerMillionTokens?: number | undefined
}

export interface EndpointOptions {
  /** Texts asked for together; 64 by default. */
  batch?: number
  /** Requests under way at once; 4 by default. */
  atOnce?: number
  /** Times that a request is repeated when the provider fails; 5 by default. */
  retries?: number
  /** Wait before the first repeat, doubled each time; 500 by default. */
  waitMs?: number
  /** How long an answer may take; 60,000 by default. */
  timeoutMs?: number
}

/** Providers refuse longer texts. */
const MOST_TOKENS = 8_000

/** An encoder that is served elsewhere. A request is repeated when it fails or is put off, and given up when it is refused. */
export function endpointEncoder(provider: EmbeddingProvider, options: EndpointOptions = {}): Encoder {
  const { batch = 64, atOnce = 4, ...patience } = options
  return {
    model: provider.model,
    key: [provider.url, provider.model, String(provider.dimensions ?? '')],
    batch,
    atOnce,
    usdPerMillionTokens: provider.usdPerMillionTokens,
    prepare: (text) => (text.trim() === '' ? ' ' : withinTokens(text.toWellFormed())),
    encode: (input, signal) => ask(input, provider, patience, signal),
  }
}

/** As much of a text as is surely not too long, by what tokenizers make of scripts: one token for three Latin letters, more than one for an ideograph. */
function withinTokens(text: string): string {
  if (text.length <= MOST_TOKENS / 3) return text
  let tokens = 0
  let end = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    tokens += code < 0x80 ? 1 / 3 : code < 0x800 ? 1 : code < 0x1_0000 ? 1.5 : 3
    if (tokens > MOST_TOKENS) return text.slice(0, end)
    end += character.length
  }
  return text
}

async function ask(input: readonly string[], provider: EmbeddingProvider, patience: EndpointOptions, signal?: AbortSignal) {
  const { retries = 5, waitMs = 500, timeoutMs = 60_000 } = patience
  const { url, model, key, dimensions } = provider
  for (let attempt = 0; ; attempt += 1) {
    let problem: string
    let wait = waitMs * 2 ** attempt
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ model, input, encoding_format: 'float', ...(dimensions !== undefined && { dimensions }) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
      if (response.ok) return readReply(await response.json(), input.length)
      problem = `it answered ${response.status} ${(await response.text()).slice(0, 200)}`.trim()
      if (response.status !== 429 && response.status < 500)
        throw new RewardError('embedding', `The embedding provider refused: ${problem}. What it gave before is kept.`)
      const after = Number(response.headers.get('retry-after'))
      if (after > 0) wait = Math.max(wait, Math.min(60_000, 1000 * after))
    } catch (error) {
      if (error instanceof RewardError) throw error
      signal?.throwIfAborted()
      problem = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : error instanceof Error ? error.message : String(error)
    }
    if (attempt >= retries)
      throw new RewardError(
        'embedding',
        `The embedding provider failed ${attempt + 1} times: ${problem}. What it gave before is kept; begin again to go on from there.`,
      )
    await sleep(wait, undefined, signal ? { signal } : {})
  }
}

function readReply(reply: unknown, count: number): Encoded {
  const { data, usage } = (reply ?? {}) as { data?: { index?: number; embedding?: unknown }[]; usage?: { total_tokens?: number } }
  const vectors: Float32Array[] = []
  if (Array.isArray(data))
    data.forEach(({ index, embedding }, place) => {
      if (Array.isArray(embedding)) vectors[index ?? place] = Float32Array.from(embedding as number[])
    })
  const dimension = vectors[0]?.length ?? 0
  const isWhole =
    vectors.length === count &&
    dimension > 0 &&
    Array.from(vectors).every((vector) => vector?.length === dimension && vector.every(Number.isFinite))
  if (!isWhole) throw new RewardError('embedding', `The embedding provider did not give ${count} vectors of one length.`)
  return { vectors, tokens: usage?.total_tokens ?? 0 }
}
