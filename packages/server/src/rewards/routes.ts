import {
  rewardBackfillInputSchema,
  rewardModelNameSchema,
  rewardModelSchema,
  rewardModelStateSchema,
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

const setState = guarded(secured('reward:write'), {
  method: 'patch',
  path: '/api/v1/reward/models/{id}',
  tags,
  summary: 'Put a reward model to work or to rest',
  description:
    'Active: scores every new generation, and answers where no model is named. Shadow: scores beside the active one. Archived: only when ' +
    'named. The model active before is archived; making an older version active again is the rollback.',
  request: { params: idParam, body: jsonBody(z.object({ state: rewardModelStateSchema })) },
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
      const { id } = c.req.valid('param')
      return c.json(await service.setState(c.var.projectId, id, c.req.valid('json').state, principalId(c.var.principal)), 200)
    })
    .openapi(backfill, async (c) => {
      return c.json(await service.startBackfill(c.var.projectId, c.req.valid('param').id, c.req.valid('json')), 202)
    })
    .openapi(stopBackfill, async (c) => c.json(await service.stopBackfill(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(score, async (c) => c.json(await service.score(c.var.projectId, c.req.valid('json')), 200))
    .openapi(pairs, async (c) => {
      const { criterion } = c.req.valid('query')
      const lines = jsonLinesOf(preferencePairs(context.events, c.var.projectId, criterion ?? null))
      return c.body(ReadableStream.from(lines), 200, { 'content-type': 'application/x-ndjson' })
    })
}

async function* jsonLinesOf(records: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const record of records) yield encoder.encode(`${JSON.stringify(record)}\n`)
}
