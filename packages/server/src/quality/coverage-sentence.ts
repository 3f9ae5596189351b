import type { CoverageReport } from '@plaudit/protocol'

/** From here on the population stability index is called a shift, and a large one. */
const SHIFT = 0.1
const LARGE = 0.25

/** What the difference between the judged and the traffic means. */
export function coverageSentence(
  by: string,
  {
    judged,
    traffic,
    psi,
    strata,
    empty,
    emptyShare,
  }: Pick<CoverageReport, 'judged' | 'traffic' | 'psi' | 'strata' | 'empty' | 'emptyShare'>,
): string {
  if (traffic === 0) return 'There is no traffic here.'
  if (judged === 0) return 'None of this traffic was judged by a reviewer.'
  if (psi.estimate === null) return psi.reason ?? ''
  const index = `index ${psi.estimate.toFixed(2)}, chance alone would give ${(psi.expected ?? 0).toFixed(2)}`
  const word = by.startsWith('metadata:') ? by.slice('metadata:'.length) : (words[by] ?? by)
  const verdict =
    psi.estimate < Math.max(SHIFT, 2 * (psi.expected ?? 0))
      ? `What was judged looks like the traffic by ${word} (${index}).`
      : `What was judged differs ${psi.estimate >= LARGE ? 'much' : 'somewhat'} from the traffic by ${word} (${index})${extremes(strata)}.`
  if (empty.length === 0) return verdict
  const names = empty
    .slice(0, 3)
    .map((name) => `“${name}”`)
    .join(', ')
  return `${verdict} ${names}${empty.length > 3 ? ` and ${empty.length - 3} more` : ''} ${empty.length === 1 ? 'has' : 'have'} no judgment at all: ${percent(emptyShare)} of the traffic.`
}

const words: Record<string, string> = { promptVersion: 'prompt version' }

/** The stratum that is most over-represented among those that matter, and the most under-represented. */
function extremes(strata: CoverageReport['strata']): string {
  const known = strata.filter(({ ratio, trafficShare, judgedShare }) => ratio !== null && Math.max(trafficShare, judgedShare) >= 0.02)
  const most = known.toSorted((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))[0]
  const least = known.toSorted((a, b) => (a.ratio ?? 0) - (b.ratio ?? 0))[0]
  if (most === undefined || least === undefined || most.name === least.name) return ''
  return `: “${most.name}” is judged ${(most.ratio ?? 0).toFixed(1)} times as often as it occurs, “${least.name}” ${(least.ratio ?? 0).toFixed(1)} times`
}

function percent(share: number): string {
  const value = 100 * share
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`
}
