import { z } from '@hono/zod-openapi'
import {
  datasetDiffSchema,
  datasetImportSchema,
  datasetInputSchema,
  datasetPageSchema,
  datasetQuerySchema,
  datasetRowPageSchema,
  datasetRowQuerySchema,
  datasetSchema,
  uuidSchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { datasetService } from './service.ts'

const MEBIBYTE = 1_048_576
const tags = ['Data sets']
const idParam = z.object({ id: uuidSchema })
const binary = { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } }
const jsonLines = { ['application/x-ndjson' as string]: { schema: { type: 'string' as const } } }

const list = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/datasets',
  tags,
  summary: 'List data sets, newest first',
  request: { query: datasetQuerySchema },
  responses: { 200: jsonContent(datasetPageSchema, 'Every version of every data set.') },
})

const create = guarded(secured('reward:write'), {
  method: 'post',
  path: '/api/v1/datasets',
  tags,
  summary: 'Make a data set from feedback, from other data sets, or both',
  description:
    'The next version of its name. It is made in the background; `state` says when it is ready, and from then on it never changes.',
  request: { body: jsonBody(datasetInputSchema) },
  responses: { 202: jsonContent(datasetSchema, 'The data set, still being made.') },
})

const importFile = guarded(secured('reward:write', { maxBodyBytes: 256 * MEBIBYTE }), {
  method: 'post',
  path: '/api/v1/datasets/import',
  tags,
  summary: 'Make a data set from a file of feedback',
  description:
    'JSON lines of `{prompt, chosen, rejected}` with texts or messages, `{prompt, completion, label}`, `{prompt, output, rating, levels}`, HH-RLHF transcripts, or QA-Feedback; also packed with gzip.',
  request: { query: datasetImportSchema, body: { required: true, content: binary } },
  responses: { 202: jsonContent(datasetSchema, 'The data set, still being made.') },
})

const get = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/datasets/{id}',
  tags,
  summary: 'Get one data set with its card',
  request: { params: idParam },
  responses: { 200: jsonContent(datasetSchema, 'The data set.') },
})

const rows = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/datasets/{id}/rows',
  tags,
  summary: 'List rows, each with the judgments and traces that it comes from',
  request: { params: idParam, query: datasetRowQuerySchema },
  responses: { 200: jsonContent(datasetRowPageSchema, 'A page of rows.') },
})

const file = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/datasets/{id}/file',
  tags,
  summary: 'Download a data set',
  request: { params: idParam },
  responses: {
    200: {
      description:
        'JSON lines, whose SHA-256 is the checksum. Thumbs have the shape of TRL’s unpaired preferences, `{prompt, completion, label}`.',
      content: jsonLines,
    },
  },
})

const diff = guarded(secured('reward:read'), {
  method: 'get',
  path: '/api/v1/datasets/{id}/diff',
  tags,
  summary: 'What changed since an earlier version',
  request: { params: idParam, query: z.object({ since: uuidSchema }) },
  responses: { 200: jsonContent(datasetDiffSchema, 'Counts and examples.') },
})

/** Routes of data sets. */
export function datasetRoutes(context: ServerContext) {
  const service = datasetService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json(await service.listDatasets(c.var.projectId, c.req.valid('query')), 200))
    .openapi(create, async (c) =>
      c.json(await service.createDataset(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 202),
    )
    .openapi(importFile, async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer())
      return c.json(await service.importDataset(c.var.projectId, c.req.valid('query'), body, principalId(c.var.principal)), 202)
    })
    .openapi(get, async (c) => c.json(await service.getDataset(c.var.projectId, c.req.valid('param').id), 200))
    .openapi(rows, async (c) => c.json(await service.listRows(c.var.projectId, c.req.valid('param').id, c.req.valid('query')), 200))
    .openapi(file, async (c) => {
      const { lines, fileName } = await service.datasetLines(c.var.projectId, c.req.valid('param').id)
      return c.body(ReadableStream.from(lines), 200, {
        'content-type': 'application/x-ndjson',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      })
    })
    .openapi(diff, async (c) => c.json(await service.diff(c.var.projectId, c.req.valid('param').id, c.req.valid('query').since), 200))
}
