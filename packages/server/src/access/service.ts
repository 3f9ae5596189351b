import { ApiError, type Person, type Role } from '@plaudit/protocol'
import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import { type Auth, createAuth } from './auth.ts'
import { credentialOf } from './key.ts'
import { keyRing } from './key-ring.ts'
import { checkOrigin } from './origin.ts'
import type { Principal } from './principal.ts'
import { shortMemory } from './short-memory.ts'
import { accessStore } from './store.ts'

const idSchema = z.uuid()

export type AccessService = ReturnType<typeof accessService>

/** Who asks. Programs show a project's key, people a session cookie; with both, the key counts. */
export function accessService(options: { db: Db; secret: string; publicUrl: string; clock: () => Date }) {
  const { db, secret, publicUrl, clock } = options
  const store = accessStore(db)
  const keys = keyRing({ liveKeys: store.liveKeys, markUsed: store.markUsed, clock })
  const auth: Auth = createAuth({ db, secret, publicUrl })

  const sessions = shortMemory<Person>(clock)
  const roles = shortMemory<Role>(clock)

  /** The person whose session cookie the request carries, or null. */
  async function personOrNull({ headers }: Request): Promise<Person | null> {
    const cookie = headers.get('cookie')
    if (cookie === null) return null
    return sessions.get(cookie, async () => {
      const session = await auth.api.getSession({ headers })
      if (session === null) return null
      const { id, name, email, mustChangePassword } = session.user
      return { id, name, email, mustChangePassword }
    })
  }

  const roleOf = (projectId: string, personId: string): Promise<Role | null> =>
    roles.get(`${projectId.toLowerCase()} ${personId}`, () => store.roleOf(projectId, personId))

  /**
   * The person whose session cookie the request carries.
   * @throws ApiError `unauthenticated` without a session, `forbidden` when another site sent the request, or while a one-time password has
   *   not been changed (unless that is what the request does).
   */
  async function personOf(request: Request, options: { withOneTimePassword?: boolean } = {}): Promise<Person> {
    const person = await personOrNull(request)
    if (person === null) throw new ApiError('unauthenticated', 'Sign in first.')
    checkOrigin(request, publicUrl)
    if (person.mustChangePassword && options.withOneTimePassword !== true)
      throw new ApiError('forbidden', 'Change your one-time password first: POST /api/v1/session/password.')
    return person
  }

  /**
   * Who asks, in the project that the request names. A key is for its own project and need not name it.
   * @throws ApiError `unauthenticated`, `forbidden`, `invalid_argument` when a person names no project, `not_found` when it is not theirs.
   */
  async function principalOf(request: Request, projectId: string | undefined): Promise<Principal> {
    const credential = credentialOf(request.headers)
    if (credential !== null) {
      const match = await keys.match(credential)
      if (match === null) throw new ApiError('unauthenticated', 'The key is not known; it may have been revoked.')
      if (projectId !== undefined && projectId.toLowerCase() !== match.projectId) {
        throw new ApiError('forbidden', `The key belongs to project ${match.projectId}, not to ${projectId}.`)
      }
      return { kind: 'key', ...match }
    }
    if (request.headers.get('cookie') === null) {
      throw new ApiError('unauthenticated', 'Send a project key as "Authorization: Bearer <secret key>", or sign in.')
    }
    const person = await personOf(request)
    if (projectId === undefined) throw new ApiError('invalid_argument', 'Name the project: ?project=<id>.')
    const role = idSchema.safeParse(projectId).success ? await roleOf(projectId, person.id) : null
    if (role === null) throw new ApiError('not_found', `There is no project ${projectId} that you belong to.`)
    return { kind: 'person', person, role, projectId: projectId.toLowerCase() }
  }

  /** Makes this process read sessions, roles and keys anew, so that a change of them holds at once. */
  function forget(): void {
    keys.reset()
    sessions.forget()
    roles.forget()
  }

  return { personOrNull, personOf, principalOf, forget, auth, publicUrl }
}
