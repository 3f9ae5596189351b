import { z } from '@hono/zod-openapi'
import {
  agreementQuerySchema,
  agreementReportSchema,
  ApiError,
  biasReportSchema,
  consensusPageSchema,
  consensusQuerySchema,
  consensusSourceSchema,
  coverageQuerySchema,
  coverageReportSchema,
  dimensionReportSchema,
  myFiguresSchema,
  qualitySelectionSchema,
  type ReportProgress,
  reportProgressSchema,
  reviewerReportSchema,
  sliceKeysSchema,
} from '@plaudit/protocol'
import type { Context } from 'hono'
import { jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import { consensusService } from './consensus-service.ts'
import { qualityService } from './service.ts'

const tags = ['Quality']
const later = jsonContent(reportProgressSchema, 'It is still being made, so far: ask again.')

const agreement = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/quality/agreement',
  tags,
  summary: 'Agreement between reviewers by criterion',
  description:
    "Krippendorff's alpha on each criterion's level, raw agreement, the noise ceiling and what they mean, over the newest judgment of each " +
    'reviewer on each item; by slice with `by`. With `population` items are weighted to production traffic or to a target of given shares. Above 400,000 judgments a share of the items is read, and says so.',
  request: { query: agreementQuerySchema },
  responses: { 200: jsonContent(agreementReportSchema, 'The report.'), 202: later },
})

const sliceKeys = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/quality/slice-keys',
  tags,
  summary: 'Metadata that reports can be cut by',
  responses: { 200: jsonContent(sliceKeysSchema, 'Keys with two to 50 values on judged traces, the most used first.') },
})

const consensus = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/quality/consensus',
  tags,
  summary: 'Items that several people judged: consensus, posterior and votes',
  description:
    'Those whose votes are farthest apart first. The consensus is inferred from all judgments on the criterion (choices by Dawid–Skene, or with ' +
    'one number a reviewer where judgments are few; numbers corrected for severity and noise; of marks the stretches of a majority) and holds every judgment that was there at the request.',
  request: { query: consensusQuerySchema },
  responses: { 200: jsonContent(consensusPageSchema, 'One page.') },
})

const consensusSources = guarded(secured('reviewer:read'), {
  method: 'get',
  path: '/api/v1/quality/consensus/sources',
  tags,
  summary: 'Where the consensus on each criterion comes from',
  responses: { 200: jsonContent(z.object({ items: z.array(consensusSourceSchema) }), 'By criterion: method, fit and reviewers.') },
})

const coverage = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/quality/coverage',
  tags,
  summary: 'What reviewers judged beside the traffic, and the scores of each population',
  description:
    'Traces by stratum with χ² and the population stability index, strata without any judgment, and the effective number of judged traces. Mean ' +
    'scores as sampled, for production traffic (by inclusion probabilities where every judgment has one, else post-stratified) and for a target of given shares.',
  request: { query: coverageQuerySchema },
  responses: { 200: jsonContent(coverageReportSchema, 'The report.'), 202: later },
})

const dimensions = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/quality/dimensions',
  tags,
  summary: 'What people say that no criterion asks about',
  description:
    'The newest 5,000 comments (reasons, texts, notes on marks, reasons of flags and corrections) grouped by their words. A theme is missing from ' +
    'the rubric where most of its comments stand on outputs that no criterion was judged low on, and no criterion names it.',
  responses: { 200: jsonContent(dimensionReportSchema, 'The report.'), 202: later },
})

const reviewers = guarded(secured('reviewer:read'), {
  method: 'get',
  path: '/api/v1/quality/reviewers',
  tags,
  summary: 'Reliability, severity and habits of every reviewer',
  description:
    'Each reviewer beside the others who judged the same items: agreement, leniency, central tendency, halo, position and length habits, drift by week ' +
    'and fatigue within a sitting, with 95 % intervals. For leads; a reviewer sees their own figures under `/me`.',
  request: { query: qualitySelectionSchema.clone() },
  responses: { 200: jsonContent(reviewerReportSchema, 'The report.'), 202: later },
})

const me = guarded(secured('review:judge'), {
  method: 'get',
  path: '/api/v1/quality/reviewers/me',
  tags,
  summary: 'Your own figures beside those of all reviewers together',
  request: { query: qualitySelectionSchema.clone() },
  responses: { 200: jsonContent(myFiguresSchema, 'Nobody else is named.'), 202: later },
})

const bias = guarded(secured('insight:read'), {
  method: 'get',
  path: '/api/v1/quality/bias',
  tags,
  summary: 'Where judgments lean',
  description:
    'Position, length, severity, central tendency, halo, fatigue, drift, anchoring on labels, self-selection of end users, each with its 95 % ' +
    'interval, what it means and what to do; and what rubrics ask that nobody answers. No reviewer is named.',
  request: { query: qualitySelectionSchema.clone() },
  responses: { 200: jsonContent(biasReportSchema, 'The report.'), 202: later },
})

/** Routes of quality. */
export function qualityRoutes(context: ServerContext) {
  const service = qualityService(context)
  const consensusOf = consensusService(context)
  return newRoutes()
    .openapi(agreement, async (c) => answer(c, await service.agreement(c.var.projectId, c.req.valid('query'))))
    .openapi(coverage, async (c) => answer(c, await service.coverage(c.var.projectId, c.req.valid('query'))))
    .openapi(dimensions, async (c) => answer(c, await service.dimensions(c.var.projectId)))
    .openapi(reviewers, async (c) => answer(c, await service.reviewers(c.var.projectId, c.req.valid('query'))))
    .openapi(bias, async (c) => answer(c, await service.bias(c.var.projectId, c.req.valid('query'))))
    .openapi(me, async (c) => {
      const { principal, projectId } = c.var
      if (principal.kind !== 'person')
        throw new ApiError('forbidden', 'Own figures are for people who are signed in; a key reads /api/v1/quality/reviewers.')
      return answer(c, await service.ownFigures(projectId, principal.person.id, c.req.valid('query')))
    })
    .openapi(consensus, async (c) => c.json(await consensusOf.list(c.var.projectId, c.req.valid('query')), 200))
    .openapi(consensusSources, async (c) => c.json(await consensusOf.sources(c.var.projectId), 200))
    .openapi(sliceKeys, async (c) => c.json(await service.sliceKeys(c.var.projectId), 200))
}

/** The report, or how far it has come. */
function answer<T extends object>(c: Context, report: T | ReportProgress) {
  return 'progress' in report ? c.json(report as ReportProgress, 202) : c.json(report as T, 200)
}
