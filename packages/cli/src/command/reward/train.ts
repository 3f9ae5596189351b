import { ApiError } from '@plaudit/protocol'
import { cardHtml, parsePairs, type PairFile, readPairs, trainInParallel, writeRewardModel } from '@plaudit/reward'
import type { PlauditClient } from '@plaudit/sdk'
import { defineCommand } from 'citty'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { cardText } from './card-text.ts'
import { embedderFor, embeddingOptions, vectorsOf } from './embedding-options.ts'
import { evidenceText } from './evidence-text.ts'
import { wholeNumber } from './number-option.ts'
import { platformClient, platformOptions } from './platform.ts'
import { progressLine } from './progress.ts'

/** Most skipped rows that are named one by one. */
const NAMED_ROWS = 5

export const trainCommand = defineCommand({
  meta: { name: 'train', description: 'Fit a reward model to preferences, and judge it on prompts that it has not seen' },
  args: {
    file: {
      type: 'positional',
      required: false,
      description: 'JSON lines of {prompt, chosen, rejected}, HH transcripts or QA-Feedback, also gzip; - for standard input',
    },
    output: { type: 'string', alias: 'o', description: 'Where the model goes', valueHint: 'MODEL' },
    group: { type: 'string', description: 'Field that pairs must share to stay together in a split; the opening user turn by default' },
    folds: { type: 'string', description: 'Folds of the cross-validation', default: '5' },
    members: { type: 'string', description: 'Models on resampled prompts, whose spread is the uncertainty', default: '5' },
    seed: { type: 'string', description: 'Same pairs and seed, same model', default: '1' },
    ties: { type: 'boolean', description: 'Ties train the model too; it is never judged on them' },
    workers: { type: 'string', description: 'Threads; one for each processor by default. The model does not depend on it' },
    resume: { type: 'string', description: 'Folder for finished parts: an interrupted training goes on from there', valueHint: 'DIR' },
    json: { type: 'boolean', description: 'Print the report card as one JSON object' },
    card: { type: 'string', description: 'Where the report card goes as an HTML page that also prints', valueHint: 'HTML' },
    ...embeddingOptions,
    ...platformOptions,
    dataset: {
      type: 'string',
      description: 'With --server: a data set there, trained on without its test side',
      valueHint: 'NAME[@VERSION]',
    },
    criterion: { type: 'string', description: 'With --server: only feedback on this criterion' },
    register: { type: 'string', description: 'With --server: register the model there under this name', valueHint: 'NAME' },
  },
  async run({ args }) {
    const options = {
      folds: wholeNumber('folds', args.folds),
      seed: wholeNumber('seed', args.seed),
      members: wholeNumber('members', args.members),
    }
    const { pairs, judgments, skipped } = await pairsFrom(args)
    for (const { line, reason } of skipped.slice(0, NAMED_ROWS)) process.stderr.write(`Skipped line ${line}: ${reason}\n`)
    if (skipped.length > NAMED_ROWS) process.stderr.write(`Skipped ${skipped.length} lines in all\n`)

    const outputs = [...pairs.flatMap(({ chosen, rejected }) => [chosen, rejected]), ...judgments.map(({ output }) => output)]
    const embedder = await embedderFor(args)
    const embedding = embedder && (await vectorsOf(embedder, outputs))
    const progress = progressLine()
    const { model, card } = await interruptible((signal) =>
      trainInParallel(
        pairs,
        {
          ...options,
          judgments,
          ties: args.ties === true,
          signal,
          ...(embedding && { embedding }),
          ...(args.workers !== undefined && { workers: wholeNumber('workers', args.workers) }),
          ...(args.resume !== undefined && { resumeFrom: args.resume }),
        },
        ({ activity, step, steps }) => progress.show(activity, step, steps),
      ),
    )
    progress.clear()
    const bytes = writeRewardModel(model)
    if (args.output !== undefined) await writeFile(args.output, bytes)
    process.stdout.write(
      `${args.json ? JSON.stringify({ ...card, skipped: skipped.length, evidence: model.about.evidence }) : cardText(card)}\n`,
    )
    const evidence = evidenceText(model.about.evidence)
    if (args.json !== true && evidence !== '') process.stdout.write(`\n${evidence}\n`)
    if (args.card !== undefined) {
      const notes = [
        `Trained on ${args.file ?? `the feedback at ${args.server}`} with seed ${options.seed}; training set ${model.about.trainingSet}.`,
      ]
      await writeFile(
        args.card,
        cardHtml(card, {
          title: args.register ?? basename(args.output ?? args.file ?? 'reward model'),
          notes,
          evidence: model.about.evidence,
        }),
      )
    }
    if (args.output !== undefined) process.stderr.write(`Wrote ${args.output} (${(bytes.length / 1e6).toFixed(1)} MB)\n`)
    if (args.register !== undefined && args.server !== undefined) {
      const { name, version } = await platformClient({ server: args.server, key: args.key }).reward.register(args.register, bytes)
      process.stderr.write(`Registered ${name}@${version}. It scores nothing until a person makes it active or shadow.\n`)
    }
  },
})

/** Work that Ctrl-C ends. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = () =>
    controller.abort(new ApiError('invalid_argument', 'Interrupted. With --resume DIR, finished parts are kept and not done again.'))
  process.once('SIGINT', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
  }
}

type Source = Partial<Record<'file' | 'group' | 'server' | 'key' | 'criterion' | 'dataset' | 'register', string | undefined>>

/** The pairs of a file, or of a data set or the feedback of a running platform. */
async function pairsFrom(args: Source): Promise<PairFile> {
  const { file, server, criterion, dataset } = args
  const remote = (['criterion', 'dataset', 'register'] as const).find((name) => args[name] !== undefined)
  if (server === undefined && remote !== undefined)
    throw new ApiError('invalid_argument', `--${remote} needs --server with the address of the platform.`)
  if (file !== undefined) return readPairs(file, args.group)
  if (server === undefined)
    throw new ApiError('invalid_argument', 'Name a file of pairs, or --server to train on the feedback of a running platform.')
  const client = platformClient({ server, key: args.key })
  if (dataset !== undefined) return parsePairs(await trainingLines(client, dataset), args.group)
  const lines = await client.reward.pairs(criterion === undefined ? {} : { criterion })
  if (lines === '')
    throw new ApiError(
      'unprocessable',
      'The platform holds no pairs yet: they come from comparisons, corrections and rankings that people give on spans.',
    )
  return parsePairs(lines, args.group)
}

/** The rows of a data set as JSON lines, without those that are set aside for the test. */
async function trainingLines(client: PlauditClient, wanted: string): Promise<string> {
  const [, name = wanted, version] = /^(.*?)(?:@(\d{1,9}))?$/.exec(wanted) ?? []
  const { items } = await client.datasets.list({ name, limit: 200 })
  const found = items.find((one) => one.state === 'ready' && (version === undefined || one.version === Number(version)))
  if (found === undefined) throw new ApiError('not_found', `The platform has no data set ${wanted} that is ready.`)
  const rows = (await client.datasets.download(found.id)).split('\n')
  return rows.filter((row) => row !== '' && (JSON.parse(row) as { split: string }).split !== 'test').join('\n')
}
