import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'

/** Something that somebody changed. */
export const auditEntrySchema = z
  .object({
    id: uuidSchema,
    time: timeSchema,
    /** Id of the person, `key:<id>` for a program, or `server` for set-up from the environment. */
    actor: z.string(),
    /** What was done, like `key.create`. */
    action: z.string(),
    /** Id of what it was done to. */
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.output<typeof auditEntrySchema>
export const auditQuerySchema = z.object(pageQuery)
export type AuditQuery = z.output<typeof auditQuerySchema>
export const auditPageSchema = pageOf(auditEntrySchema).meta({ id: 'AuditPage' })
