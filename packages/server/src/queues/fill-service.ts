import {
  ApiError,
  type fillInputSchema,
  type QueueFilled,
  type SamplingPlan,
  type Target,
  type TraceId,
  type TraceSummary,
  type TrafficFilter,
} from '@plaudit/protocol'
import type { z } from 'zod'
import { traceService } from '../traces/service.ts'
import { contentStore, type Generation } from './content-store.ts'
import { comparisonsOf } from './pairing.ts'
import { type Drawn, drawTrace } from './sampling.ts'
import { type Candidate, type QueueContext, queueService } from './service.ts'
import type { QueueRow } from './store.ts'

type Fill = z.output<typeof fillInputSchema>
type FromTraffic = Extract<Fill, { filter: unknown }>
/** A trace that was drawn, and how; without a plan every trace is. */
type DrawnTrace = { traceId: TraceId; sessionId: string; drawn: Drawn | undefined }

/** Items that are added, and traces that are looked up, in one go. */
const CHUNK = 1_000

/** Fills queues by hand and from traffic. */
export function fillService(context: QueueContext) {
  const queues = queueService(context)
  const { listTraces, matching } = traceService(context)
  const content = contentStore(context.events)

  async function fill(projectId: string, queueId: string, input: Fill): Promise<QueueFilled> {
    if ('items' in input) return queues.addItems(projectId, queueId, input.items)
    const queue = await queues.existing(projectId, queueId)
    if (queue.itemKind === 'comparison' && input.compare === undefined)
      throw new ApiError('invalid_argument', 'compare: say what to pair outputs across: promptVersion, model or samples.')
    return addDrawn(projectId, queue, input, await drawTraces(projectId, input))
  }

  /**
   * What new traffic adds to a queue by its standing rule: of some traces those that the filter lets through and the plan draws. The same traces
   * may be looked at again: the draw is the same, and what is in the queue is not added twice.
   */
  async function fillByRule(
    projectId: string,
    queueId: string,
    among: { traceIds: readonly string[]; fromMs: number },
  ): Promise<QueueFilled> {
    const queue = await queues.existing(projectId, queueId)
    const { rule } = queue.settings
    if (rule === null) return { added: 0, present: 0, refused: [] }
    const { filter, plan, compare } = rule
    const stratumOf = new Map<string, string>()
    for (const stratum of plan.strata)
      for (const { traceId } of await matching(projectId, { ...filter, ...stratum.filter }, among))
        if (!stratumOf.has(traceId)) stratumOf.set(traceId, stratum.name)
    const traces = (await matching(projectId, filter, among)).flatMap((trace): DrawnTrace[] => {
      const drawn = drawTrace(plan, trace.traceId, stratumOf.get(trace.traceId) ?? null)
      return drawn === null ? [] : [{ ...trace, drawn }]
    })
    return addDrawn(projectId, queue, { priority: 0, compare, plan }, traces)
  }

  async function addDrawn(
    projectId: string,
    queue: QueueRow,
    input: Pick<FromTraffic, 'priority' | 'compare' | 'plan'>,
    traces: readonly DrawnTrace[],
  ): Promise<QueueFilled> {
    const candidates = await candidatesOf(projectId, queue, input, traces)
    const total: QueueFilled = { added: 0, present: 0, refused: [] }
    for (let from = 0; from < candidates.length; from += CHUNK) {
      const { added, present } = await queues.addItems(projectId, queue.id, candidates.slice(from, from + CHUNK), input.plan ?? null)
      total.added += added
      total.present += present
    }
    return total
  }

  async function drawTraces(projectId: string, { filter, plan, limit }: FromTraffic): Promise<DrawnTrace[]> {
    const stratumOf = await membership(projectId, filter, plan, limit)
    const drawn: DrawnTrace[] = []
    for await (const { traceId, sessionId } of traffic(projectId, filter, limit)) {
      const how = plan === undefined ? undefined : drawTrace(plan, traceId, stratumOf.get(traceId) ?? null)
      if (how !== null) drawn.push({ traceId, sessionId, drawn: how })
    }
    return drawn
  }

  /** Which stratum of a plan each trace belongs to: the first that it matches. */
  async function membership(
    projectId: string,
    filter: TrafficFilter,
    plan: SamplingPlan | undefined,
    limit: number,
  ): Promise<Map<string, string>> {
    const stratumOf = new Map<string, string>()
    for (const stratum of plan?.strata ?? []) {
      for await (const { traceId } of traffic(projectId, { ...filter, ...stratum.filter }, limit))
        if (!stratumOf.has(traceId)) stratumOf.set(traceId, stratum.name)
    }
    return stratumOf
  }

  async function* traffic(projectId: string, filter: TrafficFilter, limit: number): AsyncGenerator<TraceSummary> {
    let cursor: string | undefined
    for (let left = limit; left > 0;) {
      const page = await listTraces(projectId, { ...filter, limit: Math.min(200, left), ...(cursor === undefined ? {} : { cursor }) })
      yield* page.items
      left -= page.items.length
      if (page.nextCursor === null) return
      cursor = page.nextCursor
    }
  }

  async function candidatesOf(
    projectId: string,
    queue: QueueRow,
    { priority, compare }: Pick<FromTraffic, 'priority' | 'compare'>,
    traces: readonly DrawnTrace[],
  ): Promise<Candidate[]> {
    const drawnOf = new Map(traces.map(({ traceId, drawn }) => [traceId, drawn]))
    const candidate = (target: Target, traceId: TraceId): Candidate => ({ target, priority, drawn: drawnOf.get(traceId) })
    if (queue.itemKind === 'trace') return traces.map(({ traceId }) => candidate({ kind: 'trace', traceId }, traceId))
    if (queue.itemKind === 'session') {
      const first = new Map(traces.filter(({ sessionId }) => sessionId !== '').map(({ sessionId, traceId }) => [sessionId, traceId]))
      return [...first].map(([sessionId, traceId]) => candidate({ kind: 'session', sessionId }, traceId))
    }
    const generations: Generation[] = []
    const traceIds = [...drawnOf.keys()]
    for (let from = 0; from < traceIds.length; from += CHUNK)
      generations.push(...(await content.generations(projectId, traceIds.slice(from, from + CHUNK))))
    if (queue.itemKind === 'span') return generations.map(({ ref }) => candidate({ kind: 'span', ...ref }, ref.traceId))
    return comparisonsOf(generations, compare ?? 'samples').flatMap((outputs) =>
      outputs[0] === undefined ? [] : [candidate({ kind: 'comparison', outputs }, outputs[0].traceId)],
    )
  }

  return { fill, fillByRule }
}
