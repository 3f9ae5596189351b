import type { Role } from '@plaudit/protocol'

/** Who may act in a project: a person by their role in it, or a program by its kind of key. */
export type Actor = Role | 'secret key' | 'public key'

const member = ['owner', 'engineer', 'lead', 'reviewer'] as const
const maintainer = ['owner', 'engineer'] as const

/** Who may do what. A route names one permission; a new kind of thing to do is a new row here. */
export const permissions = {
  'project:read': member,
  'project:write': ['owner'],
  'member:read': member,
  'member:write': ['owner'],
  'key:read': maintainer,
  'key:write': maintainer,
  'audit:read': ['owner', 'lead'],
  'trace:read': ['owner', 'engineer', 'lead', 'secret key'],
  'trace:write': ['secret key'],
  'feedback:read': ['owner', 'engineer', 'lead', 'secret key'],
  'feedback:write': [...member, 'secret key', 'public key'],
  'feedback:delete': ['owner', 'engineer', 'lead', 'secret key'],
  /** What is known of each reviewer by name; a reviewer sees their own figures with `review:judge`. */
  'reviewer:read': ['owner', 'lead', 'secret key'],
  'insight:read': ['owner', 'engineer', 'lead', 'secret key'],
  'reward:read': ['owner', 'engineer', 'lead', 'secret key'],
  'reward:write': ['owner', 'engineer', 'secret key'],
  'reward:score': ['owner', 'engineer', 'lead', 'secret key'],
  'webhook:read': ['owner', 'engineer', 'secret key'],
  'webhook:write': ['owner', 'engineer', 'secret key'],
  'review:read': ['owner', 'engineer', 'lead', 'secret key'],
  'review:write': ['owner', 'engineer', 'lead', 'secret key'],
  'review:judge': member,
} as const satisfies Record<string, readonly Actor[]>
export type Permission = keyof typeof permissions

/** Whether this actor has this permission. */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  return (permissions[permission] as readonly Actor[]).includes(actor)
}
