import { z } from 'zod'
import { estimateSchema } from './overview.ts'

/** One person's work in a queue, as a lead sees it, and the person themself. Intervals are 95 %. */
export const queuePersonSchema = z
  .object({
    personId: z.string(),
    name: z.string().nullable(),
    judged: z.int(),
    skipped: z.int(),
    late: z.int(),
    /** Median time at work on an item, without idle time; null before the first judgment. */
    medianActiveMs: z.number().nullable(),
    /** Share of gold answers met, with Wilson's interval over gold items. */
    gold: estimateSchema,
    /** Share of others' judgments on the same items and criteria that this person's agree with, clustered by item. */
    agreement: estimateSchema,
    pausedReason: z.string().nullable(),
    /** Who stopped them: a lead, the entry test, or the watch over their gold answers. */
    pausedBy: z.enum(['lead', 'test', 'watch']).nullable(),
    qualified: z.boolean(),
  })
  .meta({ id: 'QueuePerson' })
export type QueuePerson = z.output<typeof queuePersonSchema>

export const queuePersonChangeSchema = z
  .object({ paused: z.boolean(), reason: z.string().max(1_000).default('') })
  .meta({ id: 'QueuePersonChange' })
export const skillsSchema = z.object({ skills: z.array(z.string().trim().min(1).max(100)).max(50) }).meta({ id: 'Skills' })
/** What a person of the project can judge, by which queues are given to them. */
export const personSkillsSchema = skillsSchema.extend({ personId: z.string() }).meta({ id: 'PersonSkills' })
export type PersonSkills = z.output<typeof personSkillsSchema>
