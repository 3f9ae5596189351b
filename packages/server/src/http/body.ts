import { ApiError } from '@plaudit/protocol'
import type { Context } from 'hono'
import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) }

/**
 * Reads a request's body within a limit that also holds after decompression, and leaves it where Hono's `c.req.json()`, `text()` and
 * `arrayBuffer()` find it.
 * @throws ApiError `too_large`, `unsupported_media_type` for an unknown encoding, `invalid_argument` for broken compression or text.
 */
export async function readBody(c: Context, maxBytes: number): Promise<void> {
  const { method } = c.req
  if (method === 'GET' || method === 'HEAD') return
  const declaredBytes = Number(c.req.header('content-length') ?? Number.NaN)
  if (declaredBytes > maxBytes) throw tooLarge(maxBytes)
  if (declaredBytes === 0 || (Number.isNaN(declaredBytes) && c.req.raw.body === null)) return
  const sent = Number.isNaN(declaredBytes) ? await collect(c.req.raw.body, maxBytes) : Buffer.from(await c.req.arrayBuffer())
  // A test's request can declare less than it carries; a server's cannot.
  if (sent.byteLength > maxBytes) throw tooLarge(maxBytes)
  const body = await decompress(sent, c.req.header('content-encoding'), maxBytes)
  if (/json|text/i.test(c.req.header('content-type') ?? '') && !isUtf8(body))
    throw new ApiError('invalid_argument', 'The body is not valid UTF-8.')
  const exact = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength)
  // Hono keeps promises here, whatever the type says. Without the text it would make one through a response of its own.
  c.req.bodyCache = {
    arrayBuffer: Promise.resolve(exact) as unknown as ArrayBuffer,
    get text() {
      return Promise.resolve(new TextDecoder().decode(exact)) as unknown as string
    },
  }
}

async function decompress(sent: Buffer<ArrayBuffer>, encoding: string | undefined, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return sent
  const decoder = decoders[encoding.trim().toLowerCase() as keyof typeof decoders] as (typeof decoders)['gzip'] | undefined
  if (decoder === undefined) {
    throw new ApiError('unsupported_media_type', `Content-Encoding "${encoding}" is not supported: send gzip, deflate, br or no encoding.`)
  }
  try {
    return (await decoder(sent, { maxOutputLength: maxBytes })) as Buffer<ArrayBuffer>
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new ApiError('invalid_argument', `The body is not complete, valid ${encoding}.`, { cause })
  }
}

async function collect(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError('too_large', `The body is larger than ${Math.floor(maxBytes / 1024).toLocaleString('en')} KiB after decompression.`)
}
