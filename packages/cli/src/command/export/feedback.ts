import { ApiError, feedbackQuerySchema, describeIssues } from '@plaudit/protocol'
import { defineCommand } from 'citty'
import { connect, connectionOptions } from '../../client/connect.ts'
import { feedbackLines } from '../../export/feedback-lines.ts'
import { writeLines } from '../../export/write-lines.ts'
import { statusLine } from '../../terminal/status-line.ts'

export const exportFeedbackCommand = defineCommand({
  meta: { name: 'feedback', description: 'One row for each judgment of each author, newest first' },
  args: {
    ...connectionOptions,
    format: { type: 'enum', options: ['jsonl', 'csv'], description: 'JSON lines (which can be imported again) or CSV', default: 'jsonl' },
    output: { type: 'string', alias: 'o', description: 'Where it goes; standard output where left out', valueHint: 'FILE' },
    from: { type: 'string', description: 'Given at this time or later, ISO 8601 with a zone', valueHint: 'time' },
    to: { type: 'string', description: 'Given before this time', valueHint: 'time' },
    criterion: { type: 'string', description: 'On this criterion' },
    kind: { type: 'string', description: 'Of this kind: thumbs, rating, label, …' },
    author: { type: 'string', description: 'By the author with this id' },
    'author-kind': { type: 'string', description: 'By authors of this kind: human, model or code' },
    trace: { type: 'string', description: 'About this trace', valueHint: 'TRACE_ID' },
    session: { type: 'string', description: 'About this session', valueHint: 'SESSION_ID' },
  },
  async run({ args }) {
    const given = {
      from: args.from,
      to: args.to,
      criterion: args.criterion,
      kind: args.kind,
      author: args.author,
      authorKind: args['author-kind'],
      traceId: args.trace,
      sessionId: args.session,
    }
    const query = feedbackQuerySchema.safeParse({ ...given, limit: 200 })
    if (!query.success) throw new ApiError('invalid_argument', describeIssues(query.error))
    const client = connect(args)
    const line = statusLine()
    let rows = 0
    const lines = feedbackLines(
      (cursor) => client.feedback.list({ ...query.data, cursor }),
      args.format === 'csv' ? 'csv' : 'jsonl',
      (count) => {
        rows += count
        line.show(`${rows} judgments …`)
      },
    )
    await writeLines(lines, args.output)
    line.clear()
    process.stderr.write(`Wrote ${rows} judgments.\n`)
  },
})
