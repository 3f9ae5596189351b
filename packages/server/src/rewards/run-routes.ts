import { z } from '@hono/zod-openapi'
import {
  rewardComparisonInputSchema,
  rewardComparisonSchema,
  rewardRunInputSchema,
  rewardRunSchema,
  rewardSelectionInputSchema,
  rewardSelectionSchema,
  uuidSchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { comparisonService } from './comparison-service.ts'
import { runService } from './run-service.ts'
import { selectionService } from './selection-service.ts'

const tags = ['Reward models']
const idParam = z.object({ id: uuidSchema })
const run = (description: string) => jsonContent(rewardRunSchema, description)

const start = guarded(secured('reward:write'), {
  method: 'post',
  path: '/api/v1/reward/runs',
  tags,
  summary: 'Train on a data set, or judge a model by one',
  description:
    'A training makes the next version of a name from the training side, archived, with its report card. A judgment gives the card of a model ' +
    'on the test side; for a model that is served elsewhere it becomes its report card. Both go on in the background.',
  request: { body: jsonBody(rewardRunInputSchema) },
  responses: { 202: run('The run, waiting.') },
})

const list = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/runs',
  tags,
  summary: 'List runs, newest first',
  responses: { 200: jsonContent(z.object({ items: z.array(rewardRunSchema) }), 'The last 100 runs.') },
})

const get = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/reward/runs/{id}',
  tags,
  summary: 'Get one run with its progress',
  request: { params: idParam },
  responses: { 200: run('The run.') },
})

const cancel = guarded(secured('reward:write'), {
  method: 'delete',
  path: '/api/v1/reward/runs/{id}',
  tags,
  summary: 'Cancel a run',
  request: { params: idParam },
  responses: { 200: run('The run; one that was over stays as it was.') },
})

const compare = guarded(secured('reward:read'), {
  method: 'post',
  path: '/api/v1/reward/compare',
  tags,
  summary: 'Compare two models',
  description:
    'On the test side of a data set, by a paired test that keeps pairs of one prompt together. Pairs whose prompt either was trained on are ' +
    'left out.',
  request: { body: jsonBody(rewardComparisonInputSchema) },
  responses: { 200: jsonContent(rewardComparisonSchema, 'The difference with its interval.') },
})

const select = guarded(secured('reward:write'), {
  method: 'post',
  path: '/api/v1/reward/select',
  tags,
  summary: 'Choose what people should judge next',
  description:
    'The scored outputs, or pairs of outputs for one input, that a rule puts first, and beside them a uniform slice of everything else. Every ' +
    'item has its inclusion probability, so that estimates over all traffic stay possible. With a queue, they are added to it. No claim is made ' +
    'that a rule teaches a model faster than a blind choice.',
  request: { body: jsonBody(rewardSelectionInputSchema) },
  responses: { 200: jsonContent(rewardSelectionSchema, 'What was chosen, and why.') },
})

/** Routes of trainings, judgments, and of what to judge next. */
export function runRoutes(context: ServerContext) {
  const service = runService(context)
  const selection = selectionService(context)
  const comparison = comparisonService(context)
  return newRoutes()
    .openapi(start, async (c) => c.json(await service.start(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 202))
    .openapi(list, async (c) => c.json({ items: await service.listRuns(c.var.projectId) }, 200))
    .openapi(compare, async (c) => c.json(await comparison.compare(c.var.projectId, c.req.valid('json')), 200))
    .openapi(select, async (c) => c.json(await selection.select(c.var.projectId, c.req.valid('json')), 200))
    .openapi(get, async (c) => c.json(await service.getRun(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(cancel, async (c) => c.json(await service.cancel(c.var.projectId, c.req.valid('param').id), 200))
}
