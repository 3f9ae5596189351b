import { createHash, randomUUID } from 'node:crypto'
import { appendFile, mkdir, open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { RewardError } from '../error.ts'

/** Vectors on disk, by the key of their text. Memory holds the keys alone. */
export interface EmbeddingCache {
  /** Null while nothing was kept. */
  readonly dimension: number | null
  has(key: string): boolean
  /** Writes the vectors of keys that `has` into `values`, one row for each key. */
  read(keys: readonly string[], values: Float32Array): Promise<void>
  /** Keeps vectors; they are on disk when the promise resolves. */
  add(keys: readonly string[], vectors: readonly Float32Array[]): Promise<void>
}

const MARK = 'PLAUDVEC'
const KEY_BYTES = 16
/** The mark, then the number of dimensions. */
const HEAD_BYTES = 16
/** Bytes of vectors read together. */
const READ_BYTES = 4_194_304

type Place = { file: string; row: number }

/**
 * Opens the vectors of one encoder, a folder of their own within `folder`. Every opening that adds something makes two files which nobody else
 * writes to: `.keys` with a head and 16 bytes of each text's hash, and `.vectors` with float32 numbers. What was cut off while it was written is
 * passed over, so that several processes may share the folder and none harms another.
 */
export async function openEmbeddingCache(folder: string, key: readonly string[]): Promise<EmbeddingCache> {
  const own = join(folder, createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32))
  await mkdir(own, { recursive: true })
  const places = new Map<string, Place>()
  let dimension: number | null = null
  for (const name of (await readdir(own)).filter((file) => file.endsWith('.keys')).toSorted()) {
    const file = join(own, name.slice(0, -'.keys'.length))
    const [keys, size] = await Promise.all([readFile(`${file}.keys`), sizeOf(`${file}.vectors`)])
    if (keys.length < HEAD_BYTES || keys.toString('latin1', 0, MARK.length) !== MARK) continue
    const length = keys.readUInt32LE(MARK.length)
    if (dimension !== null && length !== dimension) continue
    dimension = length
    const rows = Math.floor(Math.min((keys.length - HEAD_BYTES) / KEY_BYTES, size / (4 * length)))
    for (let row = 0; row < rows; row += 1) {
      const at = HEAD_BYTES + row * KEY_BYTES
      places.set(keys.toString('latin1', at, at + KEY_BYTES), { file, row })
    }
  }

  let writing: Promise<unknown> = Promise.resolve()
  let mine: { file: string; rows: number } | null = null
  async function append(keys: readonly string[], vectors: readonly Float32Array[]): Promise<void> {
    const length = vectors[0]!.length
    if (dimension !== null && dimension !== length)
      throw new RewardError('embedding', `The embedding model gave vectors of ${length} dimensions, but of ${dimension} before.`)
    if (mine === null) {
      const file = join(own, randomUUID())
      const head = Buffer.alloc(HEAD_BYTES)
      head.write(MARK, 'latin1')
      head.writeUInt32LE(length, MARK.length)
      await appendFile(`${file}.keys`, head)
      mine = { file, rows: 0 }
    }
    const { file, rows } = mine
    // After a write that failed, what follows no longer stands at its row: then other files are begun.
    mine = null
    await appendFile(
      `${file}.vectors`,
      Buffer.concat(vectors.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))),
    )
    await appendFile(`${file}.keys`, Buffer.from(keys.join(''), 'latin1'))
    mine = { file, rows: rows + keys.length }
    dimension = length
    keys.forEach((key, i) => places.set(key, { file, row: rows + i }))
  }

  return {
    get dimension() {
      return dimension
    },
    has: (key) => places.has(key),
    async read(keys, values) {
      const width = dimension ?? 0
      const byFile = Map.groupBy(
        keys.map((key, index) => ({ ...places.get(key)!, index })),
        ({ file }) => file,
      )
      for (const [file, wanted] of byFile) await readRows(file, wanted, width, values)
    },
    async add(keys, vectors) {
      const written = writing.then(() => append(keys, vectors))
      writing = written.catch(() => {})
      await written
    },
  }
}

/** Reads rows of a file in as few turns as their places allow. */
async function readRows(file: string, wanted: { row: number; index: number }[], width: number, values: Float32Array): Promise<void> {
  const rowBytes = 4 * width
  const mostRows = Math.max(1, Math.floor(READ_BYTES / rowBytes))
  const sorted = wanted.toSorted((a, b) => a.row - b.row)
  const handle = await open(`${file}.vectors`)
  try {
    for (let from = 0; from < sorted.length;) {
      const first = sorted[from]!.row
      let to = from + 1
      // Rows with few others between them are read as one.
      while (to < sorted.length && sorted[to]!.row - first < mostRows && sorted[to]!.row - sorted[to - 1]!.row <= 4) to += 1
      const rows = new Float32Array((sorted[to - 1]!.row - first + 1) * width)
      const bytes = new Uint8Array(rows.buffer)
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, first * rowBytes + at)
        if (bytesRead === 0) throw new Error(`${file}.vectors ends too early`)
        at += bytesRead
      }
      for (; from < to; from += 1) {
        const { row, index } = sorted[from]!
        values.set(rows.subarray((row - first) * width, (row - first + 1) * width), index * width)
      }
    }
  } finally {
    await handle.close()
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

/** What a text is kept under: the beginning of its hash, a byte a character. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, KEY_BYTES)
}
