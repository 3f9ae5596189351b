import { ApiError, type Role } from '@plaudit/protocol'

/**
 * A project always has an owner: without one nobody could manage it.
 * @param roles everybody's role now, by person.
 * @param next the person's role after the change; null when they leave.
 * @throws ApiError `not_found` when the person is no member, `conflict` when they are the last owner and would not stay one.
 */
export function checkOwnerRemains(roles: ReadonlyMap<string, Role>, personId: string, next: Role | null): void {
  const now = roles.get(personId)
  if (now === undefined) throw new ApiError('not_found', `${personId} is not a member of this project.`)
  const owners = [...roles.values()].filter((role) => role === 'owner').length
  if (now === 'owner' && next !== 'owner' && owners === 1)
    throw new ApiError('conflict', 'This is the last owner of the project. Make somebody else an owner first.')
}
