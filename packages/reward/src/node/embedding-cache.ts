import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { RewardError } from '../error.ts'

/** Vectors on disk, by the hash of their text. */
export interface EmbeddingCache {
  readonly dimension: number | null
  get(text: string): Float32Array | undefined
  /** Keeps vectors; they are on disk when the promise resolves. */
  add(texts: readonly string[], vectors: readonly Float32Array[]): Promise<void>
}

const KEY_BYTES = 16

/**
 * Opens the vectors of one model. The file holds the number of dimensions (uint32), then a hash and a vector (float32) for each text; what was
 * cut off while it was written is dropped.
 */
export async function openEmbeddingCache(folder: string, model: readonly string[]): Promise<EmbeddingCache> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${createHash('sha256').update(JSON.stringify(model)).digest('hex').slice(0, 32)}.vectors`)
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const vectors = new Map<string, Float32Array>()
  let dimension: number | null = bytes.length >= 4 ? bytes.readUInt32LE(0) : null
  let end = 0
  if (dimension !== null) {
    const record = KEY_BYTES + 4 * dimension
    for (end = 4; end + record <= bytes.length; end += record) {
      const vector = new Float32Array(dimension)
      new Uint8Array(vector.buffer).set(bytes.subarray(end + KEY_BYTES, end + record))
      vectors.set(bytes.toString('latin1', end, end + KEY_BYTES), vector)
    }
  }
  if (end < bytes.length) await truncate(file, end)

  return {
    get dimension() {
      return dimension
    },
    get: (text) => vectors.get(keyOf(text).toString('latin1')),
    async add(texts, added) {
      const length = added[0]!.length
      const parts: Buffer[] = []
      if (dimension === null) {
        const head = Buffer.alloc(4)
        head.writeUInt32LE(length)
        parts.push(head)
      } else if (dimension !== length)
        throw new RewardError('embedding', `The embedding model gave vectors of ${length} dimensions, but of ${dimension} before.`)
      texts.forEach((text, i) => {
        const vector = added[i]!
        parts.push(keyOf(text), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
      })
      await appendFile(file, Buffer.concat(parts))
      dimension = length
      texts.forEach((text, i) => vectors.set(keyOf(text).toString('latin1'), added[i]!))
    },
  }
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, KEY_BYTES)
}
