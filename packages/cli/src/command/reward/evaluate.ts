import { cardHtml, evaluateRewardModel, readPairs } from '@plaudit/reward'
import { defineCommand } from 'citty'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { cardText } from './card-text.ts'
import { readModel } from './read-model.ts'

export const evaluateCommand = defineCommand({
  meta: { name: 'evaluate', description: 'The report card of a model on other pairs; names prompts that it was trained on' },
  args: {
    model: { type: 'positional', required: true, description: 'A model file of `plaudit reward train`' },
    file: { type: 'positional', required: true, description: 'Pairs, as for `plaudit reward train`; - for standard input' },
    group: { type: 'string', description: 'Field that pairs must share to belong together' },
    json: { type: 'boolean', description: 'Print one JSON object' },
    html: { type: 'string', description: 'Where the report card goes as an HTML page that also prints', valueHint: 'HTML' },
  },
  async run({ args }) {
    const scorer = await readModel(args.model)
    const { pairs, skipped } = await readPairs(args.file, args.group)
    const card = evaluateRewardModel(scorer, pairs)
    process.stdout.write(`${args.json ? JSON.stringify({ ...card, skipped: skipped.length }) : cardText(card)}\n`)
    if (args.html !== undefined) {
      const notes = [`On ${args.file}; training set ${scorer.model.about.trainingSet}.`]
      await writeFile(args.html, cardHtml(card, { title: basename(args.model), notes }))
    }
  },
})
