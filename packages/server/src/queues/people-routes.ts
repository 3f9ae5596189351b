import { z } from '@hono/zod-openapi'
import {
  queuePersonChangeSchema,
  queuePersonSchema,
  personSkillsSchema,
  skillsSchema,
  uuidSchema,
  workloadQuerySchema,
  workloadSchema,
} from '@plaudit/protocol'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { peopleService } from './people-service.ts'
import { asReviewer } from './policy.ts'
import { workloadService } from './workload-service.ts'

const tags = ['Queues']
const params = z.object({ queueId: uuidSchema })
const personParams = params.extend({ personId: z.string().min(1).max(200) })

const list = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/people',
  tags,
  summary: 'Who works in a queue, and how',
  request: { params },
  responses: { 200: jsonContent(z.object({ items: z.array(queuePersonSchema) }), 'The most active first.') },
})
const me = guarded(secured('review:judge'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/me',
  tags,
  summary: 'Your own figures in a queue',
  request: { params },
  responses: { 200: jsonContent(z.object({ person: queuePersonSchema.nullable() }), 'Null before your first item.') },
})
const workload = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/queues/{queueId}/workload',
  tags,
  summary: 'How the work in a queue goes on',
  description:
    'Judgments by day and person, time at work, when the backlog is done, what it costs, and whose work somebody should look at.',
  request: { params, query: workloadQuerySchema },
  responses: { 200: jsonContent(workloadSchema, 'Figures with their intervals.') },
})
const change = guarded(secured('review:write'), {
  method: 'patch',
  path: '/api/v1/queues/{queueId}/people/{personId}',
  tags,
  summary: 'Stop handing out work to a person, or go on',
  request: { params: personParams, body: jsonBody(queuePersonChangeSchema) },
  responses: { 204: { description: 'Done.' } },
})
const listSkills = guarded(secured('review:read'), {
  method: 'get',
  path: '/api/v1/people/skills',
  tags,
  summary: 'The skills of people in this project',
  responses: { 200: jsonContent(z.object({ items: z.array(personSkillsSchema) }), 'Everybody who has some.') },
})
const skills = guarded(secured('review:write'), {
  method: 'put',
  path: '/api/v1/people/{personId}/skills',
  tags,
  summary: 'Set the skills of a person in this project',
  request: { params: z.object({ personId: z.string().min(1).max(200) }), body: jsonBody(skillsSchema) },
  responses: { 204: { description: 'Done.' } },
})

/** Routes of the people who work in queues. */
export function peopleRoutes(context: ServerContext) {
  const service = peopleService(context)
  const figures = workloadService(context)
  return newRoutes()
    .openapi(list, async (c) => c.json({ items: await service.peopleOf(c.var.projectId, c.req.valid('param').queueId) }, 200))
    .openapi(me, async (c) => {
      const { person } = asReviewer(c.var.principal)
      const [own] = await service.peopleOf(c.var.projectId, c.req.valid('param').queueId, person.id)
      return c.json({ person: own ?? null }, 200)
    })
    .openapi(workload, async (c) => {
      const { queueId } = c.req.valid('param')
      return c.json(await figures.workload(c.var.projectId, queueId, c.req.valid('query').days), 200)
    })
    .openapi(change, async (c) => {
      const { queueId, personId } = c.req.valid('param')
      const { paused, reason } = c.req.valid('json')
      await service.setPaused(c.var.projectId, queueId, personId, paused ? reason || 'paused by a lead.' : null)
      return c.body(null, 204)
    })
    .openapi(listSkills, async (c) => c.json({ items: await service.skills(c.var.projectId) }, 200))
    .openapi(skills, async (c) => {
      await service.setSkills(c.var.projectId, c.req.valid('param').personId, c.req.valid('json').skills)
      return c.body(null, 204)
    })
}
