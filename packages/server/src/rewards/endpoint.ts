import { ApiError, type RewardEndpoint } from '@plaudit/protocol'
import type { OutputScore, ScoreItem } from '@plaudit/reward'
import { z } from 'zod'
import { postJson } from '../http/outbound.ts'

/** Outputs in one request. */
const BATCH = 32
/** Requests that are under way at once. */
const AT_ONCE = 4
const TIMEOUT_MS = 60_000

const finite = z.number()
const answers = {
  plaudit: z.object({ items: z.array(z.object({ reward: finite, std: finite.min(0).nullish() })) }),
  'vllm-classify': z.object({ data: z.array(z.object({ index: z.int().optional(), probs: z.array(finite).min(1) })) }),
}

/** What an endpoint says of an output; `std` is null where it does not say how sure it is. */
export type EndpointScore = { reward: number; std: number | null }

/**
 * Scores outputs with a model that is served elsewhere, in their order.
 *
 * A classifier's answer becomes a reward by what it is: one number outside 0..1 is a reward already, one inside is a probability, of which the
 * log-odds are taken, and of two or more classes the last one is the good one.
 * @throws ApiError `unprocessable` when it cannot be asked, or answers something else.
 */
export async function scoreAtEndpoint(
  endpoint: RewardEndpoint,
  key: string | null,
  items: readonly ScoreItem[],
  { signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (done: number) => void } = {},
): Promise<EndpointScore[]> {
  const scores: EndpointScore[] = Array.from({ length: items.length }, () => ({ reward: 0, std: null }))
  let next = 0
  let done = 0
  const work = async () => {
    while (next < items.length) {
      const from = next
      next += BATCH
      const batch = items.slice(from, from + BATCH)
      const answer = await ask(endpoint, key, batch, signal)
      answer.forEach((score, i) => (scores[from + i] = score))
      done += batch.length
      onProgress?.(done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return scores
}

async function ask(
  endpoint: RewardEndpoint,
  key: string | null,
  items: readonly ScoreItem[],
  signal?: AbortSignal,
): Promise<EndpointScore[]> {
  const { url, contract, model } = endpoint
  const named = model === '' ? {} : { model }
  const body =
    contract === 'plaudit'
      ? { ...named, items }
      : { ...named, input: items.map(({ input, output }) => (input === '' ? output : `${input}\n\n${output}`)) }
  const { host } = new URL(url)
  const answer = await postJson(url, body, { timeoutMs: TIMEOUT_MS, ...(key === null ? {} : { bearer: key }), signal })
  const parsed = answers[contract].safeParse(answer)
  if (!parsed.success) throw new ApiError('unprocessable', `${host} answered something else than a ${contract} reply.`)
  const scores =
    'items' in parsed.data ? parsed.data.items.map(({ reward, std }) => ({ reward, std: std ?? null })) : ofClasses(parsed.data.data)
  if (scores.length !== items.length)
    throw new ApiError('unprocessable', `${host} answered with ${scores.length} scores for ${items.length} outputs.`)
  return scores
}

function ofClasses(rows: { index?: number | undefined; probs: number[] }[]): EndpointScore[] {
  const ordered = rows.every(({ index }) => index !== undefined) ? rows.toSorted((a, b) => a.index! - b.index!) : rows
  return ordered.map(({ probs }) => {
    const last = probs.at(-1)!
    return { reward: last >= 0 && last <= 1 ? logOdds(last) : last, std: null }
  })
}

/** Kept within ±20, so that a certain answer stays a number. */
function logOdds(probability: number): number {
  return Math.max(-20, Math.min(20, Math.log(probability) - Math.log1p(-probability)))
}

/** Scores as the report card takes them: an endpoint that does not say how sure it is counts as sure. */
export function asOutputScores(scores: readonly EndpointScore[]): OutputScore[] {
  return scores.map(({ reward, std }) => ({ reward, std: std ?? 0 }))
}
