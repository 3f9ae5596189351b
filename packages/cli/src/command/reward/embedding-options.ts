import { ApiError } from '@plaudit/protocol'
import {
  checkEncoder,
  type Embedder,
  type Embeddings,
  type Encoder,
  endpointEncoder,
  onnxEncoder,
  openEmbedder,
  type RewardModel,
} from '@plaudit/reward'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { progressLine } from './progress.ts'

/** Options of commands that may need vectors of outputs. */
export const embeddingOptions = {
  embeddings: {
    type: 'string',
    description:
      'Vectors of outputs beside words: a folder with an encoder as model.onnx and tokenizer.json, or the endpoint of one in the form of OpenAI, its key in PLAUDIT_EMBEDDING_KEY',
    valueHint: 'FOLDER|URL',
  },
  'embedding-model': { type: 'string', description: 'The model to ask for at that endpoint', valueHint: 'NAME' },
  'embedding-price': { type: 'string', description: 'US dollars for a million tokens, to say what the vectors cost', valueHint: 'USD' },
} as const

type Arguments = Partial<Record<keyof typeof embeddingOptions, string | undefined>>

/** The encoder that the options name, with the folder of vectors that it has given before; undefined where none is named. */
export async function embedderFor(args: Arguments): Promise<Embedder | undefined> {
  const encoder = await encoderOf(args)
  if (encoder === undefined) return undefined
  return openEmbedder(encoder, join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'plaudit', 'embeddings'))
}

async function encoderOf(args: Arguments): Promise<Encoder | undefined> {
  const { embeddings: source, 'embedding-model': model, 'embedding-price': price } = args
  const isServed = source !== undefined && /^https?:\/\//.test(source)
  if (!isServed && (model !== undefined || price !== undefined))
    throw new ApiError(
      'invalid_argument',
      '--embedding-model and --embedding-price belong to an endpoint: name its address with --embeddings.',
    )
  if (source === undefined) return undefined
  if (!isServed) return onnxEncoder(source)
  if (model === undefined) throw new ApiError('invalid_argument', 'Name the model at that endpoint with --embedding-model.')
  const usdPerMillionTokens = price === undefined ? undefined : Number(price)
  if (usdPerMillionTokens !== undefined && !(usdPerMillionTokens >= 0))
    throw new ApiError('invalid_argument', `--embedding-price must be a number of dollars, not ${price}.`)
  return endpointEncoder({ url: source, model, key: process.env['PLAUDIT_EMBEDDING_KEY'], usdPerMillionTokens })
}

/** The vectors of texts; says on standard error how far they are, and in the end, also after a failure, what they cost. */
export async function vectorsOf({ embed }: Embedder, texts: Iterable<string>): Promise<Embeddings> {
  const progress = progressLine()
  let said = ''
  try {
    return await embed(texts, {
      onProgress({ done, of, requests, texts: asked, tokens, costUsd }) {
        progress.show('vectors', done, of)
        if (requests > 0)
          said = `Vectors of ${asked} outputs: ${requests} requests, ${tokens} tokens${costUsd === null ? '' : `, ${costUsd.toFixed(4)} US dollars`}\n`
      },
    })
  } finally {
    progress.clear()
    process.stderr.write(said)
  }
}

/** The vectors that a finished model needs of outputs, if any; another encoder is refused before anything is paid. */
export async function vectorsNeeded(
  { features: { embedding } }: RewardModel,
  embedder: Embedder | undefined,
  outputs: Iterable<string>,
): Promise<Embeddings | undefined> {
  if (embedding === null || embedder === undefined) return undefined
  checkEncoder(embedding, embedder.model)
  return vectorsOf(embedder, outputs)
}
