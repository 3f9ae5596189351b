import type { FeedbackKind, QualitySelection } from '@plaudit/protocol'
import { FIRST, spanColumn, stratifiedTraces, type Traffic } from '../population/stratum.ts'
import { metadataPairs } from '../traces/condition.ts'

/** Kinds of judgments that can be compared between people. A flag is given only where something is wrong, so that its absence says nothing. */
export const comparableKinds = ['rating', 'label', 'labels', 'thumbs', 'comparison', 'ranking', 'marks'] as const satisfies FeedbackKind[]
export type ComparableKind = (typeof comparableKinds)[number]

/** Judgments of reviewers in SQL: conditions on `feedback`, joined with what is known of the span where the selection needs it. */
export type SelectedJudgments = {
  /** `FROM … WHERE …` over `feedback AS judgment`, with `place.slice` when a slice was asked for. */
  from: string
  slice: string
  params: Record<string, unknown>
  /** Whether the answer depends on spans, which may come later. */
  usesSpans: boolean
}

const byJudgment: Record<string, string> = {
  queue: `judgment.metadata['queue']`,
  guideline: `concat(JSONExtractString(presentation, 'guideline', 'id'), ' ', toString(JSONExtractUInt(presentation, 'guideline', 'version')))`,
  rubric: `concat(JSONExtractString(presentation, 'rubric', 'id'), ' ', toString(JSONExtractUInt(presentation, 'rubric', 'version')))`,
}
const spanFilters = { promptName: 'prompt_name', promptVersion: 'prompt_version', model: 'model', environment: 'environment' } as const

/**
 * The standing judgments of people who are known by name and are no end users, that a selection means. End users see their own output only,
 * so that nobody could agree with them.
 * @param by a slice as `sliceBySchema` has it; empty text where a judgment has none.
 */
export function selectJudgments(
  projectId: string,
  selection: QualitySelection,
  { by, kinds = comparableKinds }: { by?: string | undefined; kinds?: readonly string[] } = {},
): SelectedJudgments {
  const params: Record<string, unknown> = { projectId, kinds }
  const where = [
    'project_id = {projectId:String}',
    `author_kind = 'human'`,
    `author_role != 'end_user'`,
    `author_id != ''`,
    'kind IN {kinds:Array(String)}',
    // A lead's decision on a disagreement is no judgment beside the others: it ends the matter (see `consensus-service.ts`).
    `NOT startsWith(identifier, 'decision:')`,
  ]
  const add = (condition: string, name: string, value: unknown) => {
    if (value === undefined) return
    params[name] = value
    where.push(condition)
  }
  add(`judgment.metadata['queue'] = {queue:String}`, 'queue', selection.queue)
  add('criterion = {criterion:String}', 'criterion', selection.criterion)
  add('time >= parseDateTime64BestEffort({from:String}, 3)', 'from', selection.from)
  add('time < parseDateTime64BestEffort({to:String}, 3)', 'to', selection.to)
  add(`JSONExtractUInt(presentation, 'guideline', 'version') = {guideline:UInt32}`, 'guideline', selection.guideline)

  const { fits, params: asked } = spanConditions(selection)
  const column = spanColumn(by)
  Object.assign(params, asked, column?.params)
  const spanSlice = column?.column
  const slice = spanSlice === undefined ? (by === undefined ? `''` : (byJudgment[by] ?? `''`)) : 'place.slice'
  const usesSpans = fits !== undefined || spanSlice !== undefined
  if (fits !== undefined) where.push('place.fits = 1')
  const join = usesSpans ? placeJoin(spanSlice ?? `''`, fits ?? '1') : ''
  return { from: `FROM feedback AS judgment FINAL ${join} WHERE ${where.join(' AND ')}`, slice, params, usesSpans }
}

/**
 * The traces that a selection means, each in the stratum of its first generation. A trace is in the parts of all its spans, and is meant where one of
 * them is, as a judgment's slice is that of the very span it is on. Parts of the selection that are about judgments do not count.
 * @param strata as `strataBySchema` has it. @param slice that tells parts of the traffic apart, where spans have it.
 */
export function selectTraffic(projectId: string, selection: QualitySelection, strata: string, slice?: string): Traffic {
  const { fits, params } = spanConditions(selection)
  const stratum = spanColumn(strata, 'stratumKey')
  const part = spanColumn(slice, 'sliceKey')
  const window = [
    selection.from === undefined ? '' : 'AND start_time >= parseDateTime64BestEffort({from:String}, 3)',
    selection.to === undefined ? '' : 'AND start_time < parseDateTime64BestEffort({to:String}, 3)',
  ].join(' ')
  return {
    traces: stratifiedTraces(`spans FINAL WHERE project_id = {projectId:String} ${window}`, stratum?.column ?? `''`, {
      ...(part === undefined ? {} : { parts: `arraySort(groupUniqArray(${part.column}))` }),
      having: fits === undefined ? '' : `HAVING max(toUInt8(${fits})) = 1`,
    }),
    params: {
      ...params,
      ...stratum?.params,
      ...part?.params,
      projectId,
      ...(selection.from === undefined ? {} : { from: selection.from }),
      ...(selection.to === undefined ? {} : { to: selection.to }),
    },
  }
}

/** What a selection asks of a span, as SQL over `spans`; undefined if it asks nothing. */
function spanConditions(selection: QualitySelection) {
  const params: Record<string, unknown> = {}
  const conditions: string[] = []
  for (const [name, column] of Object.entries(spanFilters)) {
    const value = selection[name as keyof typeof spanFilters]
    if (value === undefined) continue
    params[name] = value
    conditions.push(`${column} = {${name}:String}`)
  }
  metadataPairs(selection.metadata).forEach(({ key, value }, index) => {
    params[`key${index}`] = key
    params[`value${index}`] = value
    conditions.push(`metadata[{key${index}:String}] = {value${index}:String}`)
  })
  return { fits: conditions.length === 0 ? undefined : conditions.join(' AND '), params }
}

/**
 * What is known of the span that a judgment is on; of a trace's first generation where it is on the trace. A comparison stands with its
 * first output.
 */
function placeJoin(slice: string, fits: string): string {
  return `LEFT ANY JOIN (
    SELECT place_key, argMin(slice, ${FIRST}) AS slice, argMin(fits, ${FIRST}) AS fits
    FROM (
      SELECT arrayJoin([span_key, trace_key]) AS place_key, kind, start_time, ${slice} AS slice, toUInt8(${fits}) AS fits
      FROM spans FINAL WHERE project_id = {projectId:String} AND trace_key IN (SELECT trace_key FROM feedback WHERE project_id = {projectId:String})
    ) GROUP BY place_key
  ) AS place ON if(judgment.span_key = 0, judgment.trace_key, judgment.span_key) = place.place_key`
}
