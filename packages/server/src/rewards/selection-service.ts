import { ApiError, type RewardSelection, type rewardSelectionInputSchema, type Target } from '@plaudit/protocol'
import { selectForReview } from '@plaudit/reward'
import type { z } from 'zod'
import type { ServerContext } from '../http/context.ts'
import { queueService } from '../queues/service.ts'
import { type ScoredSpan, selectionStore } from './selection-store.ts'
import { modelKey, rewardService } from './service.ts'

type Input = z.output<typeof rewardSelectionInputSchema>
type Candidate = { target: Target; value: number | null }

/** Pairs of one input that are looked at. */
const MOST_PAIRS = 20

/** Offers what people should judge next for a model to learn from, beside a blind slice, and puts it into a queue. */
export function selectionService(context: Pick<ServerContext, 'db' | 'events' | 'config' | 'clock' | 'embeddings'>) {
  const store = selectionStore(context.events)
  const models = rewardService(context)
  const queues = queueService(context)

  /**
   * @throws ApiError `not_found` for an unknown model or queue; `conflict` where nothing is scored; `invalid_argument` for a rule that does not
   *   fit, or a queue of other items.
   */
  async function select(projectId: string, input: Input): Promise<RewardSelection> {
    if (input.of === 'span' && input.rule === 'uncertainty')
      throw new ApiError('invalid_argument', 'rule: uncertainty compares two outputs; choose of: comparison, or another rule.')
    const model = modelKey(await models.modelFor(projectId, input.model))
    const scored = await store.scored(projectId, model, input.from === undefined ? 0 : Date.parse(input.from))
    const candidates = input.of === 'span' ? scored.map((span) => spanCandidate(span, input.rule)) : pairCandidates(scored, input.rule)
    if (candidates.length === 0)
      throw new ApiError(
        'conflict',
        input.of === 'span'
          ? `The model ${model} has scored nothing yet: let it score stored outputs first.`
          : 'No two scored outputs answer the same input, so that there is nothing to compare.',
      )
    const { limit, uniformShare, seed } = input
    const values = candidates.map(({ value }) => value ?? Number.NaN)
    const items = selectForReview(values, { limit, uniformShare, seed }).map(({ index, reason, probability }) => ({
      ...candidates[index]!,
      reason,
      probability,
    }))
    const added = input.queueId === undefined ? null : await addTo(projectId, input.queueId, input, items)
    return { model, candidates: candidates.length, items, added }
  }

  async function addTo(projectId: string, queueId: string, { of, rule }: Input, items: RewardSelection['items']): Promise<number> {
    const { itemKind } = await queues.existing(projectId, queueId)
    if (itemKind !== of) throw new ApiError('invalid_argument', `queueId: this queue takes items of kind ${itemKind}, not ${of}.`)
    const { added } = await queues.addItems(
      projectId,
      queueId,
      items.map(({ target, reason, probability }) => ({
        target,
        priority: 0,
        drawn: { stratum: reason === 'uniform' ? null : `reward ${rule}`, probability },
      })),
    )
    return added
  }

  return { select }
}

function spanCandidate({ traceId, spanId, std, novelty }: ScoredSpan, rule: Input['rule']): Candidate {
  return { target: { kind: 'span', traceId, spanId }, value: rule === 'coverage' ? novelty : std }
}

/** Pairs of outputs for the same input. The spread of a difference is taken as that of two independent rewards, which it does not exceed. */
function pairCandidates(scored: readonly ScoredSpan[], rule: Input['rule']): Candidate[] {
  return [...Map.groupBy(scored, ({ inputKey }) => inputKey).values()].flatMap((group) => {
    const pairs = group.flatMap((left, index) => group.slice(index + 1).map((right) => [left, right] as const)).slice(0, MOST_PAIRS)
    return pairs.map(([left, right]): Candidate => {
      const outputs = [left, right].map(({ traceId, spanId }) => ({ traceId, spanId }))
      const spread = left.std === null || right.std === null ? null : Math.hypot(left.std, right.std)
      const gap = Math.abs(left.reward - right.reward)
      const novelty = left.novelty === null || right.novelty === null ? null : Math.max(left.novelty, right.novelty)
      const value = { disagreement: spread, coverage: novelty, uncertainty: spread === null || spread === 0 ? -gap : -gap / spread }[rule]
      return { target: { kind: 'comparison', outputs }, value }
    })
  })
}
