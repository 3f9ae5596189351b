import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'
import { queueResultSchema } from './queue-result.ts'

/** An address that is called with what happens in a project: with each item that is done, of one queue or of all. */
export const webhookSchema = z
  .object({
    id: uuidSchema,
    url: z.string(),
    /** Only items of this queue; null for every queue. */
    queueId: uuidSchema.nullable(),
    enabled: z.boolean(),
    createdAt: timeSchema,
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.output<typeof webhookSchema>

export const webhookInputSchema = z
  .object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
      .max(2_000)
      .refine(
        (url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''),
        'must not hold a user or password',
      ),
    queueId: uuidSchema.nullable().default(null),
  })
  .meta({ id: 'WebhookInput' })
export type WebhookInput = z.input<typeof webhookInputSchema>
/** The secret that calls are signed with is in this answer only. */
export const webhookCreatedSchema = webhookSchema.extend({ secret: z.string() }).meta({ id: 'WebhookCreated' })
export type WebhookCreated = z.output<typeof webhookCreatedSchema>
export const webhookChangeSchema = z.object({ enabled: z.boolean() }).meta({ id: 'WebhookChange' })

/** One call, tried until the address answers with 2xx, eight times over a day. */
export const webhookDeliverySchema = z
  .object({
    id: uuidSchema,
    event: z.enum(['item.done', 'ping']),
    itemId: uuidSchema.nullable(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    /** What the address answered last. */
    status: z.int().nullable(),
    problem: z.string().nullable(),
    createdAt: timeSchema,
    /** When it is tried again, while it waits. */
    nextAt: timeSchema.nullable(),
    deliveredAt: timeSchema.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.output<typeof webhookDeliverySchema>
export const webhookDeliveryPageSchema = pageOf(webhookDeliverySchema).meta({ id: 'WebhookDeliveryPage' })
export const webhookDeliveryQuerySchema = z.object(pageQuery)

/** What a call carries. `id` stays the same when it is tried again: whoever has seen it needs do nothing. */
export const webhookEventSchema = z
  .discriminatedUnion('type', [
    z.object({ id: uuidSchema, type: z.literal('ping'), time: timeSchema, projectId: uuidSchema }),
    z.object({
      id: uuidSchema,
      type: z.literal('item.done'),
      time: timeSchema,
      projectId: uuidSchema,
      queueId: uuidSchema,
      ...queueResultSchema.shape,
    }),
  ])
  .meta({ id: 'WebhookEvent' })
export type WebhookEvent = z.output<typeof webhookEventSchema>
