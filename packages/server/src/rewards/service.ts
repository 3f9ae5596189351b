import {
  ApiError,
  type externalRewardModelInputSchema,
  type Message,
  messageText,
  type RewardBackfillInput,
  type RewardModel,
  type RewardDrift,
  type RewardExplanation,
  type RewardExplanationInput,
  type RewardModelChange,
  type RewardScore,
  type RewardScoreInput,
} from '@plaudit/protocol'
import {
  cardHtml,
  type CardTitle,
  type Embeddings,
  type EmbedOptions,
  explainReward,
  readRewardModel,
  type ReportCard,
  RewardError,
  type RewardModel as ModelFile,
} from '@plaudit/reward'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { sessionSecret } from '../access/secret.ts'
import { secretBox } from '../access/secret-box.ts'
import type { ServerContext } from '../http/context.ts'
import { driftOf, type FreshPair } from './drift.ts'
import { preferencePairs } from './pairs.ts'
import { modelScorers } from './scorers.ts'
import { scorableSpanStore } from './span-store.ts'
import { type ModelRow, rewardStore } from './store.ts'

export type RewardService = ReturnType<typeof rewardService>

/** Fresh comparisons that the watch over a model looks at: the newest. */
const MOST_FRESH = 5_000

/** Reward models of a project: kept with their report cards, put to work by a person, and asked for scores. */
export function rewardService({
  db,
  events,
  config,
  clock,
  embeddings,
}: Pick<ServerContext, 'db' | 'events' | 'config' | 'clock' | 'embeddings'>) {
  const store = rewardStore(db)
  const spans = scorableSpanStore(events)
  const box = async () => secretBox(await sessionSecret(db, config.secret))
  const scorers = modelScorers(store.file, async (sealed) => (await box()).open(sealed), embeddings.embedderOf)

  /**
   * Registers a model file as the next version of a name, archived.
   * @throws ApiError `invalid_argument` for bytes that are no model, are cut short or belong to another feature specification.
   */
  async function registerModel(
    projectId: string,
    name: string,
    file: Uint8Array,
    createdBy: string,
    origin: Record<string, unknown> = {},
  ): Promise<RewardModel> {
    const { about, features } = readModelFile(file)
    const { card, ...training } = about
    const id = uuidv7()
    const made = { ...training, embedding: features.embedding, ...origin }
    await store.add({ id, projectId, name, file, report: { ...card }, training: made, createdBy })
    return getModel(projectId, id)
  }

  /** Registers a model that is served elsewhere as the next version of a name, archived and without a report card. */
  async function registerExternal(
    projectId: string,
    { name, endpoint, apiKey }: z.output<typeof externalRewardModelInputSchema>,
    createdBy: string,
  ): Promise<RewardModel> {
    const id = uuidv7()
    const endpointKey = apiKey === undefined ? null : (await box()).seal(apiKey)
    await store.add({ id, projectId, name, endpoint, endpointKey, report: {}, training: {}, createdBy })
    return getModel(projectId, id)
  }

  /** Keeps the report card of a model that is served elsewhere. */
  async function setReport({ id }: ModelRow, card: ReportCard, training: Record<string, unknown>): Promise<void> {
    await store.setReport(id, { ...card }, training)
  }

  async function listModels(projectId: string): Promise<RewardModel[]> {
    return (await store.list(projectId)).map(viewOf)
  }

  async function rowOf(projectId: string, id: string): Promise<ModelRow> {
    const row = await store.byId(projectId, id)
    if (row === undefined) throw new ApiError('not_found', `There is no reward model ${id} in this project.`)
    return row
  }

  /** @throws ApiError `not_found`. */
  async function getModel(projectId: string, id: string): Promise<RewardModel> {
    return viewOf(await rowOf(projectId, id))
  }

  /** The model's file and what to call it. @throws ApiError `not_found`. */
  async function modelFile(projectId: string, id: string): Promise<{ file: Uint8Array; fileName: string }> {
    const row = await rowOf(projectId, id)
    if (row.endpoint !== null) throw new ApiError('not_found', 'This model is served elsewhere: there is no file of it here.')
    return { file: await store.file(id), fileName: `${row.name}-${row.version}.plaudit-reward` }
  }

  /**
   * Puts a model to work or to rest, or sets how much it scores; the one active before is archived.
   * @throws ApiError `not_found`; `conflict` for a model without a report card that shall become active; `unprocessable` for one that cannot
   *   score here, as its encoder is another one.
   */
  async function changeModel(projectId: string, id: string, { state, sampleRate }: RewardModelChange, actor: string): Promise<RewardModel> {
    const row = await rowOf(projectId, id)
    if (state === 'active' && Object.keys(row.report).length === 0)
      throw new ApiError('conflict', 'This model has no report card yet: judge it on a data set before it becomes active.')
    // A model that cannot score here would only fill the log.
    if (state !== undefined && state !== 'archived' && row.endpoint === null) await scorers.scorerOf(row)
    if (state !== undefined && row.state !== state) await store.setState(row, state, actor, clock())
    if (sampleRate !== undefined) await store.setSampleRate(id, sampleRate)
    return getModel(projectId, id)
  }

  /** The report card as a page that prints. @throws ApiError `not_found` for an unknown model, or one without a card. */
  async function cardPage(projectId: string, id: string): Promise<{ html: string; fileName: string }> {
    const { name, version, report, createdAt, training } = await rowOf(projectId, id)
    if (Object.keys(report).length === 0) throw new ApiError('not_found', 'This model has no report card yet: judge it on a data set.')
    const dataset = training['dataset'] as { name: string; version: number; checksum: string } | undefined
    const notes = [
      `Registered ${createdAt.toISOString().slice(0, 10)}.`,
      ...(dataset === undefined ? [] : [`Data set ${dataset.name}@${dataset.version}, SHA-256 ${dataset.checksum}.`]),
    ]
    return {
      html: cardHtml(report as unknown as ReportCard, { title: `${name}@${version}`, notes, ...evidenceIn(training) }),
      fileName: `${name}-${version}.html`,
    }
  }

  /**
   * Scores outputs with a named model or the active one.
   * @throws ApiError `not_found` when there is no such model, or none is named and none is active.
   */
  async function score(projectId: string, { model: wanted, items }: RewardScoreInput): Promise<RewardScore> {
    const row = await modelFor(projectId, wanted)
    const model = modelKey(row)
    const scores = await scorers.score(
      row,
      items.map(({ input, output }) => ({ input: textOf(input), output: textOf(output) })),
    )
    return { items: scores.map((score) => ({ ...score, model })) }
  }

  /**
   * Where a score comes from. A model that is served elsewhere is asked for the whole output only: nothing is known of its parts.
   * @throws ApiError as `score`.
   */
  async function explain(projectId: string, { model: wanted, input, output }: RewardExplanationInput): Promise<RewardExplanation> {
    const row = await modelFor(projectId, wanted)
    const model = modelKey(row)
    const [question, answer] = [textOf(input), textOf(output)]
    if (row.endpoint === null) {
      const file = (await scorers.scorerOf(row)).model
      const needed = file.features.embedding === null ? undefined : await vectorsOf(projectId, [answer])
      return { model, ...explainReward(file, question, answer, { embedding: needed }) }
    }
    const [score] = await scorers.score(row, [{ input: question, output: answer }])
    return { model, ...score!, traits: [], words: null, vector: null, sentences: [], tokens: [] }
  }

  /**
   * The vectors of outputs by the server's encoder; undefined without one.
   * @throws ApiError `unprocessable` where it cannot be asked.
   */
  async function vectorsOf(projectId: string, outputs: Iterable<string>, options: EmbedOptions = {}): Promise<Embeddings | undefined> {
    const embedder = await embeddings.embedderOf(projectId)
    try {
      return await embedder?.embed(outputs, options)
    } catch (cause) {
      if (cause instanceof RewardError) throw new ApiError('unprocessable', cause.message, { cause })
      throw cause
    }
  }

  /** Whether a model still agrees with people, on what they judged since it was registered. */
  async function drift(projectId: string, id: string): Promise<RewardDrift> {
    const row = await rowOf(projectId, id)
    const pairs = []
    for await (const pair of preferencePairs(events, projectId, { receivedFrom: row.createdAt.toISOString() }))
      if (pair.tie !== true && pair.chosen !== pair.rejected) pairs.push(pair)
    const newest = pairs.toSorted((a, b) => a.time.localeCompare(b.time)).slice(-MOST_FRESH)
    const scores = await scorers.score(
      row,
      newest.flatMap(({ prompt, chosen, rejected }) => [chosen, rejected].map((output) => ({ input: prompt, output }))),
    )
    const fresh = newest.map(({ time, group }, i): FreshPair => {
      const margin = scores[2 * i]!.reward - scores[2 * i + 1]!.reward
      return { time, group, hit: margin > 0 ? 1 : margin === 0 ? 0.5 : 0 }
    })
    const { accuracy } = row.report as { accuracy?: { estimate?: number } }
    return driftOf(fresh, accuracy?.estimate ?? null)
  }

  async function modelFor(projectId: string, wanted: string | undefined): Promise<ModelRow> {
    if (wanted === undefined) {
      const active = await store.active(projectId)
      if (active === undefined)
        throw new ApiError('not_found', 'No reward model is active in this project: name one as "name@version", or make one active.')
      return active
    }
    const [, name, version] = /^(.*?)(?:@(\d{1,9}))?$/.exec(wanted) ?? []
    const row = z.uuid().safeParse(wanted).success
      ? await store.byId(projectId, wanted.toLowerCase())
      : await store.byName(projectId, name ?? wanted, version === undefined ? null : Number(version))
    if (row === undefined) throw new ApiError('not_found', `There is no reward model ${wanted} in this project.`)
    return row
  }

  /**
   * Begins the scoring of stored generations with a model; its progress is on the model. Spans that the model has scored are passed over.
   * @throws ApiError `conflict` while a run of this model is under way.
   */
  async function startBackfill(projectId: string, id: string, { from, to }: RewardBackfillInput): Promise<RewardModel> {
    const row = await rowOf(projectId, id)
    if (row.backfill?.state === 'running')
      throw new ApiError('conflict', 'This model is already scoring stored spans; stop that run first.')
    const now = clock().toISOString()
    const end = to ?? now
    const count = await spans.count(projectId, from === undefined ? 0 : Date.parse(from), Date.parse(end))
    const progress = { spans: count, passed: 0, scored: 0, startedAt: now, updatedAt: now }
    await store.setBackfill(id, { state: 'running', from: from ?? null, to: end, ...progress, cursor: null })
    return getModel(projectId, id)
  }

  /** Ends a run early; what was scored stays. @throws ApiError `not_found`. */
  async function stopBackfill(projectId: string, id: string): Promise<RewardModel> {
    const { backfill } = await rowOf(projectId, id)
    if (backfill?.state === 'running') await store.setBackfill(id, { ...backfill, state: 'stopped' })
    return getModel(projectId, id)
  }

  return {
    registerModel,
    registerExternal,
    setReport,
    listModels,
    getModel,
    modelFor,
    rowOf,
    modelFile,
    fileOf: store.file,
    scorers,
    vectorsOf,
    changeModel,
    cardPage,
    score,
    explain,
    drift,
    startBackfill,
    stopBackfill,
  }
}

/** How a model is named as the author of its scores. */
export function modelKey({ name, version }: Pick<ModelRow, 'name' | 'version'>): string {
  return `${name}@${version}`
}

function viewOf(row: ModelRow): RewardModel {
  const { id, name, version, state, createdBy, bytes, report, training, createdAt, activatedAt, endpoint, endpointKey, sampleRate } = row
  const times = { createdAt: createdAt.toISOString(), activatedAt: activatedAt?.toISOString() ?? null }
  const served = { endpoint: endpoint && { ...endpoint, hasKey: endpointKey !== null }, sampleRate }
  const backfill = row.backfill && { ...row.backfill, cursor: undefined }
  return { id, name, version, state, ...times, ...served, createdBy, bytes, report, training, backfill }
}

/** What each kind of feedback was worth, where the model says it. */
function evidenceIn({ evidence }: Record<string, unknown>): Pick<CardTitle, 'evidence'> {
  return typeof evidence === 'object' && evidence !== null ? { evidence: evidence as NonNullable<CardTitle['evidence']> } : {}
}

function readModelFile(file: Uint8Array): ModelFile {
  try {
    return readRewardModel(file)
  } catch (cause) {
    if (cause instanceof RewardError) throw new ApiError('invalid_argument', cause.message, { cause })
    throw cause
  }
}

function textOf(value: string | Message[]): string {
  return typeof value === 'string' ? value : messageText(value)
}
