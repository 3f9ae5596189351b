import { ApiError, type RewardEmbeddings, type VectorCost } from '@plaudit/protocol'
import { type Embedder, type Encoder, endpointEncoder, onnxEncoder, openEmbedder, RewardError } from '@plaudit/reward'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ServerContext } from '../http/context.ts'
import { embeddingUsageStore } from './usage-store.ts'

export type EmbeddingService = Awaited<ReturnType<typeof embeddingService>>

/** A request is given up sooner than on the command line: whoever waits for it tries again by itself. */
const PATIENCE = { retries: 4, timeoutMs: 30_000 }

/**
 * Vectors of outputs by the encoder that this server was started with. Each project has its own in the data directory, so that nothing is shared
 * between projects and nothing outlives one; what an encoder took is noted with every request.
 *
 * @throws ApiError `invalid_argument` for an encoder that cannot be opened.
 */
export async function embeddingService({ config, db, clock, log }: Pick<ServerContext, 'config' | 'db' | 'clock' | 'log'>) {
  const store = embeddingUsageStore(db)
  const root = join(config.dataDir, 'embeddings')
  const encoder = await openEncoder(config)
  const opened = new Map<string, Promise<Embedder>>()
  await forgetDeleted()

  /** The vectors of a project; undefined without an encoder. */
  async function embedderOf(projectId: string): Promise<Embedder | undefined> {
    if (encoder === null) return undefined
    let embedder = opened.get(projectId)
    if (embedder === undefined) {
      embedder = openEmbedder(encoder, join(root, projectId)).then((one) => noting(projectId, one))
      embedder.catch(() => opened.delete(projectId))
      opened.set(projectId, embedder)
    }
    return embedder
  }

  /** The same embedder, which notes what every request took, also of those before a failure. */
  function noting(projectId: string, { model, embed, spent }: Embedder): Embedder {
    return {
      model,
      spent,
      async embed(texts, { signal, onProgress } = {}) {
        let noted: VectorCost = { model, texts: 0, requests: 0, tokens: 0, costUsd: null }
        let writes: Promise<unknown> = Promise.resolve()
        try {
          return await embed(texts, {
            signal,
            onProgress(progress) {
              onProgress?.(progress)
              const { texts: asked, requests, tokens, costUsd } = progress
              if (requests === noted.requests) return
              const added = {
                model,
                texts: asked - noted.texts,
                requests: requests - noted.requests,
                tokens: tokens - noted.tokens,
                costUsd: costUsd === null ? null : costUsd - (noted.costUsd ?? 0),
              }
              noted = { model, texts: asked, requests, tokens, costUsd }
              writes = writes
                .then(() => store.add(projectId, added, clock()))
                .catch((error: unknown) => log.warn({ err: error, project: projectId }, 'what vectors cost could not be noted'))
            },
          })
        } finally {
          await writes
        }
      },
    }
  }

  async function overview(projectId: string): Promise<RewardEmbeddings> {
    const about = encoder && { model: encoder.model, usdPerMillionTokens: encoder.usdPerMillionTokens ?? null }
    return { encoder: about, usage: await store.list(projectId) }
  }

  /** Erases the vectors of a project. */
  async function forget(projectId: string): Promise<void> {
    opened.delete(projectId)
    await rm(join(root, projectId), { recursive: true, force: true })
  }

  /** Erases what other processes left of projects that are gone. */
  async function forgetDeleted(): Promise<void> {
    const ids = (await readdir(root).catch(() => [])).filter((name) => z.uuid().safeParse(name).success)
    const existing = await store.existing(ids)
    for (const id of ids) if (!existing.has(id)) await forget(id)
  }

  return { encoder: encoder?.model ?? null, embedderOf, overview, forget }
}

async function openEncoder(config: ServerContext['config']): Promise<Encoder | null> {
  const { embeddings: source, embeddingModel: model, embeddingKey: key, embeddingPrice: usdPerMillionTokens } = config
  if (source === null) return null
  if (model !== null)
    return endpointEncoder({ url: source, model, key: key ?? undefined, usdPerMillionTokens: usdPerMillionTokens ?? undefined }, PATIENCE)
  try {
    return await onnxEncoder(source)
  } catch (cause) {
    if (cause instanceof RewardError) throw new ApiError('invalid_argument', `PLAUDIT_EMBEDDINGS: ${cause.message}`, { cause })
    throw cause
  }
}
