import { z } from 'zod'
import { decisionSchema } from './adjudication.ts'
import { csvLine } from './csv-line.ts'
import { judgmentSchema } from './judgment.ts'
import { pageOf, pageQuery } from './page.ts'
import { itemStateSchema, queueItemSchema } from './queue.ts'

/** An item with every judgment on it, raw, and the lead's decision if there is one. Answers about sides stand in the target's order. */
export const queueResultSchema = z
  .object({ item: queueItemSchema, judgments: z.array(judgmentSchema), decision: decisionSchema.nullable() })
  .meta({ id: 'QueueResult' })
export type QueueResult = z.output<typeof queueResultSchema>

/** What the columns of a table of results are made of: everybody who has judged in the queue, and every criterion that was answered. */
export const resultShapeSchema = z
  .object({ reviewers: z.array(z.object({ personId: z.string(), name: z.string().nullable() })), criteria: z.array(z.string()) })
  .meta({ id: 'QueueResultShape' })
export type ResultShape = z.output<typeof resultShapeSchema>

export const queueResultPageSchema = pageOf(queueResultSchema).extend(resultShapeSchema.shape).meta({ id: 'QueueResultPage' })
export type QueueResultPage = z.output<typeof queueResultPageSchema>
export const queueResultQuerySchema = z.object({ ...pageQuery, state: itemStateSchema.optional() })

/** Columns before the answers, with how each is filled. */
const itemColumns: Record<string, (item: QueueResult['item']) => unknown> = {
  item_id: ({ id }) => id,
  state: ({ state }) => state,
  target_kind: ({ target }) => target.kind,
  trace_id: ({ target }) => ('traceId' in target ? target.traceId : null),
  span_id: ({ target }) => ('spanId' in target ? target.spanId : null),
  session_id: ({ target }) => ('sessionId' in target ? target.sessionId : null),
  outputs: ({ target }) => ('outputs' in target ? JSON.stringify(target.outputs) : null),
  judgments: ({ judged }) => judged,
  skips: ({ skips }) => (skips.length === 0 ? null : JSON.stringify(Object.fromEntries(skips.map(({ reason, n }) => [reason, n])))),
  gold: ({ gold }) => gold,
  stratum: ({ stratum }) => stratum,
  inclusion_probability: ({ inclusionProbability }) => inclusionProbability,
  plan_version: ({ planVersion }) => planVersion,
}

/**
 * Results as the lines of a CSV file: a row for each item, a column for each reviewer and criterion (`helpful: Ann`), and one for each
 * criterion of the decision. Late judgments are left out. One page is in memory at a time.
 */
export async function* queueResultLines(
  page: (cursor: string | undefined) => Promise<QueueResultPage>,
  onPage: (count: number) => void = () => {},
): AsyncGenerator<string> {
  let cursor: string | undefined
  let answers: AnswerColumn[] | undefined
  do {
    const { items, nextCursor, ...shape } = await page(cursor)
    if (answers === undefined) {
      // The columns are those of the beginning; who joins while the file is written is in the next one.
      answers = answerColumns(shape)
      yield csvLine([...Object.keys(itemColumns), ...answers.map(({ name }) => name)])
    }
    for (const result of items)
      yield csvLine([...Object.values(itemColumns).map((fill) => fill(result.item)), ...answers.map(({ fill }) => cellOf(fill(result)))])
    onPage(items.length)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}

type AnswerColumn = { name: string; fill: (result: QueueResult) => unknown }

function answerColumns({ reviewers, criteria }: ResultShape): AnswerColumn[] {
  const names = reviewers.map(({ name, personId }) => {
    const isUnique = name !== null && reviewers.filter((other) => other.name === name).length === 1
    return isUnique ? name : name === null ? personId : `${name} (${personId})`
  })
  const byReviewer = criteria.flatMap((criterion) =>
    reviewers.map(({ personId }, index) => ({
      name: `${criterion}: ${names[index] ?? personId}`,
      fill: ({ judgments }: QueueResult) =>
        judgments.find((one) => one.personId === personId && one.state === 'accepted')?.answers[criterion],
    })),
  )
  const decided = criteria.map((criterion) => ({
    name: `${criterion}: decision`,
    fill: ({ decision }: QueueResult) => decision?.answers[criterion],
  }))
  return [...byReviewer, ...decided]
}

/** An outcome without strength as one word, which is what a table is read by; everything else that is not plain as JSON. */
function cellOf(answer: unknown): unknown {
  if (typeof answer === 'object' && answer !== null && 'outcome' in answer && Object.keys(answer).length === 1) return answer.outcome
  return answer
}
