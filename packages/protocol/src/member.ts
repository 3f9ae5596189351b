import { z } from 'zod'
import { timeSchema } from './id.ts'
import { roleSchema } from './project.ts'

export const memberSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: roleSchema, createdAt: timeSchema })
  .meta({ id: 'Member' })
export type Member = z.output<typeof memberSchema>

/** Somebody to work in the project. Who has no account yet gets one. */
export const memberInputSchema = z
  .object({
    email: z.email('must be an e-mail address').max(200).toLowerCase(),
    role: roleSchema,
    /** Name of a new account; default: the part of the address before the @. */
    name: z.string().trim().min(1).max(100).optional(),
  })
  .meta({ id: 'MemberInput' })
export type MemberInput = z.input<typeof memberInputSchema>
/** `oneTimePassword` is there for a new account only, and shown this once: hand it over, it must be changed at the first sign-in. */
export const memberAddedSchema = memberSchema.extend({ oneTimePassword: z.string().nullable() }).meta({ id: 'MemberAdded' })
export type MemberAdded = z.output<typeof memberAddedSchema>
export const memberChangeSchema = z.object({ role: roleSchema }).meta({ id: 'MemberChange' })
