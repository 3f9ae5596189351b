import type { EstimateView, QueuePerson, Workload } from '@plaudit/protocol'
import { clusteredMean, type Estimate, forecastCompletion, REASONS } from '@plaudit/stats'
import { undefinedEstimate } from '../insights/estimate.ts'
import { peopleService } from './people-service.ts'
import { type QueueContext, queueService } from './service.ts'
import { type WorkedDay, workloadStore } from './workload-store.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Gold answers and judged items of a person below which nothing is said about them. */
const [LEAST_GOLD, LEAST_JUDGED] = [5, 20]
/** Somebody whose median time is below this share of the others' is quick beyond what practice explains. */
const QUICK = 1 / 3

/** How the work in a queue goes on: pace, time, backlog, cost, and whose work somebody should look at. */
export function workloadService(context: QueueContext) {
  const store = workloadStore(context.db)
  const queues = queueService(context)
  const people = peopleService(context)

  async function workload(projectId: string, queueId: string, days: number): Promise<Workload> {
    const today = Math.floor(context.clock().getTime() / DAY_MS) * DAY_MS
    const from = new Date(today - (days - 1) * DAY_MS)
    const queue = await queues.getQueue(projectId, queueId)
    const [worked, figures] = await Promise.all([store.worked(queueId, from), people.peopleOf(projectId, queueId)])
    const byDay = dailyTotals(worked, from, today)
    const activeMs = meanActiveMs(worked)
    const left = Math.max(0, queue.progress.judgmentsNeeded - queue.progress.judgments)
    return {
      days: byDay,
      people: byPerson(worked, figures, queue.goldWatch?.good ?? 0.9),
      activeMs,
      progress: queue.progress,
      daysLeft: daysLeft(byDay, left),
      cost: queue.hourlyRate === null ? null : costOf(queue.hourlyRate, worked, activeMs, left),
    }
  }

  return { workload }
}

/** Every day of the time looked at, those without work too: they are part of the pace. */
function dailyTotals(worked: readonly WorkedDay[], from: Date, today: number): Workload['days'] {
  const byDay = Map.groupBy(worked, ({ day }) => day)
  const days: Workload['days'] = []
  for (let time = from.getTime(); time <= today; time += DAY_MS) {
    const day = new Date(time).toISOString().slice(0, 10)
    const rows = byDay.get(day) ?? []
    days.push({ day, judgments: sumOf(rows, 'judgments'), people: rows.length, activeMs: sumOf(rows, 'activeMs') })
  }
  return days
}

function meanActiveMs(worked: readonly WorkedDay[]): EstimateView {
  const people = [...Map.groupBy(worked, ({ personId }) => personId).values()].filter((rows) => sumOf(rows, 'timed') > 0)
  const mean = clusteredMean({ sums: people.map((rows) => sumOf(rows, 'activeMs')), sizes: people.map((rows) => sumOf(rows, 'timed')) })
  const view = viewOf(
    mean,
    { n: sumOf(worked, 'timed'), clusters: people.length },
    'Only one person has worked here, so that how people differ is unknown: no interval.',
  )
  // With few people the interval is wide, and its formula does not know that no item takes less than no time.
  return { ...view, low: view.low === null ? null : Math.max(0, view.low) }
}

/** The days before today, from the first with work on: a queue that was made yesterday has no weeks without work. */
function daysLeft(days: Workload['days'], left: number): EstimateView {
  const before = days.slice(0, -1)
  const first = before.findIndex(({ judgments }) => judgments > 0)
  const done = first < 0 ? [] : before.slice(first).map(({ judgments }) => judgments)
  const n = done.reduce((sum, judgments) => sum + judgments, 0)
  return viewOf(
    forecastCompletion(done, left),
    { n, clusters: done.length },
    'The pace differs so much from day to day that it may be zero: no latest day.',
  )
}

function costOf(
  { amount, currency }: { amount: number; currency: string },
  worked: readonly WorkedDay[],
  activeMs: EstimateView,
  left: number,
): NonNullable<Workload['cost']> {
  const perMs = amount / HOUR_MS
  return { currency, spent: sumOf(worked, 'activeMs') * perMs, perJudgment: scaled(activeMs, perMs), left: scaled(activeMs, perMs * left) }
}

function byPerson(worked: readonly WorkedDay[], figures: readonly QueuePerson[], expected: number): Workload['people'] {
  const figureOf = new Map(figures.map((person) => [person.personId, person]))
  return [...Map.groupBy(worked, ({ personId }) => personId)]
    .map(([personId, rows]) => {
      const [judgments, timed, activeMs] = [sumOf(rows, 'judgments'), sumOf(rows, 'timed'), sumOf(rows, 'activeMs')]
      const figure = figureOf.get(personId)
      return {
        personId,
        name: rows[0]?.name ?? null,
        judgments,
        daysWorked: rows.length,
        activeMs,
        meanActiveMs: timed === 0 ? null : activeMs / timed,
        calibration: figure === undefined ? null : calibrationOf(figure, figures, expected),
      }
    })
    .sort((a, b) => b.judgments - a.judgments || (a.personId < b.personId ? -1 : 1))
}

/** What speaks for looking at somebody's work with them: only what its interval bears out, the strongest first. */
function calibrationOf(person: QueuePerson, everybody: readonly QueuePerson[], expected: number): string | null {
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const { gold, agreement, medianActiveMs, judged } = person
  if (gold.estimate !== null && gold.high !== null && gold.clusters >= LEAST_GOLD && gold.high < expected)
    return `Meets ${percent(gold.estimate)} of known answers (at most ${percent(gold.high)}, ${gold.clusters} items); ${percent(expected)} are expected.`
  const others = everybody.filter((other) => other !== person)
  const agreements = others.flatMap((other) => other.agreement.estimate ?? [])
  const typical = medianOf(agreements)
  if (typical !== null && agreement.estimate !== null && agreement.high !== null && judged >= LEAST_JUDGED && agreement.high < typical)
    return `Agrees with others in ${percent(agreement.estimate)} (at most ${percent(agreement.high)}); others do in ${percent(typical)}.`
  const pace = medianOf(others.flatMap((other) => other.medianActiveMs ?? []))
  if (pace !== null && medianActiveMs !== null && judged >= LEAST_JUDGED && medianActiveMs < QUICK * pace)
    return `Takes ${Math.round(medianActiveMs / 1_000)} s an item at the median; others take ${Math.round(pace / 1_000)} s.`
  return null
}

function viewOf(estimate: Estimate<object>, counts: { n: number; clusters: number }, noInterval: string): EstimateView {
  if (estimate.estimate === null) return undefinedEstimate(REASONS[estimate.reason], counts)
  const { low = null, high = null, method = '' } = estimate
  return { estimate: estimate.estimate, low, high, ...counts, method, reason: low === null ? noInterval : null }
}

function scaled(view: EstimateView, factor: number): EstimateView {
  const times = (value: number | null) => (value === null ? null : value * factor)
  return { ...view, estimate: times(view.estimate), low: times(view.low), high: times(view.high) }
}

function sumOf<K extends 'judgments' | 'timed' | 'activeMs'>(rows: readonly Record<K, number>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0)
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
