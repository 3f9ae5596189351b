import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Embedding, embeddingOf, type VectorTable } from '../features/embedding.ts'
import { keyOf, openEmbeddingCache } from './embedding-cache.ts'
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
  /** What all calls together have taken. */
  spent: () => EmbedCost
}

export interface EmbedOptions {
  signal?: AbortSignal | undefined
  onProgress?: (progress: EmbedProgress) => void
}

/** What was asked for; vectors from the cache cost nothing. */
export interface EmbedCost {
  requests: number
  texts: number
  tokens: number
  /** Null where the price is not known. */
  costUsd: number | null
}

export interface EmbedProgress extends EmbedCost {
  /** Texts that have a vector, of all different ones. */
  done: number
  of: number
}

export interface Embeddings extends Embedding {
  /** The same as plain data, in memory that threads share. */
  table: VectorTable
  spent: EmbedProgress
}

/** Texts hashed in one go, so that other work is not kept waiting. */
const TURN = 2_000

/** An embedder whose vectors are kept in a folder, which several encoders and processes may share. */
export async function openEmbedder(encoder: Encoder, folder: string): Promise<Embedder> {
  const cache = await openEmbeddingCache(folder, encoder.key)
  const total = { requests: 0, texts: 0, tokens: 0 }
  const costOf = (spent: Omit<EmbedCost, 'costUsd'>): EmbedCost => ({
    ...spent,
    costUsd: encoder.usdPerMillionTokens === undefined ? null : (spent.tokens * encoder.usdPerMillionTokens) / 1e6,
  })
  /** Texts that somebody waits for, with the end of the waiting. */
  const asked = new Map<string, Promise<void>>()

  async function embed(given: Iterable<string>, { signal, onProgress = () => {} }: EmbedOptions = {}): Promise<Embeddings> {
    const texts = [...new Set(given)]
    const keys: string[] = []
    const prepared = new Map<string, string>()
    for (const text of texts) {
      const ready = encoder.prepare(text)
      const key = keyOf(ready)
      keys.push(key)
      prepared.set(key, ready)
      if (keys.length % TURN === 0) await nextTurn()
    }
    const wanted = [...prepared.keys()]
    let open = wanted.filter((key) => !cache.has(key))
    const spent = { requests: 0, texts: 0, tokens: 0 }
    const progress = (left = 0): EmbedProgress => ({
      done: wanted.length - left,
      of: wanted.length,
      ...costOf(spent),
    })
    onProgress(progress(open.length))
    for (; open.length > 0; open = open.filter((key) => !cache.has(key))) {
      const list = open
      let left = list.length
      let at = 0
      let failed: { error: unknown } | null = null
      const work = async () => {
        while (at < list.length && failed === null) {
          const part: string[] = []
          for (; at < list.length && part.length < encoder.batch; at += 1)
            if (!asked.has(list[at]!) && !cache.has(list[at]!)) part.push(list[at]!)
          if (part.length === 0) return
          try {
            signal?.throwIfAborted()
            const tokens = await keep(part, prepared, signal)
            for (const count of [spent, total]) {
              count.tokens += tokens
              count.requests += 1
              count.texts += part.length
            }
            onProgress(progress((left -= part.length)))
          } catch (error) {
            // What is under way besides is paid for: it is waited for and kept.
            failed ??= { error }
          }
        }
      }
      await Promise.all(Array.from({ length: encoder.atOnce }, work))
      if (failed !== null) throw (failed as { error: unknown }).error
      // What others have asked for is waited for; where that fails, it is asked for here in the next turn.
      await Promise.all(list.flatMap((key) => asked.get(key) ?? []))
    }
    const dimension = cache.dimension ?? 0
    const values = new Float32Array(new SharedArrayBuffer(4 * texts.length * dimension))
    await cache.read(keys, values)
    const table = { model: encoder.model, dimension, texts, values }
    return { ...embeddingOf(table), table, spent: progress() }
  }

  /** Asks for texts and keeps their vectors; resolves to the tokens that it took. */
  async function keep(keys: readonly string[], prepared: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<number> {
    const given = (async () => {
      const { vectors, tokens } = await encoder.encode(
        keys.map((key) => prepared.get(key)!),
        signal,
      )
      await cache.add(keys, vectors)
      return tokens
    })()
    const settled = given.then(
      () => {},
      () => {},
    )
    for (const key of keys) asked.set(key, settled)
    try {
      return await given
    } finally {
      for (const key of keys) asked.delete(key)
    }
  }

  return { model: encoder.model, embed, spent: () => costOf(total) }
}
