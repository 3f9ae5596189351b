import { z } from 'zod'
import { estimateSchema } from './overview.ts'
import { queueProgressSchema } from './queue.ts'

export const workloadQuerySchema = z.object({
  /** How many days back, today included. */
  days: z.coerce.number().int().min(2).max(366).default(28),
})

/** How the work in a queue goes on, for whoever leads it. Days are in UTC; intervals are 95 %. */
export const workloadSchema = z
  .object({
    days: z.array(z.object({ day: z.string(), judgments: z.int(), people: z.int(), activeMs: z.number() })),
    people: z.array(
      z.object({
        personId: z.string(),
        name: z.string().nullable(),
        judgments: z.int(),
        /** Days with at least one judgment. */
        daysWorked: z.int(),
        activeMs: z.number(),
        /** Mean time at work on an item; idle time is left out. */
        meanActiveMs: z.number().nullable(),
        /** Why somebody should look at their work with them; null where nothing speaks for it. */
        calibration: z.string().nullable(),
      }),
    ),
    /** Mean time at work on an item, clustered by person, in milliseconds. */
    activeMs: estimateSchema,
    progress: queueProgressSchema,
    /** Days until what is left is done, if work goes on as it did on the days before today. */
    daysLeft: estimateSchema,
    /** What the time at work costs, at the queue's hourly rate; null without one. */
    cost: z
      .object({
        currency: z.string(),
        /** In the days looked at. */
        spent: z.number(),
        perJudgment: estimateSchema,
        /** To finish what is left. */
        left: estimateSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Workload' })
export type Workload = z.output<typeof workloadSchema>
