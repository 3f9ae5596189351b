import { z } from 'zod'
import { projectSchema } from './project.ts'

const emailSchema = z.email('must be an e-mail address').max(200).toLowerCase()
const nameSchema = z.string().trim().min(1).max(100)
/** Long enough to resist guessing; anything longer than 200 characters only costs hashing time. */
const newPasswordSchema = z.string().min(8, 'must have at least 8 characters').max(200)

export const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    /** True while the one-time password that an owner handed over has not been changed; until then nothing else is allowed. */
    mustChangePassword: z.boolean(),
  })
  .meta({ id: 'Person' })
export type Person = z.output<typeof personSchema>

/** Who asks: `setupNeeded` is true until the first account exists. */
export const sessionInfoSchema = z
  .object({ setupNeeded: z.boolean(), person: personSchema.nullable(), projects: z.array(projectSchema) })
  .meta({ id: 'SessionInfo' })
export type SessionInfo = z.output<typeof sessionInfoSchema>

/** The first account. It becomes the owner of the new `project`; left out, of the projects that exist already. */
export const setUpInputSchema = z
  .object({ name: nameSchema, email: emailSchema, password: newPasswordSchema, project: nameSchema.optional() })
  .meta({ id: 'SetUpInput' })
export type SetUpInput = z.input<typeof setUpInputSchema>

export const signInInputSchema = z.object({ email: emailSchema, password: z.string().min(1).max(200) }).meta({ id: 'SignInInput' })
export type SignInInput = z.input<typeof signInInputSchema>

export const passwordInputSchema = z.object({ current: z.string().min(1).max(200), next: newPasswordSchema }).meta({ id: 'PasswordInput' })
export type PasswordInput = z.input<typeof passwordInputSchema>
