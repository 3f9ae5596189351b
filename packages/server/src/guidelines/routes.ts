import { z } from '@hono/zod-openapi'
import {
  ApiError,
  pageQuery,
  guidelineChangeSchema,
  guidelineInputSchema,
  guidelinePageSchema,
  guidelineSchema,
  uuidSchema,
  versionQuerySchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { guidelineService } from './service.ts'

const tags = ['Guidelines']
const idParam = z.object({ id: uuidSchema })

const list = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/guidelines',
  tags,
  summary: 'List guidelines, by name',
  request: { query: z.object(pageQuery) },
  responses: { 200: jsonContent(guidelinePageSchema, 'The newest version of each.') },
})
const create = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/guidelines',
  tags,
  summary: 'Create a guideline',
  request: { body: jsonBody(guidelineInputSchema) },
  responses: { 201: jsonContent(guidelineSchema, 'Its first version.') },
})
const get = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/guidelines/{id}',
  tags,
  summary: 'Get a guideline, the newest version unless one is named',
  request: { params: idParam, query: versionQuerySchema },
  responses: { 200: jsonContent(guidelineSchema, 'The version.') },
})
const versions = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/guidelines/{id}/versions',
  tags,
  summary: 'All versions of a guideline, newest first',
  request: { params: idParam },
  responses: { 200: jsonContent(z.object({ items: z.array(guidelineSchema) }), 'The versions.') },
})
const change = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/guidelines/{id}/versions',
  tags,
  summary: 'Add a version',
  description: 'Judgments are stamped with the version they were made under. Reviewers acknowledge the new one before they go on.',
  request: { params: idParam, body: jsonBody(guidelineChangeSchema) },
  responses: { 201: jsonContent(guidelineSchema, 'The new version.') },
})
const archive = guarded(secured('review:write'), {
  method: 'patch',
  path: '/api/v1/guidelines/{id}',
  tags,
  summary: 'Archive a guideline, or bring it back',
  request: { params: idParam, body: jsonBody(z.object({ archived: z.boolean() })) },
  responses: { 200: jsonContent(guidelineSchema, 'The newest version.') },
})

const acknowledge = guarded(secured('review:judge'), {
  method: 'post',
  path: '/api/v1/guidelines/{id}/versions/{version}/acknowledge',
  tags,
  summary: 'Say that you have read a version',
  request: { params: idParam.extend({ version: z.coerce.number().int().min(1) }) },
  responses: { 204: { description: 'Noted.' } },
})

/** Routes of guidelines. */
export function guidelineRoutes(context: ServerContext) {
  const service = guidelineService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json(await service.listGuidelines(c.var.projectId, c.req.valid('query')), 200))
    .openapi(create, async (c) =>
      c.json(await service.createGuideline(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 201),
    )
    .openapi(get, async (c) =>
      c.json(await service.getGuideline(c.var.projectId, c.req.valid('param').id, c.req.valid('query').version), 200),
    )
    .openapi(versions, async (c) => c.json({ items: await service.versionsOf(c.var.projectId, c.req.valid('param').id) }, 200))
    .openapi(change, async (c) => {
      const { projectId, principal } = c.var
      return c.json(await service.changeGuideline(projectId, c.req.valid('param').id, c.req.valid('json'), principalId(principal)), 201)
    })
    .openapi(archive, async (c) =>
      c.json(await service.setArchived(c.var.projectId, c.req.valid('param').id, c.req.valid('json').archived), 200),
    )
    .openapi(acknowledge, async (c) => {
      const { projectId, principal } = c.var
      const { id, version } = c.req.valid('param')
      if (principal.kind !== 'person') throw new ApiError('forbidden', 'Only a person can have read a guideline; sign in.')
      await service.acknowledge(projectId, id, version, principal.person.id)
      return c.body(null, 204)
    })
}
