import { z } from '@hono/zod-openapi'
import { projectKeyCreatedSchema, projectKeyInputSchema, projectKeySchema, uuidSchema } from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { keyService } from './service.ts'

const tags = ['Keys']
const path = '/api/v1/projects/{projectId}/keys'
const projectParam = z.object({ projectId: uuidSchema })

const list = guarded(secured('key:read'), {
  method: 'get',
  path,
  tags,
  summary: "List the project's keys",
  request: { params: projectParam },
  responses: { 200: jsonContent(z.object({ items: z.array(projectKeySchema) }), 'Keys that have not been revoked; no secrets.') },
})

const create = guarded(secured('key:write'), {
  method: 'post',
  path,
  tags,
  summary: 'Create a pair of keys',
  request: { params: projectParam, body: jsonBody(projectKeyInputSchema) },
  responses: { 201: jsonContent(projectKeyCreatedSchema, 'The pair. The secret key is shown this once.') },
})

const revoke = guarded(secured('key:write'), {
  method: 'delete',
  path: `${path}/{id}`,
  tags,
  summary: 'Revoke a pair of keys',
  description: 'Both keys stop working at once on the server that answers, and within five seconds on others that share its stores.',
  request: { params: projectParam.extend({ id: uuidSchema }) },
  responses: { 204: { description: 'They no longer work.' } },
})

/** Routes of project keys. */
export function keyRoutes(context: ServerContext) {
  const service = keyService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json({ items: await service.listKeys(c.var.projectId) }, 200))
    .openapi(create, async (c) => {
      const { projectId, principal } = c.var
      return c.json(await service.createKey(projectId, c.req.valid('json').name, principalId(principal)), 201)
    })
    .openapi(revoke, async (c) => {
      const { projectId, principal } = c.var
      await service.revokeKey(projectId, c.req.valid('param').id, principalId(principal))
      return c.body(null, 204)
    })
}
