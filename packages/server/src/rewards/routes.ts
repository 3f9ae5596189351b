import {
  ApiError,
  externalRewardModelInputSchema,
  rewardBackfillInputSchema,
  rewardDriftSchema,
  rewardEmbeddingsSchema,
  rewardExplanationInputSchema,
  rewardExplanationSchema,
  rewardModelChangeSchema,
  rewardModelNameSchema,
  rewardModelSchema,
  rewardScoreInputSchema,
  rewardScoreSchema,
  uuidSchema,
} from '@plaudit/protocol'
import { z } from '@hono/zod-openapi'
import { principalId } from '../access/principal.ts'
import type { ServerContext } from '../http/context.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { preferencePairs } from './pairs.ts'
import { rewardService } from './service.ts'

const MEBIBYTE = 1_048_576
const tags = ['Reward models']
const idParam = z.object({ id: uuidSchema })
const binary = { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } }
/** The name is widened to a plain string because only then does the library's type not take these lines for one JSON value. */
const jsonLines = { ['application/x-ndjson' as string]: { schema: { type: 'string' as const } } }
const model = (description: string) => jsonContent(rewardModelSchema, description)

const register = guarded(secured('reward:write', { maxBodyBytes: 64 * MEBIBYTE }), {
  method: 'post',
  path: '/api/v1/reward/models',
  tags,
  summary: 'Register a reward model',
  description:
    'The body is a model file of `plaudit reward train`. It becomes the next version of its name, archived: a person with its report card ' +
    'before them makes it active or shadow.',
  request: { query: z.object({ name: rewardModelNameSchema }), body: { required: true, content: binary } },
  responses: { 201: model('The model.') },
})

const registerExternal = guarded(secured('reward:write'), {
  method: 'post',
  path: '/api/v1/reward/models/external',
  tags,
  summary: 'Register a reward model that is served elsewhere',
  description:
    'It answers our own score request or vLLM’s `/classify`. It becomes the next version of its name, archived and without a report card: judge ' +
    'it on a data set first. Its address may be on your own network; link-local addresses are refused and redirects not followed. The key is ' +
    'kept encrypted and never shown.',
  request: { body: jsonBody(externalRewardModelInputSchema) },
  responses: { 201: model('The model.') },
})

const list = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/models',
  tags,
  summary: 'List reward models, newest first',
  responses: { 200: jsonContent(z.object({ items: z.array(rewardModelSchema) }), 'Every version of every model.') },
})

const get = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/models/{id}',
  tags,
  summary: 'Get one reward model with its report card',
  request: { params: idParam },
  responses: { 200: model('The model.') },
})

const download = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/models/{id}/file',
  tags,
  summary: 'Download a model file',
  request: { params: idParam },
  responses: { 200: { description: 'The file, which `plaudit reward` reads.', content: binary } },
})

const card = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/models/{id}/card',
  tags,
  summary: 'The report card as a page that prints',
  request: { params: idParam },
  responses: {
    200: {
      description: 'HTML without anything outside it.',
      content: { ['text/html' as string]: { schema: { type: 'string' as const } } },
    },
  },
})

const drift = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/models/{id}/drift',
  tags,
  summary: 'Whether a model still agrees with people',
  description:
    'On the comparisons that people made since it was registered, with an interval that holds however often it is looked at and a CUSUM alarm.',
  request: { params: idParam },
  responses: { 200: jsonContent(rewardDriftSchema, 'Accuracy, interval, alarm.') },
})

const explain = guarded(secured('reward:score', { maxBodyBytes: 2 * MEBIBYTE }), {
  method: 'post',
  path: '/api/v1/reward/explain',
  tags,
  summary: 'Explain a score',
  description: 'By the traits of the output, and by what would change without each of its sentences and words.',
  request: { body: jsonBody(rewardExplanationInputSchema) },
  responses: { 200: jsonContent(rewardExplanationSchema, 'The score and where it comes from.') },
})

const setState = guarded(secured('reward:write'), {
  method: 'patch',
  path: '/api/v1/reward/models/{id}',
  tags,
  summary: 'Put a reward model to work or to rest, or set how much it scores',
  description:
    'Active: scores every new generation, and answers where no model is named. Shadow: scores beside the active one. Archived: only when ' +
    'named. Only a person makes a model active, never a key; it must have a report card. The model active before is archived; making an older ' +
    'version active again is the rollback. `sampleRate` is the share of new generations that it scores.',
  request: { params: idParam, body: jsonBody(rewardModelChangeSchema) },
  responses: { 200: model('The model.') },
})

const backfill = guarded(secured('reward:write'), {
  method: 'post',
  path: '/api/v1/reward/models/{id}/backfill',
  tags,
  summary: 'Score stored generations',
  description:
    'Begins a run over the generations that start in a time; what the model has scored is passed over. The model shows its progress.',
  request: { params: idParam, body: jsonBody(rewardBackfillInputSchema) },
  responses: { 202: model('The model with its run.') },
})

const stopBackfill = guarded(secured('reward:write'), {
  method: 'delete',
  path: '/api/v1/reward/models/{id}/backfill',
  tags,
  summary: 'Stop scoring stored generations',
  request: { params: idParam },
  responses: { 200: model('The model; what was scored stays.') },
})

const score = guarded(secured('reward:score', { maxBodyBytes: 16 * MEBIBYTE }), {
  method: 'post',
  path: '/api/v1/reward/score',
  tags,
  summary: 'Score outputs',
  description:
    'Up to 1,000 outputs with the input that each answers, as text or messages. The difference of two rewards for one input is the log-odds ' +
    'that people prefer the first output.',
  request: { body: jsonBody(rewardScoreInputSchema) },
  responses: { 200: jsonContent(rewardScoreSchema, 'One score for each output, in order.') },
})

const embeddings = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/embeddings',
  tags,
  summary: 'The encoder of this server, and what vectors have cost the project',
  description: 'An encoder is named in `PLAUDIT_EMBEDDINGS` when the server starts. Each output is embedded once; its vector is kept.',
  responses: { 200: jsonContent(rewardEmbeddingsSchema, 'The encoder, and its use.') },
})

const pairs = guarded(secured('feedback:read'), {
  method: 'get',
  path: '/api/v1/reward/pairs',
  tags,
  summary: 'Download preference pairs for training',
  description: 'One pair a line, from comparisons, corrections and rankings that people gave. `plaudit reward train` reads this.',
  request: { query: z.object({ criterion: z.string().max(200).optional() }) },
  responses: { 200: { description: 'JSON lines.', content: jsonLines } },
})

/** Routes of reward models. */
export function rewardRoutes(context: ServerContext) {
  const service = rewardService(context)
  return newRoutes()
    .openapi(register, async (c) => {
      const file = new Uint8Array(await c.req.arrayBuffer())
      return c.json(await service.registerModel(c.var.projectId, c.req.valid('query').name, file, principalId(c.var.principal)), 201)
    })
    .openapi(list, async (c) => c.json({ items: await service.listModels(c.var.projectId) }, 200))
    .openapi(get, async (c) => c.json(await service.getModel(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(download, async (c) => {
      const { file, fileName } = await service.modelFile(c.var.projectId, c.req.valid('param').id)
      return c.body(new Uint8Array(file), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      })
    })
    .openapi(setState, async (c) => {
      const change = c.req.valid('json')
      if (change.state === 'active' && c.var.principal.kind === 'key')
        throw new ApiError(
          'forbidden',
          'Only a person makes a reward model active, with its report card before them: do it in the web app.',
        )
      return c.json(await service.changeModel(c.var.projectId, c.req.valid('param').id, change, principalId(c.var.principal)), 200)
    })
    .openapi(registerExternal, async (c) =>
      c.json(await service.registerExternal(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 201),
    )
    .openapi(card, async (c) => {
      const { html, fileName } = await service.cardPage(c.var.projectId, c.req.valid('param').id)
      return c.body(html, 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      })
    })
    .openapi(drift, async (c) => c.json(await service.drift(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(explain, async (c) => c.json(await service.explain(c.var.projectId, c.req.valid('json')), 200))
    .openapi(backfill, async (c) => {
      return c.json(await service.startBackfill(c.var.projectId, c.req.valid('param').id, c.req.valid('json')), 202)
    })
    .openapi(stopBackfill, async (c) => c.json(await service.stopBackfill(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(score, async (c) => c.json(await service.score(c.var.projectId, c.req.valid('json')), 200))
    .openapi(embeddings, async (c) => c.json(await context.embeddings.overview(c.var.projectId), 200))
    .openapi(pairs, async (c) => {
      const { criterion } = c.req.valid('query')
      const lines = jsonLinesOf(preferencePairs(context.events, c.var.projectId, { criterion }))
      return c.body(ReadableStream.from(lines), 200, { 'content-type': 'application/x-ndjson' })
    })
}

async function* jsonLinesOf(records: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const record of records) yield encoder.encode(`${JSON.stringify(record)}\n`)
}
