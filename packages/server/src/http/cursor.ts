import { ApiError } from '@plaudit/protocol'
import type { z } from 'zod'

/** Where a page ended, as the opaque text that goes to the client. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** The position in a cursor that `encodeCursor` made. @throws ApiError `invalid_argument` for any other text. */
export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch (cause) {
    throw new ApiError('invalid_argument', 'cursor: take it from nextCursor of the page before, unchanged.', { cause })
  }
}
