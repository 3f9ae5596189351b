import { createReadStream, statSync } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The text of a file as a stream, with its first character that is not blank. */
export type OpenedText = {
  name: string
  stream: Readable
  first: string
  /** How much of the file was read, 0 to 1; null for standard input, whose length nobody knows. */
  progress(): number | null
}

/** Opens a text, unzipped where the name ends in `.gz`; `-` is standard input. */
export async function openText(file: string): Promise<OpenedText> {
  const opened = file === '-' ? null : createReadStream(file)
  const source: Readable = opened ?? process.stdin
  const unzipped = file.endsWith('.gz') ? source.pipe(createGunzip()) : source
  if (unzipped !== source) source.on('error', (error) => unzipped.destroy(error))
  const stream = new PassThrough()
  let first = ''
  for await (const chunk of unzipped.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    stream.write(chunk)
    first = chunk
      .toString('utf8')
      .replace(/^\uFEFF/u, '')
      .trimStart()
      .slice(0, 1)
    if (first !== '') break
  }
  if (first === '') stream.end()
  else {
    unzipped.on('error', (error: Error) => stream.destroy(error))
    unzipped.pipe(stream)
  }
  const size = opened === null ? 0 : statSync(file).size
  return { name: file, stream, first, progress: () => (opened === null ? null : Math.min(1, opened.bytesRead / Math.max(1, size))) }
}

/** How messages call a file. */
export function nameOf(file: string): string {
  return file === '-' ? 'The standard input' : file
}
