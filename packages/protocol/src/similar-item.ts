import { z } from 'zod'
import { uuidSchema } from './id.ts'

const countedAnswerSchema = z.union([z.string(), z.number(), z.boolean()])

/** How an item was judged on one criterion: by how many, what they chose, and what a lead decided. Nobody is named. */
export const answerCountSchema = z
  .object({
    criterion: z.string(),
    /** Judgments that answered it. */
    n: z.int(),
    /** The most frequent answer first. A judgment that gave several labels or types of marks counts with each. */
    counts: z.array(z.object({ answer: countedAnswerSchema, n: z.int() })),
    /** The lead's decision; null where there is none. */
    decided: z.array(countedAnswerSchema).nullable(),
  })
  .meta({ id: 'AnswerCount' })
export type AnswerCount = z.output<typeof answerCountSchema>

/** A finished item of the same queue that shares rare words with another one. */
export const similarItemSchema = z
  .object({
    itemId: uuidSchema,
    /** What is shared, the rarest first. */
    words: z.array(z.string()),
    /** The beginnings of its texts. Outputs of a comparison stand in an order drawn for the reader, and answers speak of that order. */
    input: z.string(),
    outputs: z.array(z.string()),
    judgments: z.int(),
    answers: z.array(answerCountSchema),
  })
  .meta({ id: 'SimilarItem' })
export type SimilarItem = z.output<typeof similarItemSchema>

/** Items similar to one, the most similar first; `compared` is how many finished items were looked at. */
export const similarItemsSchema = z.object({ compared: z.int(), items: z.array(similarItemSchema) }).meta({ id: 'SimilarItems' })
export type SimilarItems = z.output<typeof similarItemsSchema>
