import { ApiError, type Person, type SessionInfo, type SetUpInput } from '@plaudit/protocol'
import { APIError } from 'better-auth/api'
import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import { auditService } from '../audit/service.ts'
import type { Database, Queryable } from '../db/schema.ts'
import type { ServerContext } from '../http/context.ts'
import { projectService } from '../projects/service.ts'
import { attemptLimit } from './attempt-limit.ts'
import { anyAccount, firstPersonId, insertAccount, lockAccounts, passwordChosen, personByEmail } from './store.ts'

/** What a route answers with after the session changed: the session, and the cookies that carry it. */
export type SessionChange = { session: SessionInfo; cookies: string[] }

/** People: the first account, signing in and out, passwords. */
export function accountService(context: ServerContext) {
  const { db, access } = context
  const { auth } = access
  const projects = projectService(context)
  const audit = auditService(context)
  const limit = attemptLimit()

  async function sessionInfo(person: Person | null): Promise<SessionInfo> {
    if (person === null) return { setupNeeded: !(await anyAccount(db)), person, projects: [] }
    return { setupNeeded: false, person, projects: await projects.projectsOf(person.id) }
  }

  const hash = async (password: string) => (await auth.$context).password.hash(password)

  /**
   * Makes the first account, its project, and a session.
   * @throws ApiError `conflict` once an account exists; of several at once, one wins.
   */
  async function setUp(input: SetUpInput, from: string, headers: Headers): Promise<SessionChange> {
    if (await anyAccount(db)) throw setUpIsDone()
    const passwordHash = await hash(input.password)
    await db.transaction().execute(async (tx) => {
      await lockAccounts(tx)
      if (await anyAccount(tx)) throw setUpIsDone()
      const person = await createAccount(tx, { ...input, passwordHash, mustChangePassword: false }, null)
      const adopted = await projects.adoptProjects(tx, person.id)
      if (input.project !== undefined || adopted === 0)
        await projects.createProject(tx, input.project ?? 'My project', person.id, person.id)
    })
    return signIn(input, from, headers)
  }

  /** The account with this address, made with a password if there is none. An existing one keeps its password. */
  async function ensureAccount(tx: Transaction<Database>, email: string, passwordHash: string): Promise<Person> {
    await lockAccounts(tx)
    const known = await personByEmail(tx, email)
    if (known !== null) return known
    return createAccount(tx, { name: nameFrom(email), email, passwordHash, mustChangePassword: false }, 'server')
  }

  /**
   * The account with this address; a new one gets a password to hand over, which must be changed at the first sign-in.
   * `passwordHash` is that of `oneTimePassword`; see `newOneTimePassword`.
   */
  async function invite(
    tx: Transaction<Database>,
    input: { email: string; name?: string | undefined },
    oneTime: OneTimePassword,
    actor: string,
  ): Promise<{ person: Person; isNew: boolean }> {
    await lockAccounts(tx)
    const known = await personByEmail(tx, input.email)
    if (known !== null) return { person: known, isNew: false }
    const account = { name: input.name ?? nameFrom(input.email), email: input.email, passwordHash: oneTime.hash, mustChangePassword: true }
    return { person: await createAccount(tx, account, actor), isNew: true }
  }

  type OneTimePassword = { password: string; hash: string }
  /** Made before a transaction begins, because hashing is slow on purpose. */
  async function newOneTimePassword(): Promise<OneTimePassword> {
    const password = randomBytes(12).toString('base64url')
    return { password, hash: await hash(password) }
  }

  async function createAccount(
    tx: Queryable,
    account: { name: string; email: string; passwordHash: string; mustChangePassword: boolean },
    actor: string | null,
  ): Promise<Person> {
    const { name, email, passwordHash, mustChangePassword } = account
    const person = await insertAccount(tx, { name, email, passwordHash, mustChangePassword })
    await audit.record(tx, { projectId: null, actor: actor ?? person.id, action: 'account.create', subject: person.id })
    return person
  }

  /** @throws ApiError `unauthenticated`, or `rate_limited` after too many failures. */
  async function signIn(input: { email: string; password: string }, from: string, headers: Headers): Promise<SessionChange> {
    const { email, password } = input
    const cookies = await limit.attempt(email, from, async () => {
      try {
        return (await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true })).headers.getSetCookie()
      } catch (cause) {
        throw refused(cause, 'The e-mail address or the password is wrong.')
      }
    })
    return { session: await sessionInfo(await personByEmail(db, email)), cookies }
  }

  /** Ends the session, if there is one, and takes its cookies back. */
  async function signOut(headers: Headers): Promise<string[]> {
    const cookies = (await auth.api.signOut({ headers, returnHeaders: true })).headers.getSetCookie()
    access.forget()
    return cookies
  }

  /** Changes the person's own password and ends all of their other sessions. @throws ApiError `unauthenticated`, `rate_limited`. */
  async function changePassword(
    person: Person,
    { current, next }: { current: string; next: string },
    from: string,
    headers: Headers,
  ): Promise<SessionChange> {
    if (current === next) throw new ApiError('invalid_argument', 'next: choose another password than the current one.')
    const cookies = await limit.attempt(person.email, from, async () => {
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true }
      try {
        return (await auth.api.changePassword({ body, headers, returnHeaders: true })).headers.getSetCookie()
      } catch (cause) {
        throw refused(cause, 'The current password is wrong.')
      }
    })
    await passwordChosen(db, person.id)
    access.forget()
    return { session: await sessionInfo({ ...person, mustChangePassword: false }), cookies }
  }

  return { firstPersonId, sessionInfo, setUp, ensureAccount, invite, newOneTimePassword, signIn, signOut, changePassword, hash }
}

function nameFrom(email: string): string {
  return email.split('@')[0] ?? email
}

function setUpIsDone(): ApiError {
  return new ApiError('conflict', 'An account exists already: sign in, or ask an owner to add you.')
}

/** What better-auth refuses as our error; anything else is a fault. */
function refused(cause: unknown, message: string): unknown {
  const refuses = cause instanceof APIError && cause.statusCode >= 400 && cause.statusCode < 500
  return refuses ? new ApiError('unauthenticated', message, { cause }) : cause
}
