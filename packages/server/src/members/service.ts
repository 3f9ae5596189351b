import { ApiError, type Member, type MemberAdded, type Role } from '@plaudit/protocol'
import { accountService } from '../accounts/service.ts'
import { auditService } from '../audit/service.ts'
import type { ServerContext } from '../http/context.ts'
import { checkOwnerRemains } from './policy.ts'
import { memberStore } from './store.ts'

export type NewMember = { email: string; role: Role; name?: string | undefined }

/** Who belongs to a project, and as what. */
export function memberService(context: ServerContext) {
  const { db, clock, access } = context
  const store = memberStore(db)
  const accounts = accountService(context)
  const audit = auditService(context)

  const listMembers = (projectId: string): Promise<Member[]> => store.list(projectId)

  /** Adds a person by e-mail address, with a new account if there is none. @throws ApiError `conflict` when they are a member. */
  async function addMember(projectId: string, input: NewMember, actor: string): Promise<MemberAdded> {
    const oneTime = await accounts.newOneTimePassword()
    return db.transaction().execute(async (tx) => {
      const { person, isNew } = await accounts.invite(tx, input, oneTime, actor)
      const createdAt = clock()
      if (!(await store.insert(tx, projectId, person.id, input.role, createdAt)))
        throw new ApiError('conflict', `${person.email} is a member of this project already.`)
      await audit.record(tx, {
        projectId,
        actor,
        action: 'member.add',
        subject: person.id,
        detail: { email: person.email, role: input.role },
      })
      const { id, name, email } = person
      return { id, name, email, role: input.role, createdAt: createdAt.toISOString(), oneTimePassword: isNew ? oneTime.password : null }
    })
  }

  /** Gives a member another role. @throws ApiError `not_found`, or `conflict` for the last owner. */
  async function changeRole(projectId: string, personId: string, role: Role, actor: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const roles = await store.lockRoles(tx, projectId)
      checkOwnerRemains(roles, personId, role)
      await store.setRole(tx, projectId, personId, role)
      await audit.record(tx, {
        projectId,
        actor,
        action: 'member.role',
        subject: personId,
        detail: { from: roles.get(personId), to: role },
      })
    })
    access.forget()
  }

  /** Takes a person out of the project; what they judged stays. @throws ApiError `not_found`, or `conflict` for the last owner. */
  async function removeMember(projectId: string, personId: string, actor: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      checkOwnerRemains(await store.lockRoles(tx, projectId), personId, null)
      await store.remove(tx, projectId, personId)
      await audit.record(tx, { projectId, actor, action: 'member.remove', subject: personId })
    })
    access.forget()
  }

  return { listMembers, addMember, changeRole, removeMember }
}
