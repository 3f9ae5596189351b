import { ApiError, type Person } from '@plaudit/protocol'
import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import { type Auth, createAuth } from './auth.ts'
import { credentialOf } from './key.ts'
import { keyRing } from './key-ring.ts'
import { checkOrigin } from './origin.ts'
import type { Principal } from './principal.ts'
import { sessionMemory } from './session-memory.ts'
import { accessStore } from './store.ts'

export type AccessService = ReturnType<typeof accessService>

/** Who asks. Programs show a project's key, people a session cookie; with both, the key counts. */
export function accessService(options: { db: Db; secret: string; publicUrl: string; clock: () => Date }) {
  const { db, secret, publicUrl, clock } = options
  const store = accessStore(db)
  const keys = keyRing({ liveKeys: store.liveKeys, markUsed: store.markUsed, clock })
  const auth: Auth = createAuth({ db, secret, publicUrl })

  const sessions = sessionMemory(async (headers) => {
    const session = await auth.api.getSession({ headers })
    if (session === null) return null
    const { id, name, email, mustChangePassword } = session.user
    return { id, name, email, mustChangePassword }
  }, clock)

  /** The person whose session cookie the request carries, or null. */
  const personOrNull = (request: Request): Promise<Person | null> => sessions.personOf(request.headers)

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
    const role = z.uuid().safeParse(projectId).success ? await store.roleOf(projectId, person.id) : null
    if (role === null) throw new ApiError('not_found', `There is no project ${projectId} that you belong to.`)
    return { kind: 'person', person, role, projectId: projectId.toLowerCase() }
  }

  return { personOrNull, personOf, principalOf, forgetKeys: () => keys.reset(), forgetSessions: () => sessions.forget(), auth, publicUrl }
}
