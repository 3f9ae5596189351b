import { ApiError, type Population } from '@plaudit/protocol'
import { metadataPairs } from '../traces/condition.ts'
import type { TrafficCell } from './store.ts'

/** Strata with their share of a population, in any unit. */
export type Shares = ReadonlyMap<string, number>

/** `stratum:share` pairs as shares. @throws ApiError `invalid_argument` for what is no share. */
export function targetShares(target: string): Shares {
  const pairs = metadataPairs(target).map(({ key, value }) => [key, Number(value)] as const)
  const wrong = pairs.find(([, share]) => !Number.isFinite(share) || share < 0)
  if (wrong !== undefined) throw new ApiError('invalid_argument', `target: the share of ${wrong[0]} must be a number of at least 0.`)
  if (!pairs.some(([, share]) => share > 0)) throw new ApiError('invalid_argument', 'target: at least one share must be above 0.')
  return new Map(pairs)
}

/**
 * The traffic that a criterion is about, by stratum: that of the prompts and environments in which it was judged. Nobody asks for the tone of a
 * moderator, or for the quality of a replay.
 * @param part Only this part of the traffic.
 */
export function trafficShares(cells: readonly TrafficCell[], prompts: ReadonlySet<string>, part?: string): Shares {
  const shares = new Map<string, number>()
  for (const { stratum, prompt, parts, traces } of cells)
    if (prompts.has(prompt) && (part === undefined || parts.includes(part))) shares.set(stratum, (shares.get(stratum) ?? 0) + traces)
  return shares
}

/** Strata with a share of the population of which nothing is known, in words; null where there are none. */
export function emptyReason(
  population: Exclude<Population, 'sample'>,
  shares: Shares,
  hasUnits: (stratum: string) => boolean,
  lacks = 'has no judgment',
): string | null {
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  if (total === 0) return population === 'target' ? NO_TARGET : 'There is no traffic here.'
  const empty = [...shares].filter(([stratum, share]) => share > 0 && !hasUnits(stratum)).toSorted(([, a], [, b]) => b - a)
  if (empty.length === 0) return null
  const names = empty.slice(0, 3).map(([stratum]) => `“${stratum}”`)
  const more = empty.length > 3 ? ` and ${empty.length - 3} more` : ''
  const share = percent(empty.reduce((sum, [, own]) => sum + own, 0) / total)
  const plural = empty.length > 1 ? lacks.replace(/^has/, 'have') : lacks
  const whole = population === 'target' ? 'the target population' : 'the traffic'
  return `${names.join(', ')}${more} (${share} of ${whole}) ${plural}, so that nothing is known of ${whole} as a whole.`
}

export const NO_TARGET = 'No target population is set: give each stratum its share.'

function percent(share: number): string {
  const value = 100 * share
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`
}
