import type { ReportCard } from './report-card.ts'

/** Below this many comparisons proxies of human preference stay near chance (Gao, Schulman & Hilton 2022, arXiv:2210.10760, §3.3). */
export const FEW_PAIRS = 2000
/** A stratum with fewer pairs says nothing by itself. */
const FEW_IN_STRATUM = 50
/** Most strata that the verdict names. */
const NAMED = 2

type Figures = Omit<ReportCard, 'verdict' | 'warnings'>

/** What a report card's figures mean, in plain words, and what they warn of. */
export function verdictOf(card: Figures): { verdict: string; warnings: string[] } {
  const { advantage, pairs, prompts, accuracy } = card
  const on = `on ${count(pairs)} pairs from ${count(prompts)} prompts`

  let verdict: string
  if (advantage.low === undefined || advantage.high === undefined)
    verdict = `Too few prompts to judge: right in ${percent(accuracy.estimate)} of cases ${on}`
  else {
    const points = `${Math.abs(advantage.estimate * 100).toFixed(1)} points (${confidenceText(advantage.low, advantage.high)})`
    if (advantage.low > 0) verdict = `Beats length alone by ${points} ${on}`
    else if (advantage.high < 0) verdict = `Worse than length alone by ${points} ${on}: do not use it`
    else verdict = `Not shown to beat length alone: ${advantage.estimate >= 0 ? 'ahead' : 'behind'} by ${points} ${on}`
  }
  // Where the whole is not to be trusted, its parts need no mention.
  const weak = (advantage.low ?? 0) > 0 ? weakStrata(card) : []
  const trust = weak.length === 0 ? '' : `; do not trust it for ${weak.join(', ')}`
  return { verdict: `${verdict}${trust}.`, warnings: warningsOf(card) }
}

/** Kinds of pairs for which the model is not shown to be better than a coin, in words, those with the most pairs first. */
function weakStrata({ strata, pairs }: Figures): string[] {
  const weak = strata
    // Authors are people, not kinds of output, and the quarters of length have lines of their own.
    .filter(({ by }) => by !== 'author' && by !== 'length')
    .flatMap(({ by, values }) =>
      values.filter((one) => one.pairs < Math.min(FEW_IN_STRATUM, pairs / 2) || (one.low ?? 0) <= 0.5).map((one) => ({ by, ...one })),
    )
    .toSorted((a, b) => b.pairs - a.pairs)
    // Two properties often name the same pairs, such as a source and its criterion.
    .filter((one, index, all) => !all.slice(0, index).some(({ pairs: n, accuracy }) => n === one.pairs && accuracy === one.accuracy))
  const names = weak
    .slice(0, NAMED)
    .map(({ by, value, pairs: n, accuracy }) =>
      n < FEW_IN_STRATUM
        ? `${by} “${value}”: ${count(n)} pairs only`
        : `${by} “${value}”: ${percent(accuracy ?? 0)} of ${count(n)} pairs is within reach of a coin`,
    )
  return weak.length > NAMED ? [...names, `and ${weak.length - NAMED} more kinds`] : names
}

function warningsOf(card: Figures): string[] {
  const { pairs, accuracy, shorterPreferred, longerPreferred, lengthCorrelation, leakage, removed, kind, bestOfN, ceiling } = card
  const warnings: string[] = []
  const such = leakage.examples.length === 0 ? '' : `, such as “${leakage.examples[0]}”`
  if (leakage.prompts > 0)
    warnings.push(
      kind === 'held-out'
        ? `${plural(leakage.prompts, 'of these prompts was', 'of these prompts were')} in the training set${such}: the figures flatter the model.`
        : `${plural(leakage.prompts, 'prompt stands', 'prompts stand')} on both sides of the split${such}: group by prompt, or the figures flatter the model.`,
    )
  if (leakage.outputs > 0)
    warnings.push(
      `${plural(leakage.outputs, 'pair of outputs occurs', 'pairs of outputs occur')} under prompts on both sides of the split${leakage.prompts > 0 ? '' : such}: what is learnt from one is tested on the other.`,
    )
  if ((accuracy.low ?? 0) <= 0.5) warnings.push('Its accuracy cannot be told from a coin: its scores mean nothing yet.')
  if (pairs < FEW_PAIRS)
    warnings.push(
      `Fewer than ${count(FEW_PAIRS)} comparisons: such models often stay near chance on new traffic. Do not train a policy against it.`,
    )
  const [shorter, longer] = [shorterPreferred.accuracy, longerPreferred.accuracy]
  if (shorter !== null && longer !== null && Math.abs(longer - shorter) > 0.2)
    warnings.push(
      `Leans on length: right in ${percent(longer)} of cases where the longer output was chosen, in ${percent(shorter)} where the shorter one was.`,
    )
  else if (lengthCorrelation !== null && Math.abs(lengthCorrelation) > 0.5)
    warnings.push(`Its reward follows length (correlation ${lengthCorrelation.toFixed(2)}).`)
  if (ceiling?.low !== undefined && (accuracy.low ?? 0) > (ceiling.high ?? 1))
    warnings.push(
      `It agrees with people more often (${percent(accuracy.estimate)}) than they agree with each other (${percent(ceiling.accuracy ?? 0)}): look for leakage.`,
    )
  if (removed.contradictory > 0)
    warnings.push(`${plural(removed.contradictory, 'pair contradicts', 'pairs contradict')} another pair; they were kept.`)
  warnings.push(overOptimisation(bestOfN))
  return warnings
}

/** What is known of choosing by this reward, the mildest way to optimise against it. */
function overOptimisation(bestOfN: Figures['bestOfN']): string {
  const rule =
    'It judges what it can measure and can be gamed: fit for triage, monitoring and as a floor, not as the only target of training.'
  const last = bestOfN?.points.at(-1)
  if (last === undefined)
    return `Over-optimisation is not tested: no prompt has three outputs that people compared with each other. ${rule}`
  const { estimate, low } = last.conservative
  const gain = `Choosing the best of ${last.n} by the cautious reward wins ${percent(estimate)} of comparisons`
  const before = bestOfN?.points.at(-2)
  if (low === undefined || low <= 0.5) return `${gain}, not shown to be better than a blind choice: do not optimise against it. ${rule}`
  if (before?.conservative.low !== undefined && estimate < before.conservative.low)
    return `${gain}, less than the best of ${before.n}: people stop following it there. ${rule}`
  return `${gain}; beyond ${last.n} nobody has looked. ${rule}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function confidenceText(low: number, high: number): string {
  const signed = (share: number) => (100 * share).toFixed(1).replace('-', '−')
  return `95 % interval ${signed(low)} to ${signed(high)}`
}

function plural(n: number, one: string, many: string): string {
  return `${count(n)} ${n === 1 ? one : many}`
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
