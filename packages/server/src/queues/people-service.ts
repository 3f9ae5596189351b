import type { Criterion, PersonSkills, QueuePerson } from '@plaudit/protocol'
import { clusterMean, traceShare } from '../insights/estimate.ts'
import { rubricService } from '../rubrics/service.ts'
import { disagreement } from './disagreement.ts'
import { goldService } from './gold-service.ts'
import { type JudgedRow, personStore } from './person-store.ts'
import { type QueueContext, queueService } from './service.ts'

/** The people of a queue: what a lead needs to know of each, and what each may know of themself. */
export function peopleService(context: QueueContext) {
  const store = personStore(context.db)
  const queues = queueService(context)
  const rubrics = rubricService(context)
  const gold = goldService(context)

  /** Everybody who has worked in the queue; with `only`, that person alone (and the same figures). */
  async function peopleOf(projectId: string, queueId: string, only?: string): Promise<QueuePerson[]> {
    const queue = await queues.existing(projectId, queueId)
    const [{ criteria }, rows, states] = await Promise.all([
      rubrics.getRubric(projectId, queue.rubricId),
      store.judged(queueId),
      store.people(queueId),
    ])
    const agreement = agreementByPerson(criteria, rows)
    return states
      .filter(({ personId }) => only === undefined || personId === only)
      .map(({ goldMet, goldItems, ...person }) => ({
        ...person,
        gold: traceShare(goldMet, goldItems),
        agreement:
          agreement.get(person.personId) ?? clusterMean({ clusters: 0, n: 0, sum: 0, sumSquares: 0, crossProducts: 0, sizeSquares: 0 }),
      }))
  }

  /** Stops handing out work to a person, or goes on. */
  async function setPaused(projectId: string, queueId: string, personId: string, reason: string | null): Promise<void> {
    await queues.existing(projectId, queueId)
    await gold.setPaused(queueId, personId, reason)
  }

  const skills = (projectId: string): Promise<PersonSkills[]> => store.skills(projectId)
  const setSkills = (projectId: string, personId: string, skills: readonly string[]): Promise<void> =>
    store.setSkills(projectId, personId, skills)

  return { peopleOf, setPaused, skills, setSkills }
}

/** For each person the mean agreement (1 − disagreement) with everybody else on the same item and criterion, clustered by item. */
export function agreementByPerson(criteria: readonly Criterion[], rows: readonly JudgedRow[]): Map<string, ReturnType<typeof clusterMean>> {
  const sums = new Map<
    string,
    { clusters: number; n: number; sum: number; sumSquares: number; crossProducts: number; sizeSquares: number }
  >()
  for (const judged of Map.groupBy(rows, ({ itemId }) => itemId).values()) {
    for (const one of judged) {
      let [s, m] = [0, 0]
      for (const other of judged) {
        if (other === one) continue
        for (const criterion of criteria) {
          const apart = disagreement(criterion, [one.answers[criterion.key], other.answers[criterion.key]])
          if (apart === null) continue
          s += 1 - apart
          m += 1
        }
      }
      if (m === 0) continue
      const own = sums.get(one.personId) ?? { clusters: 0, n: 0, sum: 0, sumSquares: 0, crossProducts: 0, sizeSquares: 0 }
      own.clusters += 1
      own.n += m
      own.sum += s
      own.sumSquares += s * s
      own.crossProducts += s * m
      own.sizeSquares += m * m
      sums.set(one.personId, own)
    }
  }
  return new Map([...sums].map(([person, own]) => [person, clusterMean(own)]))
}
