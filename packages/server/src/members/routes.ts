import { z } from '@hono/zod-openapi'
import { memberAddedSchema, memberChangeSchema, memberInputSchema, memberSchema, uuidSchema } from '@plaudit/protocol'
import { principalId } from '../access/principal.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { memberService } from './service.ts'

const tags = ['Members']
const path = '/api/v1/projects/{projectId}/members'
const projectParam = z.object({ projectId: uuidSchema })
const memberParam = projectParam.extend({ personId: z.string().min(1).max(100) })

const list = guarded(secured('member:read'), {
  method: 'get',
  path,
  tags,
  summary: 'List who belongs to the project',
  request: { params: projectParam },
  responses: { 200: jsonContent(z.object({ items: z.array(memberSchema) }), 'All members.') },
})

const add = guarded(secured('member:write'), {
  method: 'post',
  path,
  tags,
  summary: 'Add a person to the project',
  description: 'Who has no account yet gets one, with a one-time password to hand over.',
  request: { params: projectParam, body: jsonBody(memberInputSchema) },
  responses: { 201: jsonContent(memberAddedSchema, 'The member. A one-time password is shown this once.') },
})

const change = guarded(secured('member:write'), {
  method: 'patch',
  path: `${path}/{personId}`,
  tags,
  summary: "Change a member's role",
  description: 'It holds at once on the server that answers, and within five seconds on others that share its stores.',
  request: { params: memberParam, body: jsonBody(memberChangeSchema) },
  responses: { 204: { description: 'The role holds from the next request on.' } },
})

const remove = guarded(secured('member:write'), {
  method: 'delete',
  path: `${path}/{personId}`,
  tags,
  summary: 'Remove a member',
  description: 'Their judgments stay. It holds at once here, and within five seconds on other servers that share the stores.',
  request: { params: memberParam },
  responses: { 204: { description: 'They no longer belong to the project.' } },
})

/** Routes of a project's members. */
export function memberRoutes(context: ServerContext) {
  const service = memberService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json({ items: await service.listMembers(c.var.projectId) }, 200))
    .openapi(add, async (c) => {
      const { projectId, principal } = c.var
      return c.json(await service.addMember(projectId, c.req.valid('json'), principalId(principal)), 201)
    })
    .openapi(change, async (c) => {
      const { projectId, principal } = c.var
      await service.changeRole(projectId, c.req.valid('param').personId, c.req.valid('json').role, principalId(principal))
      return c.body(null, 204)
    })
    .openapi(remove, async (c) => {
      const { projectId, principal } = c.var
      await service.removeMember(projectId, c.req.valid('param').personId, principalId(principal))
      return c.body(null, 204)
    })
}
