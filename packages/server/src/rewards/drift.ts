import type { RewardDrift } from '@plaudit/protocol'
import { anytimeInterval, clusteredProportion, cumulativeSum } from '@plaudit/stats'

/** A comparison that people made since the model was registered, and whether the model agrees: 1, 0, or ½ for equal rewards. */
export type FreshPair = { time: string; group: string; hit: number }

/** Fall of accuracy that the alarm is tuned to: a tenth. */
const FALL = 0.1
/** Evidence, in natural log units, at which it goes off: about one false alarm in some thousand comparisons. */
const LIMIT = 5
/** Points of the chart. */
const POINTS = 60
/** With fewer comparisons nothing is said. */
const FEWEST = 20

/**
 * Whether a model still agrees with people: an interval that holds however often it is looked at, and a CUSUM alarm that notices a fall of a
 * tenth below the accuracy of the report card.
 *
 * @param pairs In order of time. @param expected Accuracy on the card, null where there is none.
 */
export function driftOf(pairs: readonly FreshPair[], expected: number | null): RewardDrift {
  const hits = pairs.map(({ hit }) => hit)
  const result = anytimeInterval(clusteredProportion(sums(pairs)))
  const good = Math.min(0.95, Math.max(0.55, expected ?? 0.65))
  const { path, alarmAfter } = cumulativeSum(hits, { good, poor: good - FALL, limit: LIMIT })
  const alarm = alarmAfter !== null && expected !== null
  let sum = 0
  const means = hits.map((hit, i) => (sum += hit) / (i + 1))
  const step = Math.max(1, Math.ceil(pairs.length / POINTS))
  const figures = {
    pairs: pairs.length,
    expected,
    accuracy: result.estimate,
    low: result.estimate === null || result.low === undefined ? null : Math.max(0, result.low),
    high: result.estimate === null || result.high === undefined ? null : Math.min(1, result.high),
    alarm,
    alarmAt: alarm ? pairs[alarmAfter - 1]!.time : null,
    limit: LIMIT,
    points: pairs.flatMap(({ time }, i) =>
      (i + 1) % step === 0 || i === pairs.length - 1 ? [{ time, n: i + 1, accuracy: means[i]!, evidence: path[i]! }] : [],
    ),
  }
  return { ...figures, sentence: sentenceOf(figures) }
}

function sums(pairs: readonly FreshPair[]): { sums: number[]; sizes: number[] } {
  const groups = new Map<string, [number, number]>()
  for (const { group, hit } of pairs) {
    const entry = groups.get(group) ?? [0, 0]
    entry[0] += hit
    entry[1] += 1
    groups.set(group, entry)
  }
  const list = [...groups.values()]
  return { sums: list.map(([sum]) => sum), sizes: list.map(([, size]) => size) }
}

function sentenceOf({ pairs, expected, accuracy, low, high, alarm }: Omit<RewardDrift, 'sentence'>): string {
  const n = `${pairs.toLocaleString('en-US')} fresh comparison${pairs === 1 ? '' : 's'}`
  if (accuracy === null || pairs < FEWEST)
    return `${pairs === 0 ? 'No fresh comparisons' : n}: too few to say whether it still agrees with people.`
  const range = low === null || high === null ? '' : ` (${percent(low)} to ${percent(high)} whenever you look)`
  const now = `It agrees with people on ${percent(accuracy)} of ${n}${range}`
  if (expected === null) return `${now}; it has no report card to compare with.`
  const card = `its card says ${percent(expected)}`
  if (alarm) return `Alarm: ${now.replace('It', 'it')}, ${card}. Train on newer data, or put another version to work.`
  return `${now}; ${card}. No sign of a fall.`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
