import type { Config } from '../config.ts'
import type { ServerContext } from '../http/context.ts'
import { keyService } from '../keys/service.ts'
import { projectService } from '../projects/service.ts'
import { accountService } from './service.ts'

/**
 * Set-up without a person at the screen: the account, project and keys that the environment names. Repeating it changes nothing.
 * @throws ApiError `conflict` when the keys belong elsewhere.
 */
export async function setUpFromEnvironment(context: ServerContext): Promise<void> {
  const { adminEmail, adminPassword, project, secretKey, publicKey } = context.config
  if (adminEmail === null && project === null && secretKey === null) return
  const accounts = accountService(context)
  const passwordHash = adminPassword === null ? null : await accounts.hash(adminPassword)
  await context.db.transaction().execute(async (tx) => {
    const projects = projectService(context)
    const projectId = await projects.ensureProject(tx, project ?? defaultProject)
    if (secretKey !== null && publicKey !== null) await keyService(context).ensureKey(tx, projectId, { secretKey, publicKey })
    if (adminEmail === null || passwordHash === null) return
    const person = await accounts.ensureAccount(tx, adminEmail, passwordHash)
    await projects.adoptProjects(tx, person.id)
  })
}

const defaultProject: NonNullable<Config['project']> = 'My project'
