import { defineCommand } from 'citty'
import { connect, connectionOptions } from '../../client/connect.ts'
import { consensusLines } from '../../export/consensus-lines.ts'
import { writeLines } from '../../export/write-lines.ts'
import { statusLine } from '../../terminal/status-line.ts'

export const exportConsensusCommand = defineCommand({
  meta: {
    name: 'consensus',
    description: 'One row for each item that several reviewers judged: the consensus, its posterior and the votes',
  },
  args: {
    ...connectionOptions,
    format: { type: 'enum', options: ['jsonl', 'csv'], description: 'JSON lines or CSV', default: 'jsonl' },
    output: { type: 'string', alias: 'o', description: 'Where it goes; standard output where left out', valueHint: 'FILE' },
    criterion: { type: 'string', description: 'On this criterion; on all where left out' },
  },
  async run({ args }) {
    const client = connect(args)
    const line = statusLine()
    const known = args.criterion === undefined ? (await client.quality.consensusSources()).items : []
    const criteria = args.criterion === undefined ? [...new Set(known.map(({ criterion }) => criterion))] : [args.criterion]
    let rows = 0
    const lines = consensusLines(
      criteria,
      (criterion, cursor) => client.quality.consensus({ criterion, limit: 200, ...(cursor === undefined ? {} : { cursor }) }),
      args.format === 'csv' ? 'csv' : 'jsonl',
      (count) => {
        rows += count
        line.show(`${rows} items …`)
      },
    )
    await writeLines(lines, args.output)
    line.clear()
    process.stderr.write(`Wrote the consensus on ${rows} items.\n`)
  },
})
