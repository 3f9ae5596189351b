import {
  cardHtml,
  compareModels,
  evaluateRewardModel,
  isTrainedOn,
  type ModelComparison,
  outputsOf,
  type Pair,
  readPairs,
  type Scorer,
} from '@plaudit/reward'
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
    against: { type: 'string', description: 'Another model file to compare with on the same pairs', valueHint: 'MODEL' },
    group: { type: 'string', description: 'Field that pairs must share to belong together' },
    json: { type: 'boolean', description: 'Print one JSON object' },
    html: { type: 'string', description: 'Where the report card goes as an HTML page that also prints', valueHint: 'HTML' },
  },
  async run({ args }) {
    const scorer = await readModel(args.model)
    const { pairs, skipped } = await readPairs(args.file, args.group)
    const card = evaluateRewardModel(scorer, pairs)
    const comparison = args.against === undefined ? null : await compare(scorer, args.model, args.against, pairs)
    process.stdout.write(
      `${args.json ? JSON.stringify({ ...card, comparison, skipped: skipped.length }) : `${cardText(card)}${comparison === null ? '' : `\n\n${comparisonText(comparison)}`}`}\n`,
    )
    if (args.html !== undefined) {
      const notes = [`On ${args.file}; training set ${scorer.model.about.trainingSet}.`]
      await writeFile(args.html, cardHtml(card, { title: basename(args.model), notes }))
    }
  },
})

/** The two models on the pairs that neither was trained on. */
async function compare(scorer: Scorer, path: string, otherPath: string, pairs: readonly Pair[]): Promise<ModelComparison> {
  const other = await readModel(otherPath)
  const items = outputsOf(pairs)
  const of = (one: Scorer, name: string) => ({ name: basename(name), scores: one.score(items), isTrained: isTrainedOn(one.model) })
  return compareModels(pairs, of(scorer, path), of(other, otherPath))
}

function comparisonText({ sentence, pairs, prompts, leaked, disagreements }: ModelComparison): string {
  const on = `${pairs.toLocaleString('en-US')} pairs from ${prompts.toLocaleString('en-US')} prompts`
  const left = leaked > 0 ? `; ${leaked.toLocaleString('en-US')} pairs of training prompts were left out` : ''
  return `Compared on ${on}, of which they judge ${disagreements.toLocaleString('en-US')} differently${left}.\n${sentence}`
}
