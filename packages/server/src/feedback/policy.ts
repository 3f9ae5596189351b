import { ApiError, type Author, type Role } from '@plaudit/protocol'
import type { Principal } from '../access/principal.ts'

const roleOfPerson: Record<Role, NonNullable<Author['role']>> = { owner: 'lead', lead: 'lead', engineer: 'reviewer', reviewer: 'reviewer' }

/**
 * Who a judgment is by, given who sends it. A secret key speaks for anybody; a public key, which stands in web pages, only for end users; a
 * person only for themselves.
 * @throws ApiError `forbidden` for an author that the sender may not speak for.
 */
export function authorFor(principal: Principal, author: Author): Author {
  if (principal.kind === 'person') {
    const { person } = principal
    if (author.kind !== 'human' || (author.id !== undefined && author.id !== person.id)) {
      throw new ApiError('forbidden', 'author: people give feedback in their own name; leave the author out.')
    }
    return { kind: 'human', id: person.id, role: author.role === 'end_user' ? 'end_user' : roleOfPerson[principal.role] }
  }
  if (principal.scope === 'secret') return author
  if (author.kind !== 'human' || (author.role !== undefined && author.role !== 'end_user')) {
    throw new ApiError(
      'forbidden',
      'author: a public key sends feedback of end users only; use a secret key for reviewers, models and code.',
    )
  }
  return { ...author, role: 'end_user' }
}
