import { createScorer, parseJsonLines, plainText, readText, RewardError } from '@plaudit/reward'
import { defineCommand } from 'citty'
import { once } from 'node:events'
import { embedderFor, embeddingOptions, vectorsNeeded } from './embedding-options.ts'
import { readModel } from './read-model.ts'

/** Lines scored and printed together. */
const BATCH = 1_000

export const scoreCommand = defineCommand({
  meta: { name: 'score', description: 'Score outputs: one {reward, std} a line, in the order of the input' },
  args: {
    model: { type: 'positional', required: true, description: 'A model file of `plaudit reward train`' },
    file: {
      type: 'positional',
      required: true,
      description: 'JSON lines of {input, output}, as texts or messages, also gzip; - for standard input',
    },
    ...embeddingOptions,
  },
  async run({ args }) {
    const model = await readModel(args.model)
    const items = parseJsonLines(await readText(args.file)).map(({ line, value }) => {
      const row = value as { input?: unknown; prompt?: unknown; output?: unknown; completion?: unknown } | null
      const output = row?.output ?? row?.completion
      if (output === undefined || output === null) throw new RewardError('row', `Line ${line}: the field "output" is missing.`)
      return { input: plainText(row?.input ?? row?.prompt), output: plainText(output) }
    })
    const embedding = await vectorsNeeded(
      model,
      await embedderFor(args),
      items.map(({ output }) => output),
    )
    const scorer = createScorer(model, embedding)
    for (let at = 0; at < items.length; at += BATCH) {
      const scores = scorer.score(items.slice(at, at + BATCH))
      const isFull = !process.stdout.write(scores.map((score) => `${JSON.stringify(score)}\n`).join(''))
      if (isFull) await once(process.stdout, 'drain')
    }
  },
})
