import type { ProjectKeyCreated } from '@plaudit/protocol'
import { pino } from 'pino'
import { accountService } from './accounts/service.ts'
import type { Config } from './config.ts'
import type { ServerContext } from './http/context.ts'
import { keyService } from './keys/service.ts'
import { openContext } from './open-context.ts'
import { projectService } from './projects/service.ts'

/** How the audit log names whoever runs the server. */
const OPERATOR = 'operator'

/** What whoever runs the server may do at the machine itself, without an account. */
export type Operator = ReturnType<typeof operatorOf>

/** The operator of a server that runs in this process. */
export function operatorOf(context: ServerContext) {
  const { db } = context
  const projects = projectService(context)
  const keys = keyService(context)

  return {
    /**
     * The id of the project with this name, made if there is none. A new one belongs to the first account, or to whoever will make that.
     */
    async ensureProject(name: string): Promise<string> {
      return db.transaction().execute(async (tx) => {
        const projectId = await projects.ensureProject(tx, name)
        const first = await accountService(context).firstPersonId(tx)
        if (first !== null) await projects.adoptProjects(tx, first)
        return projectId
      })
    },
    createKey: (projectId: string, name: string): Promise<ProjectKeyCreated> => keys.createKey(projectId, name, OPERATOR),
    revokeKey: (projectId: string, keyId: string): Promise<void> => keys.revokeKey(projectId, keyId, OPERATOR),

    /** What was remembered under this name for the whole installation, or null. */
    async recall(name: string): Promise<unknown> {
      const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
      return row?.value ?? null
    },
    async remember(name: string, value: object): Promise<void> {
      const json = JSON.stringify(value)
      await db
        .insertInto('setting')
        .values({ name, value: json })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json }))
        .execute()
    },
  }
}

/**
 * Opens the stores for the operator alone, while no server runs on them.
 * @throws ApiError `conflict` when one does, and as `startServer`.
 */
export async function openOperator(config: Config): Promise<Operator & { close: () => Promise<void> }> {
  const opened = await openContext(config, pino({ level: 'warn' }, pino.destination(2)), 'http://127.0.0.1')
  return { ...operatorOf(opened.context), close: () => opened.close() }
}
