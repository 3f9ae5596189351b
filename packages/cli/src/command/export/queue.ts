import { ApiError, itemStateSchema, queueResultLines, type QueueResultPage } from '@plaudit/protocol'
import { defineCommand } from 'citty'
import { connect, connectionOptions } from '../../client/connect.ts'
import { findQueue } from '../../client/find-queue.ts'
import { writeLines } from '../../export/write-lines.ts'
import { statusLine } from '../../terminal/status-line.ts'

export const exportQueueCommand = defineCommand({
  meta: { name: 'queue', description: 'What was judged in a queue: a row for each item, a column for each reviewer and criterion' },
  args: {
    queue: { type: 'positional', description: "The queue's name or id", required: true },
    ...connectionOptions,
    format: {
      type: 'enum',
      options: ['csv', 'jsonl'],
      description: 'A table, or JSON lines with everything known of each judgment',
      default: 'csv',
    },
    output: { type: 'string', alias: 'o', description: 'Where it goes; standard output where left out', valueHint: 'FILE' },
    state: { type: 'enum', options: ['open', 'done', 'needs_lead', 'removed'], description: 'Only items in this state' },
  },
  async run({ args }) {
    const client = connect(args)
    const queue = await findQueue(client, args.queue)
    if (queue === null) throw new ApiError('not_found', `The project has no queue ${args.queue}.`)
    const line = statusLine()
    let rows = 0
    const page = (cursor: string | undefined) =>
      client.queues.results(queue.id, {
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
        ...(args.state === undefined ? {} : { state: itemStateSchema.parse(args.state) }),
      })
    const onPage = (count: number) => {
      rows += count
      line.show(`${rows} items …`)
    }
    await writeLines(args.format === 'csv' ? queueResultLines(page, onPage) : jsonLines(page, onPage), args.output)
    line.clear()
    process.stderr.write(`Wrote ${rows} items.\n`)
  },
})

async function* jsonLines(
  page: (cursor: string | undefined) => Promise<QueueResultPage>,
  onPage: (count: number) => void,
): AsyncGenerator<string> {
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await page(cursor)
    for (const result of items) yield `${JSON.stringify(result)}\n`
    onPage(items.length)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}
