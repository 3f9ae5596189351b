import { ApiError } from '@plaudit/protocol'
import type { Principal } from '../access/principal.ts'

/** Only people judge in queues. @throws ApiError `forbidden` for a key. */
export function asReviewer(principal: Principal): Principal & { kind: 'person' } {
  if (principal.kind === 'person') return principal
  throw new ApiError('forbidden', 'Items of a queue are judged by people: sign in. A program gives feedback at /api/v1/feedback.')
}
