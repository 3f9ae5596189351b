import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'

/** What a person may do in a project; `permission.ts` of the server holds the table. */
export const roleSchema = z.enum(['owner', 'engineer', 'lead', 'reviewer']).meta({ id: 'Role' })
export type Role = z.output<typeof roleSchema>

export const projectSchema = z
  .object({ id: uuidSchema, name: z.string(), slug: z.string(), createdAt: timeSchema, role: roleSchema.nullable() })
  .meta({ id: 'Project' })
export type Project = z.output<typeof projectSchema>
export const projectInputSchema = z.object({ name: z.string().trim().min(1).max(100) }).meta({ id: 'ProjectInput' })

/** A pair of keys. The public key may stand in a web page: it can only add feedback. The secret key is shown once, at creation. */
export const projectKeySchema = z
  .object({
    id: uuidSchema,
    name: z.string(),
    publicKey: z.string(),
    secretHint: z.string(),
    createdAt: timeSchema,
    lastUsedAt: timeSchema.nullable(),
  })
  .meta({ id: 'ProjectKey' })
export type ProjectKey = z.output<typeof projectKeySchema>
export const projectKeyInputSchema = z.object({ name: z.string().trim().min(1).max(100) }).meta({ id: 'ProjectKeyInput' })
export const projectKeyCreatedSchema = projectKeySchema.extend({ secretKey: z.string() }).meta({ id: 'ProjectKeyCreated' })
export type ProjectKeyCreated = z.output<typeof projectKeyCreatedSchema>
