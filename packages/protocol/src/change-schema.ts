import { z } from 'zod'

type Changeable<S extends z.ZodRawShape> = {
  [K in keyof S]: S[K] extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner> ? z.ZodOptional<Inner> : z.ZodOptional<S[K]>
}

/**
 * The schema of a change to something: every field can be left out, and one that is left out stays as it is. `partial()` alone would fill in the
 * defaults of new things and so undo earlier settings.
 */
export function changeOf<S extends z.ZodRawShape>(shape: S): z.ZodObject<Changeable<S>> {
  const fields = Object.entries(shape).map(([key, field]) => {
    const bare = field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? field.unwrap() : field
    return [key, z.optional(bare)]
  })
  return z.object(Object.fromEntries(fields) as Changeable<S>)
}
