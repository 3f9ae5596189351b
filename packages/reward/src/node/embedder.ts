import { type Embedding, embeddingOf, type VectorTable } from '../features/embedding.ts'
import { openEmbeddingCache } from './embedding-cache.ts'
import type { Encoder } from './encoder.ts'

/** Turns texts into vectors, each different one once: what an encoder gave is kept on disk at once. */
export interface Embedder {
  /** The encoder's name. */
  readonly model: string
  /**
   * The vectors of texts. After a failure, the next call asks only for what is missing; calls at the same time do not ask for the same text.
   *
   * @throws RewardError `embedding` when the encoder refuses, or still fails after all repeats. What it gave until then is kept.
   */
  embed: (texts: Iterable<string>, options?: EmbedOptions) => Promise<Embeddings>
}

export interface EmbedOptions {
  signal?: AbortSignal | undefined
  onProgress?: (progress: EmbedProgress) => void
}

export interface EmbedProgress {
  /** Texts that have a vector, of all different ones. */
  done: number
  of: number
  /** What was asked for now; vectors from the cache cost nothing. */
  requests: number
  texts: number
  tokens: number
  /** Null where the price is not known. */
  costUsd: number | null
}

export interface Embeddings extends Embedding {
  /** The same as plain data, in memory that threads share. */
  table: VectorTable
  spent: EmbedProgress
}

/** An embedder whose vectors are kept in a folder, which several encoders and processes may share. */
export async function openEmbedder(encoder: Encoder, folder: string): Promise<Embedder> {
  const cache = await openEmbeddingCache(folder, encoder.key)
  /** Texts that somebody waits for, with the end of the waiting. */
  const asked = new Map<string, Promise<void>>()

  async function embed(given: Iterable<string>, { signal, onProgress = () => {} }: EmbedOptions = {}): Promise<Embeddings> {
    const texts = [...new Set(given)]
    const prepared = texts.map((text) => encoder.prepare(text))
    const wanted = [...new Set(prepared)]
    const price = encoder.usdPerMillionTokens
    let open = wanted.filter((text) => !cache.has(text))
    const spent = { requests: 0, texts: 0, tokens: 0 }
    const progress = (left = 0): EmbedProgress => ({
      done: wanted.length - left,
      of: wanted.length,
      ...spent,
      costUsd: price === undefined ? null : (spent.tokens * price) / 1e6,
    })
    onProgress(progress(open.length))
    for (; open.length > 0; open = open.filter((text) => !cache.has(text))) {
      let left = open.length
      for (let at = 0; at < open.length;) {
        signal?.throwIfAborted()
        const part: string[] = []
        for (; at < open.length && part.length < encoder.batch; at += 1)
          if (!asked.has(open[at]!) && !cache.has(open[at]!)) part.push(open[at]!)
        if (part.length === 0) break
        spent.tokens += await keep(part, signal)
        spent.requests += 1
        spent.texts += part.length
        onProgress(progress((left -= part.length)))
      }
      // What others have asked for is waited for; where that fails, it is asked for here in the next turn.
      await Promise.all(open.flatMap((text) => asked.get(text) ?? []))
    }
    const dimension = cache.dimension ?? 0
    const values = new Float32Array(new SharedArrayBuffer(4 * texts.length * dimension))
    await cache.read(prepared, values)
    const table = { model: encoder.model, dimension, texts, values }
    return { ...embeddingOf(table), table, spent: progress() }
  }

  /** Asks for texts and keeps their vectors; resolves to the tokens that it took. */
  async function keep(texts: readonly string[], signal?: AbortSignal): Promise<number> {
    const given = (async () => {
      const { vectors, tokens } = await encoder.encode(texts, signal)
      await cache.add(texts, vectors)
      return tokens
    })()
    const settled = given.then(
      () => {},
      () => {},
    )
    for (const text of texts) asked.set(text, settled)
    try {
      return await given
    } finally {
      for (const text of texts) asked.delete(text)
    }
  }

  return { model: encoder.model, embed }
}
