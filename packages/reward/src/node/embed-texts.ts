import { setTimeout as sleep } from 'node:timers/promises'
import { RewardError } from '../error.ts'
import { openEmbeddingCache } from './embedding-cache.ts'

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

export interface EmbedOptions {
  /** Folder of the vectors that are already paid for. */
  cache: string
  /** Texts asked for together; 64 by default. */
  batch?: number
  /** Times that a request is repeated when the provider fails; 5 by default. */
  retries?: number
  /** Wait before the first repeat, doubled each time; 500 by default. */
  waitMs?: number
  signal?: AbortSignal
  onProgress?: (progress: EmbedProgress) => void
}

export interface EmbedProgress {
  /** Texts that have a vector, of all different ones. */
  done: number
  of: number
  /** What was asked for now; vectors from the cache cost nothing. */
  requests: number
  tokens: number
  /** Null where the price is not known. */
  costUsd: number | null
}

export interface Embeddings {
  dimension: number
  vectorOf: (text: string) => Float32Array
  spent: EmbedProgress
}

/** Providers cut longer texts themselves, or refuse them: so much is about 8,000 tokens. */
const MOST_CHARACTERS = 24_000

/**
 * The vectors of texts, of which each different one is asked for once and kept on disk at once: after a failure, the next call asks only for what
 * is missing.
 *
 * @throws RewardError `embedding` when the provider refuses, or still fails after all repeats. What it gave until then is kept.
 */
export async function embedTexts(texts: Iterable<string>, provider: EmbeddingProvider, options: EmbedOptions): Promise<Embeddings> {
  const { batch = 64, onProgress = () => {}, signal } = options
  const wanted = [...new Set([...texts].map(embedded))]
  const cache = await openEmbeddingCache(options.cache, [provider.url, provider.model, String(provider.dimensions ?? '')])
  const missing = wanted.filter((text) => cache.get(text) === undefined)
  const price = provider.usdPerMillionTokens
  const spent: EmbedProgress = {
    done: wanted.length - missing.length,
    of: wanted.length,
    requests: 0,
    tokens: 0,
    costUsd: price === undefined ? null : 0,
  }
  onProgress({ ...spent })
  for (let at = 0; at < missing.length; at += batch) {
    signal?.throwIfAborted()
    const part = missing.slice(at, at + batch)
    const { vectors, tokens } = await ask(part, provider, options)
    await cache.add(part, vectors)
    spent.done += part.length
    spent.requests += 1
    spent.tokens += tokens
    if (price !== undefined) spent.costUsd = (spent.tokens * price) / 1e6
    onProgress({ ...spent })
  }
  return {
    dimension: cache.dimension ?? 0,
    spent,
    vectorOf(text) {
      const vector = cache.get(embedded(text))
      if (vector === undefined)
        throw new RewardError('embedding', 'A text has no vector: all outputs must be embedded before they are scored.')
      return vector
    },
  }
}

/** What of a text is embedded; providers refuse the empty one. */
function embedded(text: string): string {
  return text.trim() === '' ? ' ' : text.slice(0, MOST_CHARACTERS)
}

async function ask(input: string[], provider: EmbeddingProvider, { retries = 5, waitMs = 500, signal }: EmbedOptions) {
  const { url, model, key, dimensions } = provider
  for (let attempt = 0; ; attempt += 1) {
    let problem: string
    let wait = waitMs * 2 ** attempt
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ model, input, encoding_format: 'float', ...(dimensions !== undefined && { dimensions }) }),
        ...(signal && { signal }),
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
      problem = error instanceof Error ? error.message : String(error)
    }
    if (attempt >= retries)
      throw new RewardError(
        'embedding',
        `The embedding provider failed ${attempt + 1} times: ${problem}. What it gave before is kept; begin again to go on from there.`,
      )
    await sleep(wait, undefined, signal ? { signal } : {})
  }
}

function readReply(reply: unknown, count: number): { vectors: Float32Array[]; tokens: number } {
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
