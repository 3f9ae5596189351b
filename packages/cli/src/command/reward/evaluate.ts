import {
  cardHtml,
  compareModels,
  createScorer,
  type Embedder,
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
import { embedderFor, embeddingOptions, vectorsNeeded } from './embedding-options.ts'
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
    ...embeddingOptions,
  },
  async run({ args }) {
    const embedder = await embedderFor(args)
    const { pairs, skipped } = await readPairs(args.file, args.group)
    const scorer = await scorerFor(args.model, embedder, pairs)
    const other = args.against === undefined ? null : await scorerFor(args.against, embedder, pairs)
    const card = evaluateRewardModel(scorer, pairs)
    const comparison = other && compare(pairs, [scorer, args.model], [other, args.against!])
    process.stdout.write(
      `${args.json ? JSON.stringify({ ...card, comparison, skipped: skipped.length }) : `${cardText(card)}${comparison === null ? '' : `\n\n${comparisonText(comparison)}`}`}\n`,
    )
    if (args.html !== undefined) {
      const notes = [`On ${args.file}; training set ${scorer.model.about.trainingSet}.`]
      await writeFile(args.html, cardHtml(card, { title: basename(args.model), notes }))
    }
  },
})

/** The model in a file, ready to score the outputs of pairs. */
async function scorerFor(path: string, embedder: Embedder | undefined, pairs: readonly Pair[]): Promise<Scorer> {
  const model = await readModel(path)
  const outputs = outputsOf(pairs).map(({ output }) => output)
  return createScorer(model, await vectorsNeeded(model, embedder, outputs))
}

/** The two models on the pairs that neither was trained on. */
function compare(pairs: readonly Pair[], first: [Scorer, string], second: [Scorer, string]): ModelComparison {
  const items = outputsOf(pairs)
  const of = ([scorer, path]: [Scorer, string]) => ({
    name: basename(path),
    scores: scorer.score(items),
    isTrained: isTrainedOn(scorer.model),
  })
  return compareModels(pairs, of(first), of(second))
}

function comparisonText({ sentence, pairs, prompts, leaked, disagreements }: ModelComparison): string {
  const on = `${pairs.toLocaleString('en-US')} pairs from ${prompts.toLocaleString('en-US')} prompts`
  const left = leaked > 0 ? `; ${leaked.toLocaleString('en-US')} pairs of training prompts were left out` : ''
  return `Compared on ${on}, of which they judge ${disagreements.toLocaleString('en-US')} differently${left}.\n${sentence}`
}
