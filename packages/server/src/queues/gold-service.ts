import { sequentialWatch } from '@plaudit/stats'
import { personStore, type PersonStanding } from './person-store.ts'
import type { QueueContext } from './service.ts'
import type { QueueRow } from './store.ts'

type GoldQueue = Pick<QueueRow, 'id' | 'settings'>
type Verdict = PersonStanding & { pausedReason: string | null }

/** What follows from known answers: who passes the entry test, and who is stopped until a lead has looked. */
export function goldService({ db, clock }: Pick<QueueContext, 'db' | 'clock'>) {
  const people = personStore(db)

  /**
   * Draws the consequences of a person's gold answers as they stand now: after each one, and again when known answers were corrected, so that
   * a stop that rested on a wrong answer is lifted. A lead's stop stays.
   */
  async function review(queue: GoldQueue, personId: string): Promise<void> {
    const [before, scores] = await Promise.all([people.standing(queue.id, personId), people.goldScores(queue.id, personId)])
    const after = verdictOn(queue.settings, before, scores)
    if (after.pausedBy === before.pausedBy && after.qualifiedAt?.getTime() === before.qualifiedAt?.getTime()) return
    await people.setStanding(queue.id, personId, after, clock())
  }

  /** A lead stops a person, or lets them go on: then the watch begins anew, and a failed entry test counts as passed. */
  async function setPaused(queueId: string, personId: string, reason: string | null): Promise<void> {
    const now = clock()
    const before = await people.standing(queueId, personId)
    const after: Verdict =
      reason === null
        ? {
            pausedBy: null,
            pausedReason: null,
            watchedFrom: before.pausedBy === null ? before.watchedFrom : now,
            qualifiedAt: before.pausedBy === 'test' ? now : before.qualifiedAt,
          }
        : { ...before, pausedBy: 'lead', pausedReason: reason }
    await people.setStanding(queueId, personId, after, now)
  }

  return { review, setPaused }

  function verdictOn(
    { qualification, goldWatch }: GoldQueue['settings'],
    before: PersonStanding,
    scores: readonly { score: number; time: Date }[],
  ): Verdict {
    const { watchedFrom } = before
    let { qualifiedAt } = before
    let testFailed: string | null = null
    if (qualification !== null && scores.length >= qualification.items && watchedFrom === null) {
      const test = scores.slice(0, qualification.items)
      const mean = test.reduce((sum, { score }) => sum + score, 0) / test.length
      const passed = mean >= qualification.passMark
      qualifiedAt = passed ? (qualifiedAt ?? clock()) : null
      if (!passed)
        testFailed = `you met ${percent(mean)} of the known answers in the entry test, and ${percent(qualification.passMark)} are needed.`
    }
    const rest = { qualifiedAt, watchedFrom }
    // The reason of a lead's stop is the lead's; it is kept by not writing it (see `review`).
    if (before.pausedBy === 'lead') return { ...before, pausedReason: null }
    if (testFailed !== null) return { ...rest, pausedBy: 'test', pausedReason: testFailed }
    const watched = scores.slice(qualification?.items ?? 0).filter(({ time }) => watchedFrom === null || time > watchedFrom)
    if (goldWatch !== null) {
      const run = sequentialWatch(
        watched.map(({ score }) => score),
        goldWatch,
      )
      if (run.decision === 'poor') {
        const met = watched.slice(-run.n).reduce((sum, { score }) => sum + score, 0)
        const reason = `of the last ${run.n} items with known answers you met ${Math.round(met * 10) / 10}; the queue expects ${percent(goldWatch.good)}.`
        return { ...rest, pausedBy: 'watch', pausedReason: reason }
      }
    }
    return { ...rest, pausedBy: null, pausedReason: null }
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
