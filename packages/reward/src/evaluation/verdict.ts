import type { ReportCard } from './report-card.ts'

/** Below this many comparisons proxies of human preference stay near chance (Gao, Schulman & Hilton 2022, arXiv:2210.10760, §3.3). */
export const FEW_PAIRS = 2000

/** What a report card's figures mean, in plain words, and what they warn of. */
export function verdictOf(card: Omit<ReportCard, 'verdict' | 'warnings'>): { verdict: string; warnings: string[] } {
  const { advantage, pairs, prompts, accuracy } = card
  const on = `on ${count(pairs)} pairs from ${count(prompts)} prompts`

  let verdict: string
  if (advantage.low === undefined || advantage.high === undefined)
    verdict = `Too few prompts to judge: right in ${percent(accuracy.estimate)} of cases ${on}.`
  else {
    const points = `${Math.abs(advantage.estimate * 100).toFixed(1)} points (${confidenceText(advantage.low, advantage.high)})`
    if (advantage.low > 0) verdict = `Beats length alone by ${points} ${on}.`
    else if (advantage.high < 0) verdict = `Worse than length alone by ${points} ${on}: do not use it.`
    else verdict = `Not shown to beat length alone: ${advantage.estimate >= 0 ? 'ahead' : 'behind'} by ${points} ${on}.`
  }
  return { verdict, warnings: warningsOf(card) }
}

function warningsOf(card: Omit<ReportCard, 'verdict' | 'warnings'>): string[] {
  const { pairs, accuracy, shorterPreferred, longerPreferred, lengthCorrelation, leakedPrompts, removed } = card
  const warnings: string[] = []
  if (leakedPrompts > 0) warnings.push(`${count(leakedPrompts)} of these prompts were in the training set: the figures flatter the model.`)
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
  if (removed.contradictory > 0) warnings.push(`${count(removed.contradictory)} pairs contradict another pair and were kept.`)
  warnings.push(
    'It judges surface words and is easy to game: fit for triage, monitoring and as a floor, not as the only target of training.',
  )
  return warnings
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function confidenceText(low: number, high: number): string {
  return `95 % interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}`
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
