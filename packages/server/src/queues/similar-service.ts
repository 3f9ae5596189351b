import { ApiError, messageText, type SimilarItem, type SimilarItems, type Target } from '@plaudit/protocol'
import type { Principal } from '../access/principal.ts'
import { rubricService } from '../rubrics/service.ts'
import { contentOf, firstWords } from './content.ts'
import { contentStore } from './content-store.ts'
import { deskStore } from './desk-store.ts'
import { judgmentStore } from './judgment-store.ts'
import { leaseStore } from './lease-store.ts'
import { answersAsShown, drawOrder } from './presentation.ts'
import type { QueueContext } from './service.ts'
import { answerCount, bySharedWords, wordsOf } from './similar.ts'
import { similarStore } from './similar-store.ts'

/** Finished items that are compared: the newest ones. */
const MOST_COMPARED = 1_000
const MOST_SHOWN = 10
const EXCERPT = 400

type Reviewer = Principal & { kind: 'person' }

/** How similar items were decided, for a reviewer who has judged theirs. */
export function similarService(context: QueueContext) {
  const { db, events, clock } = context
  const desks = deskStore(db)
  const leases = leaseStore(db)
  const judgments = judgmentStore(db)
  const content = contentStore(events)
  const store = similarStore(db, events)
  const rubrics = rubricService(context)

  /**
   * Finished items of the queue that share rare words with one that this person has judged. From then on a change of that judgment is one made
   * after the reveal, and is stored as such.
   * @throws ApiError `not_found` for a lease of somebody else, `forbidden` in the entry test, `conflict` before the judgment.
   */
  async function similarTo({ projectId, person }: Reviewer, queueId: string, leaseId: string): Promise<SimilarItems> {
    const [standing, assignment] = await Promise.all([
      desks.standing(projectId, queueId, person.id, clock()),
      leases.assignment({ leaseId, personId: person.id }),
    ])
    if (standing === null || assignment === null || assignment.queue_id !== queueId || assignment.project_id !== projectId)
      throw new ApiError('not_found', `There is no lease ${leaseId} of yours in this queue.`)
    const { queue, qualifiedAt } = standing
    if (queue.settings.qualification !== null && qualifiedAt === null)
      throw new ApiError('forbidden', 'The entry test is about your own answers: similar items can be looked up after it.')
    if (!(await store.noteReveal(leaseId, person.id, clock())))
      throw new ApiError('conflict', 'Judge this item first: how similar ones were decided is shown after your own judgment.')

    const { item_id: itemId, target, side_order: order } = assignment
    const { input, outputs } = await textsOf(projectId, target, order)
    const words = wordsOf([input, ...outputs].join(' '))
    const finished = await store.finishedItems(queueId, { itemId, personId: person.id }, MOST_COMPARED)
    const shared = await store.wordsIn(projectId, finished, words)
    const similar = bySharedWords(shared, finished.length, MOST_SHOWN)
    const { criteria } = await rubrics.getRubric(projectId, queue.rubricId)
    const ids = similar.map(({ item }) => item.id)
    const [given, decisions] = await Promise.all([judgments.onItems(ids), judgments.decisionsOn(ids)])

    const shown = async ({ item, words: both }: (typeof similar)[number]): Promise<SimilarItem> => {
      // An order of its own for everybody: the target's may tell which variant an output is of.
      const drawn = item.target.kind === 'comparison' ? drawOrder(item.target.outputs.length, item.id, person.id) : []
      const answers = given
        .filter((one) => one.itemId === item.id && one.state === 'accepted')
        .map((one) => answersAsShown(one.answers, drawn))
      const decision = decisions.get(item.id)
      const decided = decision === undefined ? null : answersAsShown(decision.answers, drawn)
      const texts = await textsOf(projectId, item.target, drawn)
      return {
        itemId: item.id,
        words: both,
        input: firstWords(texts.input, EXCERPT),
        outputs: texts.outputs.map((text) => firstWords(text, EXCERPT)),
        judgments: answers.length,
        answers: criteria.flatMap((criterion) => answerCount(criterion, answers, decided) ?? []),
      }
    }
    return { compared: finished.length, items: await Promise.all(similar.map(shown)) }
  }

  /** The last question and the outputs, without what tells where they come from. */
  async function textsOf(projectId: string, target: Target, order: readonly number[]): Promise<{ input: string; outputs: string[] }> {
    const { input, outputs } = contentOf(target, await content.about(projectId, target), { order, hideModel: true })
    const last = input.findLast(({ role }) => role === 'user')
    return { input: last === undefined ? '' : messageText([last]), outputs: outputs.map(({ messages }) => messageText(messages)) }
  }

  return { similarTo }
}
