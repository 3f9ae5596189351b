import type { Person, Role } from '@plaudit/protocol'
import type { Actor } from './permission.ts'

/** Who a request acts for, in the one project that it is about. */
export type Principal =
  | { kind: 'key'; keyId: string; scope: 'secret' | 'public'; projectId: string }
  | { kind: 'person'; person: Person; role: Role; projectId: string }

/** The row of the permission table that holds for a principal. */
export function actorOf(principal: Principal): Actor {
  if (principal.kind === 'person') return principal.role
  return principal.scope === 'secret' ? 'secret key' : 'public key'
}

/** How the audit log names a principal. */
export function principalId(principal: Principal): string {
  return principal.kind === 'person' ? principal.person.id : `key:${principal.keyId}`
}
