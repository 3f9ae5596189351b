import { z } from '@hono/zod-openapi'
import {
  pageQuery,
  rubricChangeSchema,
  rubricInputSchema,
  rubricPageSchema,
  rubricSchema,
  uuidSchema,
  versionQuerySchema,
} from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { rubricService } from './service.ts'

const tags = ['Rubrics']
const idParam = z.object({ id: uuidSchema })

const list = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/rubrics',
  tags,
  summary: 'List rubrics, by name',
  request: { query: z.object(pageQuery) },
  responses: { 200: jsonContent(rubricPageSchema, 'The newest version of each.') },
})
const create = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/rubrics',
  tags,
  summary: 'Create a rubric',
  request: { body: jsonBody(rubricInputSchema) },
  responses: { 201: jsonContent(rubricSchema, 'Its first version.') },
})
const get = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/rubrics/{id}',
  tags,
  summary: 'Get a rubric, the newest version unless one is named',
  request: { params: idParam, query: versionQuerySchema },
  responses: { 200: jsonContent(rubricSchema, 'The version.') },
})
const versions = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/rubrics/{id}/versions',
  tags,
  summary: 'All versions of a rubric, newest first',
  request: { params: idParam },
  responses: { 200: jsonContent(z.object({ items: z.array(rubricSchema) }), 'The versions.') },
})
const change = guarded(secured('review:write'), {
  method: 'post',
  path: '/api/v1/rubrics/{id}/versions',
  tags,
  summary: 'Add a version',
  description: 'Judgments keep the version they were made with. Queues go on with the new one.',
  request: { params: idParam, body: jsonBody(rubricChangeSchema) },
  responses: { 201: jsonContent(rubricSchema, 'The new version.') },
})
const archive = guarded(secured('review:write'), {
  method: 'patch',
  path: '/api/v1/rubrics/{id}',
  tags,
  summary: 'Archive a rubric, or bring it back',
  request: { params: idParam, body: jsonBody(z.object({ archived: z.boolean() })) },
  responses: { 200: jsonContent(rubricSchema, 'The newest version.') },
})

/** Routes of rubrics. */
export function rubricRoutes(context: ServerContext) {
  const service = rubricService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json(await service.listRubrics(c.var.projectId, c.req.valid('query')), 200))
    .openapi(create, async (c) =>
      c.json(await service.createRubric(c.var.projectId, c.req.valid('json'), principalId(c.var.principal)), 201),
    )
    .openapi(get, async (c) => c.json(await service.getRubric(c.var.projectId, c.req.valid('param').id, c.req.valid('query').version), 200))
    .openapi(versions, async (c) => c.json({ items: await service.versionsOf(c.var.projectId, c.req.valid('param').id) }, 200))
    .openapi(change, async (c) => {
      const { projectId, principal } = c.var
      return c.json(await service.changeRubric(projectId, c.req.valid('param').id, c.req.valid('json'), principalId(principal)), 201)
    })
    .openapi(archive, async (c) =>
      c.json(await service.setArchived(c.var.projectId, c.req.valid('param').id, c.req.valid('json').archived), 200),
    )
}
