import { z } from '@hono/zod-openapi'
import { projectInputSchema, projectSchema, uuidSchema } from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured, signedIn } from '../http/route.ts'
import { projectService } from './service.ts'

const tags = ['Projects']
const projectParam = z.object({ projectId: uuidSchema })

const create = guarded(signedIn(), {
  method: 'post',
  path: '/api/v1/projects',
  tags,
  summary: 'Create a project',
  description: 'Whoever creates it is its owner.',
  request: { body: jsonBody(projectInputSchema) },
  responses: { 201: jsonContent(projectSchema, 'The project.') },
})

const rename = guarded(secured('project:write'), {
  method: 'patch',
  path: '/api/v1/projects/{projectId}',
  tags,
  summary: 'Rename a project',
  request: { params: projectParam, body: jsonBody(projectInputSchema) },
  responses: { 200: jsonContent(projectSchema, 'The project.') },
})

const remove = guarded(secured('project:write'), {
  method: 'delete',
  path: '/api/v1/projects/{projectId}',
  tags,
  summary: 'Delete a project and everything in it',
  description: 'Its keys stop working at once; its traces and feedback are erased within a minute. Nothing brings it back.',
  request: { params: projectParam },
  responses: { 204: { description: 'It is gone.' } },
})

/** Routes of projects. */
export function projectRoutes(context: ServerContext) {
  const service = projectService(context)
  return newRoutes()
    .openapi(create, async (c) => {
      const { person } = c.var
      const { name } = c.req.valid('json')
      return c.json(await service.createOwnProject(name, person.id), 201)
    })
    .openapi(rename, async (c) => {
      const { projectId, principal } = c.var
      return c.json(await service.renameProject(projectId, c.req.valid('json').name, principalId(principal)), 200)
    })
    .openapi(remove, async (c) => {
      await service.deleteProject(c.var.projectId, principalId(c.var.principal))
      return c.body(null, 204)
    })
}
