import { overviewQuerySchema, overviewSchema } from '@plaudit/protocol'
import { jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { insightService } from './service.ts'

const overview = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/overview',
  tags: ['Insights'],
  summary: 'Volume, feedback rate and scores by prompt version and model',
  description:
    'About the traces that start in the window (left out: the newest 30 days of data) and all judgments on them. Means have 95 % intervals ' +
    'that allow for the judgments of one trace being alike; judgments of people, models and code stay apart. With `population` they are of production ' +
    'traffic (by inclusion probabilities where every judgment has one, else strata in the proportions of each variant’s traffic) or of a target of given shares.',
  request: { query: overviewQuerySchema },
  responses: { 200: jsonContent(overviewSchema, 'The overview.') },
})

/** Routes of insights. */
export function insightRoutes(context: ServerContext) {
  const service = insightService(context)
  return newRoutes().openapi(overview, async (c) => c.json(await service.overview(c.var.projectId, c.req.valid('query')), 200))
}
