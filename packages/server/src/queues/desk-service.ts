import {
  type Answers,
  ApiError,
  checkAnswers,
  type Claimed,
  type Criterion,
  type Desk,
  draftInputSchema,
  type Mark,
  messageText,
  type MyQueue,
  type QueueSettings,
  skipInputSchema,
  type SkipReason,
  submitInputSchema,
  type Submitted,
  type Work,
} from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import type { Principal } from '../access/principal.ts'
import { guidelineService } from '../guidelines/service.ts'
import { rubricService } from '../rubrics/service.ts'
import { contentOf } from './content.ts'
import { contentStore } from './content-store.ts'
import { goldScore, knownAnswers } from './gold.ts'
import { goldService } from './gold-service.ts'
import { judgmentStore } from './judgment-store.ts'
import { markProblems } from './mark-check.ts'
import { deskStore, type Standing } from './desk-store.ts'
import type { Assignment, Lease } from './lease.ts'
import { leaseStore } from './lease-store.ts'
import { personStore } from './person-store.ts'
import { answersInTargetOrder, drawOrder, hashFraction } from './presentation.ts'
import { type OutboxContext, publisher } from './publisher.ts'
import { saidOn } from './said-on.ts'
import { queueService } from './service.ts'
import type { QueueRow } from './store.ts'

/** Most leases that one person holds at once: the item in view, and the next ones fetched ahead. */
const MOST_HELD = 3
/** A judgment that has waited for so long for the event store was left behind. */
const UNPUBLISHED_MS = 5_000
/** Reasons to skip that no other reviewer can mend. */
const toLead: ReadonlySet<SkipReason> = new Set<SkipReason>(['broken_rendering', 'harmful_to_view', 'guideline_unclear'])

type Reviewer = Principal & { kind: 'person' }
type Submit = Omit<z.output<typeof submitInputSchema>, 'holding'>

/** Queues as reviewers see them: one item after the other, never the same one twice, nothing lost. */
export function deskService(context: OutboxContext) {
  const { db, events, clock } = context
  const queues = queueService(context)
  const desks = deskStore(db)
  const leases = leaseStore(db)
  const people = personStore(db)
  const gold = goldService(context)
  const content = contentStore(events)
  const rubrics = rubricService(context)
  const guidelines = guidelineService(context)
  const outbox = publisher(context)
  /** Where each person's walk through a queue stands; only saves looking at what they have had, so that losing it costs nothing. */
  const walks = new Map<string, number>()

  /** @throws ApiError `not_found`. */
  async function standingOf({ projectId, person }: Reviewer, queueId: string): Promise<Standing> {
    const standing = await desks.standing(projectId, queueId, person.id, clock())
    if (standing === null) throw new ApiError('not_found', `There is no queue ${queueId} in this project.`)
    return standing
  }

  /** What a reviewer needs to begin. */
  async function openDesk(reviewer: Reviewer, queueId: string): Promise<Desk> {
    const { projectId, person } = reviewer
    const standing = await standingOf(reviewer, queueId)
    const { queue, acknowledgedVersion } = standing
    const [rubric, guideline, mine, remaining] = await Promise.all([
      rubrics.getRubric(projectId, queue.rubricId),
      queue.guidelineId === null ? null : guidelines.getGuideline(projectId, queue.guidelineId),
      leases.mine(queueId, person.id),
      leases.remaining(queueId, person.id),
    ])
    const isBehind = guideline !== null && acknowledgedVersion !== null && acknowledgedVersion !== guideline.version
    return {
      queueId,
      name: queue.name,
      instructions: queue.settings.instructions,
      rubric,
      guideline,
      acknowledgedVersion,
      acknowledgedBody: isBehind ? (await guidelines.getGuideline(projectId, guideline.id, acknowledgedVersion)).body : null,
      leaseMinutes: queue.settings.leaseMinutes,
      mine,
      remaining,
      closed: whyClosed(standing, person.id),
    }
  }

  /** The open queues of the project in which this person can work or has worked. */
  async function myQueues(reviewer: Reviewer): Promise<MyQueue[]> {
    const { projectId, person } = reviewer
    const open = await queues.openQueues(projectId)
    const all = await Promise.all(
      open.map(async ({ id }): Promise<MyQueue> => {
        const [standing, mine, remaining] = await Promise.all([
          standingOf(reviewer, id),
          leases.mine(id, person.id),
          leases.remaining(id, person.id),
        ])
        const { queue, held, acknowledgedVersion } = standing
        return {
          queueId: id,
          name: queue.name,
          instructions: queue.settings.instructions,
          itemKind: queue.itemKind,
          remaining,
          held: held.length,
          mine,
          closed: whyClosed(standing, person.id),
          guidelineChanged: queue.guidelineId !== null && acknowledgedVersion !== queue.guidelineVersion,
        }
      }),
    )
    return all.filter(({ closed, mine }) => closed === null || mine.judged > 0)
  }

  /** The next item for this person, or one that they hold already and do not have in view. */
  async function claim(reviewer: Reviewer, queueId: string, holding: readonly string[]): Promise<Claimed> {
    const standing = await standingOf(reviewer, queueId)
    const { queue, held, acknowledgedVersion } = standing
    const closed = whyClosed(standing, reviewer.person.id)
    const now = clock().toISOString()
    if (closed !== null) return { work: null, closed, now }
    if (queue.guidelineId !== null && acknowledgedVersion !== queue.guidelineVersion)
      throw new ApiError('conflict', 'The guideline has a new version: read and acknowledge it first.', {
        details: { guidelineVersion: queue.guidelineVersion },
      })
    const waiting = held.find(({ id }) => !holding.includes(id))
    if (waiting !== undefined) return { work: await workOf(queue, reviewer, waiting), closed: null, now }
    if (held.length >= MOST_HELD) throw new ApiError('conflict', `You hold ${held.length} items already: submit or skip one first.`)
    const lease = await next(standing, reviewer)
    if (lease !== null) return { work: await workOf(queue, reviewer, lease), closed: null, now }
    return { work: null, closed: held.length > 0 ? null : 'Nothing is left for you here.', now }
  }

  async function next({ queue, qualifiedAt, hasBegun }: Standing, { person }: Reviewer): Promise<Lease | null> {
    const now = clock()
    const request = { queueId: queue.id, personId: person.id, now, expiresAt: expiryOf(queue.settings, now) }
    const { qualification, goldRate, shuffle } = queue.settings
    if (hasBegun) {
      const begun = await leases.resume(request)
      if (begun !== null) return begun
    }
    if (qualification !== null || goldRate > 0) {
      const record = await people.goldRecord(queue.id, person.id)
      const inTest = qualification !== null && qualifiedAt === null
      if (inTest && record.judged >= qualification.items) return null
      const drawn = hashFraction(`${queue.id} ${person.id} gold ${record.total}`) < goldRate
      const known = inTest || drawn ? await leases.claimGold({ ...request, leaseId: uuidv7() }) : null
      if (known !== null || inTest) return known
    }
    const key = `${queue.id} ${person.id}`
    const start = shuffle ? hashFraction(key) : -1
    // Two rounds: from where the walk stands to the end, then from the beginning, where items may have come free. Once more if a race was lost.
    for (const after of [walks.get(key) ?? start, -1, -1]) {
      const found = await leases.claim({ ...request, leaseId: uuidv7(), after })
      if (found === null) {
        if ((await leases.remaining(queue.id, person.id)) === 0) return null
        continue
      }
      walks.set(key, found.position)
      return found.lease
    }
    return null
  }

  /** An item with its content, as this reviewer sees it. */
  async function workOf(queue: QueueRow, { person, projectId }: Reviewer, lease: Lease): Promise<Work> {
    const { target } = lease
    const spans = await content.about(projectId, target)
    let order = lease.sideOrder
    if (target.kind === 'comparison' && order.length === 0) {
      order = drawOrder(target.outputs.length, lease.itemId, person.id)
      await leases.setSideOrder({ leaseId: lease.id, order })
    }
    const hideModel = queue.settings.blind.hideModel
    return {
      itemId: lease.itemId,
      queueId: queue.id,
      kind: queue.itemKind,
      target,
      ...contentOf(target, spans, { order, hideModel }),
      rubricVersion: queue.rubricVersion,
      guidelineVersion: queue.guidelineVersion,
      lease: { id: lease.id, expiresAt: lease.expiresAt.toISOString() },
      draft: lease.draft,
      ...(await saidOn(events, { projectId, personId: person.id, queue, target, order })),
      leadNote: lease.leadNote,
      bookmarked: lease.bookmarked,
    }
  }

  /** Gives more time. @throws ApiError `conflict` when the lease has run out. */
  async function extend(reviewer: Reviewer, queueId: string, leaseId: string): Promise<{ expiresAt: string }> {
    const queue = await queues.existing(reviewer.projectId, queueId)
    const expiresAt = expiryOf(queue.settings, clock())
    if (!(await leases.extend(leaseId, reviewer.person.id, clock(), expiresAt)))
      throw new ApiError('conflict', 'The lease has run out. What you filled in is kept: submit it, or take the next item.')
    return { expiresAt: expiresAt.toISOString() }
  }

  /** Keeps what was filled in so far. */
  async function saveDraft(reviewer: Reviewer, { leaseId, ...draft }: z.output<typeof draftInputSchema>): Promise<{ savedAt: string }> {
    const state = await leases.saveDraft(leaseId, reviewer.person.id, draft)
    if (state === null) throw new ApiError('not_found', 'This item is not in your hands any more; it was submitted or skipped.')
    return { savedAt: clock().toISOString() }
  }

  /**
   * Takes a judgment. It is acknowledged once it is on disk; sent again with the same submission id it is the same judgment. After the
   * lease ran out it still counts if the item has a free place, and is kept as late otherwise. What is refused is kept as a draft.
   * @throws ApiError `not_found`, `unprocessable` for answers that do not fit the rubric or marks that do not fit the text, `conflict` for
   *   another submission of the same item or a version of the rubric that is gone.
   */
  async function submit(
    reviewer: Reviewer,
    queueId: string,
    { holding, ...given }: Submit & { holding?: readonly string[] | undefined },
  ): Promise<Submitted> {
    const submitted = await take(reviewer, queueId, given)
    if (holding === undefined) return { ...submitted, next: null }
    // The judgment is taken, whatever keeps the next item.
    const next = await claim(reviewer, queueId, holding).catch((error: unknown) => {
      if (error instanceof ApiError) return null
      throw error
    })
    return { ...submitted, next }
  }

  async function take(reviewer: Reviewer, queueId: string, given: Submit): Promise<Omit<Submitted, 'next'>> {
    const { person, projectId } = reviewer
    const assignment = await leases.assignment({ leaseId: given.leaseId, personId: person.id })
    if (assignment === null || assignment.queue_id !== queueId || assignment.project_id !== projectId)
      throw new ApiError('not_found', `There is no lease ${given.leaseId} of yours in this queue.`)
    if (assignment.state === 'skipped') throw new ApiError('conflict', 'You have skipped this item.')
    if (assignment.state === 'submitted' || assignment.state === 'late') {
      if (assignment.submission_id !== given.submissionId)
        throw new ApiError('conflict', 'You have judged this item already; reopen it to change your judgment.')
      // The answer to the first try may have been lost with the event store away: this one, too, comes after the write.
      if (!assignment.published) await outbox.catchUp(assignment.id)
      return answerOf(assignment, assignment.state, assignment.gold_correct)
    }
    const { criteria, answers } = await checked(reviewer, assignment, given).catch(async (error: unknown) => {
      await leases.saveDraft(given.leaseId, person.id, { answers: given.answers, rationales: given.rationales, activeMs: given.activeMs })
      throw error
    })
    const consultedAt = assignment.presentation?.consultedAt
    const presentation = {
      ...given.rendering,
      order: assignment.side_order,
      rubric: { id: assignment.rubric_id, version: given.rubricVersion },
      guideline: assignment.guideline_id === null ? null : { id: assignment.guideline_id, version: given.guidelineVersion },
      prelabelsShown: !assignment.settings.blind.hidePrelabels,
      othersShown: !assignment.settings.blind.hideOthers,
      modelShown: !assignment.settings.blind.hideModel,
      plan: assignment.plan_version,
      stratum: assignment.stratum,
      inclusionProbability: assignment.inclusion_probability,
      activeMs: given.activeMs,
      ...(consultedAt === undefined ? {} : { afterReveal: true, consultedAt }),
    }
    // What somebody knew is what they answered before they looked at others.
    const scored = consultedAt === undefined ? goldScore(criteria, assignment.gold ?? {}, answers) : assignment.gold_correct
    const goldCorrect = assignment.gold === null ? null : scored
    const { rendering: _, ...rest } = given
    const submission = { ...rest, personId: person.id, answers, presentation, goldCorrect, now: clock() }
    const done = await leases.submit(submission)
    // Somebody else of the same person, on another device, was faster.
    if (done === null) return take(reviewer, queueId, given)
    if (assignment.gold === null && done === 'submitted') {
      const role = reviewer.role === 'owner' || reviewer.role === 'lead' ? 'lead' : 'reviewer'
      await outbox.publish({
        assignmentId: given.leaseId,
        submissionId: given.submissionId,
        projectId,
        queueId,
        personId: person.id,
        role,
        target: assignment.target,
        criteria,
        answers,
        rationales: given.rationales,
        dropped: Object.keys(assignment.answers ?? {}).filter((key) => answers[key] === undefined),
        presentation,
        submittedAt: submission.now,
      })
    }
    if (assignment.gold !== null) await gold.review({ id: queueId, settings: assignment.settings }, person.id)
    return answerOf(assignment, done, goldCorrect)
  }

  /** Answers in the order of the target, once they fit the rubric and the text. */
  async function checked(
    { projectId }: Reviewer,
    assignment: Assignment,
    given: Submit,
  ): Promise<{ criteria: Criterion[]; answers: Answers }> {
    const { target, rubric_id: rubricId, side_order: order } = assignment
    const criteria = await rubrics.criteriaOf(projectId, rubricId, given.rubricVersion).catch((cause: unknown) => {
      if (!(cause instanceof ApiError) || cause.code !== 'not_found') throw cause
      const sentence = `Version ${given.rubricVersion} of the rubric is gone. Your answers are kept as a draft: open the item again and submit them.`
      throw new ApiError('conflict', sentence, { cause })
    })
    const { answers, problems } = checkAnswers(criteria, given.answers, target.kind === 'comparison' ? target.outputs.length : 1)
    const marks = criteria.flatMap(({ type, key }) => (type === 'mark' ? ((answers[key] ?? []) as Mark[]) : []))
    if (problems.length === 0 && marks.length > 0) {
      const { input, outputs, available } = contentOf(target, await content.about(projectId, target), { order, hideModel: true })
      const texts = { input: messageText(input), output: messageText(outputs[0]?.messages ?? []) }
      if (available) problems.push(...markProblems(criteria, answers, texts))
    }
    if (problems.length > 0) throw new ApiError('unprocessable', problems.map(({ message }) => message).join(' '), { details: problems })
    return { criteria, answers: answersInTargetOrder(answers, order) }
  }

  /** In an entry test, each answer says at once what is known. */
  async function answerOf(
    { id, settings, gold: known, rubric_id: rubricId, project_id: projectId }: Assignment,
    state: string,
    score: number | null,
  ) {
    let goldFeedback: string | null = null
    if (score !== null && known !== null && settings.qualification !== null) {
      const { criteria } = await rubrics.getRubric(projectId, rubricId)
      goldFeedback =
        score === 1
          ? 'This was a test item, and your answers are right.'
          : `This was a test item; some of your answers differ from the known ones: ${knownAnswers(criteria, known)}`
    }
    return { judgmentId: id, state: state === 'late' ? ('late' as const) : ('accepted' as const), goldFeedback }
  }

  async function skip(reviewer: Reviewer, { leaseId, reason, note }: z.output<typeof skipInputSchema>): Promise<void> {
    if (!(await leases.skip(leaseId, reviewer.person.id, reason, note, toLead.has(reason))))
      throw new ApiError('not_found', 'This item is not in your hands any more; it was submitted or skipped.')
  }

  /** Opens the judgment that this person submitted last. */
  async function reopen(reviewer: Reviewer, queueId: string): Promise<Work> {
    const queue = await queues.existing(reviewer.projectId, queueId)
    const lease = await leases.reopen(reviewer.person.id, queueId, expiryOf(queue.settings, clock()))
    if (lease === null) throw new ApiError('not_found', 'You have not submitted a judgment here yet.')
    return workOf(queue, reviewer, lease)
  }

  /** Says that the known answer of an item is wrong, or that something else is: a lead looks at it. */
  async function challenge(reviewer: Reviewer, leaseId: string, note: string): Promise<void> {
    if (!(await judgmentStore(db).challenge(leaseId, reviewer.person.id, note)))
      throw new ApiError('not_found', `There is no lease ${leaseId} of yours.`)
  }

  async function bookmark(reviewer: Reviewer, leaseId: string, bookmarked: boolean): Promise<void> {
    if (!(await leases.setBookmark(leaseId, reviewer.person.id, bookmarked)))
      throw new ApiError('not_found', `There is no lease ${leaseId} of yours.`)
  }

  return {
    myQueues,
    openDesk,
    claim,
    extend,
    saveDraft,
    submit,
    skip,
    reopen,
    bookmark,
    challenge,
    expireLeases: () => leases.expire(clock()),
    /** Publishes judgments that were left between the stores for longer than a request takes. */
    catchUp: () => outbox.catchUp(null, new Date(clock().getTime() - UNPUBLISHED_MS)),
  }
}

/** Why this person gets no work here, or null. */
function whyClosed({ queue, pausedReason, hasSkill }: Standing, personId: string): string | null {
  if (queue.state !== 'open') return queue.state === 'paused' ? 'The queue is paused.' : 'The queue is archived.'
  const { assignment } = queue.settings
  if (assignment.mode === 'people' && !assignment.people.includes(personId)) return 'The queue is assigned to other people.'
  if (assignment.mode === 'skill' && !hasSkill) return `The queue needs the skill ${assignment.skill}.`
  return pausedReason === null ? null : `A lead needs to look at your work first: ${pausedReason}`
}

function expiryOf({ leaseMinutes }: QueueSettings, now: Date): Date {
  return new Date(now.getTime() + leaseMinutes * 60_000)
}
