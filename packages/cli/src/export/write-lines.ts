import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Writes to a file that gets its name when it is complete, or to standard output. */
export async function writeLines(lines: AsyncIterable<string>, file: string | undefined): Promise<void> {
  if (file === undefined) return pipeline(lines, process.stdout as Writable, { end: false })
  const part = `${file}.part`
  await pipeline(lines, createWriteStream(part))
  await rename(part, file)
}
