import { ApiError } from '@plaudit/protocol'
import { type Embeddings, embedTexts } from '@plaudit/reward'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { progressLine } from './progress.ts'

/** Options of commands that may need vectors of outputs. */
export const embeddingOptions = {
  'embedding-url': {
    type: 'string',
    description: 'Endpoint of an embedding model in the form of OpenAI; its key in PLAUDIT_EMBEDDING_KEY',
    valueHint: 'URL',
  },
  'embedding-model': { type: 'string', description: 'Its model, whose vectors count beside words', valueHint: 'NAME' },
  'embedding-price': { type: 'string', description: 'US dollars for a million tokens, to say what the vectors cost', valueHint: 'USD' },
} as const

type Arguments = Partial<Record<keyof typeof embeddingOptions, string | undefined>>

/** The vectors of outputs, from the folder of those that are already paid for and from the provider; undefined where no provider is named. */
export async function embeddingsFor(args: Arguments, outputs: Iterable<string>): Promise<(Embeddings & { model: string }) | undefined> {
  const { 'embedding-url': url, 'embedding-model': model, 'embedding-price': price } = args
  if (url === undefined && model === undefined) return undefined
  if (url === undefined || model === undefined)
    throw new ApiError('invalid_argument', 'Name both --embedding-url and --embedding-model, or neither.')
  const usdPerMillionTokens = price === undefined ? undefined : Number(price)
  if (usdPerMillionTokens !== undefined && !(usdPerMillionTokens >= 0))
    throw new ApiError('invalid_argument', `--embedding-price must be a number of dollars, not ${price}.`)
  const progress = progressLine()
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'plaudit', 'embeddings')
  const embeddings = await embedTexts(
    outputs,
    { url, model, key: process.env['PLAUDIT_EMBEDDING_KEY'], usdPerMillionTokens },
    { cache, onProgress: ({ done, of }) => progress.show('vectors', done, of) },
  )
  progress.clear()
  const { requests, tokens, costUsd, of } = embeddings.spent
  if (requests > 0)
    process.stderr.write(
      `Vectors of ${of} outputs: ${requests} requests, ${tokens} tokens${costUsd === null ? '' : `, ${costUsd.toFixed(4)} US dollars`}\n`,
    )
  return { ...embeddings, model }
}
