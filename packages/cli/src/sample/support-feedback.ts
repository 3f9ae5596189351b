import type { FeedbackInput } from '@plaudit/protocol'
import type { Draw } from './draw.ts'
import { byReviewer, byUser, clampRating, minutesAfter, rate, type Judged } from './judge.ts'
import { markOf } from './mark.ts'
import type { SupportReply } from './support-reply.ts'
import type { SupportTurn } from './support.ts'
import { judgeLengthBias, reviewers, thumbProbability, type Reviewer } from './truth.ts'

const REVIEWED = 0.35
const JUDGED_BY_MODEL = 0.3
/** Words of a reply to which the model judge adds nothing. */
const USUAL_WORDS = 60

const complaints = {
  accuracy: ['That is not our policy.', 'The fact is wrong, the handbook says otherwise.', 'Invented. See the handbook.'],
  helpfulness: ['Most of the steps are missing.', 'The customer has to ask again.', 'Says little that can be done.'],
  tone: ['Sounds cold.', 'No empathy at all, and this customer is upset.', 'Curt.'],
} as const
type Criterion = keyof typeof complaints

/** What people and a model said about one reply. */
export function supportFeedback(draw: Draw, turn: SupportTurn): FeedbackInput[] {
  const reviewed = draw.chance(REVIEWED) ? draw.sample(reviewers, draw.between(2, 3)) : []
  return [
    ...fromUser(draw, turn),
    ...reviewed.flatMap((reviewer) => fromReviewer(draw, turn, reviewer)),
    ...(draw.chance(JUDGED_BY_MODEL) ? [fromModel(draw, turn)] : []),
  ]
}

function judged(draw: Draw, { generation }: SupportTurn, low: number, high: number): Judged {
  const { traceId, spanId } = generation
  return { target: { kind: 'span', traceId, spanId }, time: minutesAfter(draw, generation.endMs, low, high) }
}

/** Users who answer at all: mostly the very content and the very annoyed. */
function fromUser(draw: Draw, turn: SupportTurn): FeedbackInput[] {
  const { reply, userId, topic } = turn
  if (!draw.chance(thumbProbability(reply.quality.overall))) return []
  const up = draw.chance(1 / (1 + Math.exp(-2 * (reply.quality.overall - 3))))
  const given: FeedbackInput[] = [
    {
      ...byUser(draw, userId, judged(draw, turn, 0.2, 6)),
      criterion: 'helpful',
      kind: 'thumbs',
      value: up ? 'up' : 'down',
      metadata: { topic: topic.name },
    },
  ]
  if (!up && draw.chance(0.5)) {
    const reason = reply.wrongSentence === null ? draw.pick(['incomplete', 'unfriendly']) : 'inaccurate'
    given.push({ ...byUser(draw, userId, judged(draw, turn, 0.3, 7)), criterion: 'problem', kind: 'flag', value: { reasons: [reason] } })
  }
  if (reply.wrongSentence !== null && draw.chance(0.25)) given.push(correction(byUser(draw, userId, judged(draw, turn, 1, 15)), reply))
  return given
}

function correction(from: ReturnType<typeof byUser> | ReturnType<typeof byReviewer>, reply: SupportReply): FeedbackInput {
  const text = reply.text.replace(reply.wrongSentence ?? '', () => reply.rightSentence)
  return { ...from, criterion: 'correction', kind: 'correction', value: { text } }
}

function fromReviewer(draw: Draw, turn: SupportTurn, reviewer: Reviewer): FeedbackInput[] {
  const { reply } = turn
  const seen = judged(draw, turn, 60, 2_880)
  const given = (Object.keys(complaints) as Criterion[]).map((criterion): FeedbackInput => {
    const value = rate(draw, reviewer, reply.quality[criterion])
    const rationale = value <= 2 && draw.chance(0.7) ? { rationale: draw.pick(complaints[criterion]) } : {}
    return { ...byReviewer(draw, reviewer, seen), criterion, kind: 'rating', value, ...rationale }
  })
  if (reply.wrongSentence === null || !draw.chance(reviewer.accuracy)) return given
  const mark = markOf(reply.text, reply.wrongSentence, 'inaccurate', draw.pick(complaints.accuracy))
  given.push({ ...byReviewer(draw, reviewer, seen), criterion: 'errors', kind: 'marks', value: [mark] })
  if (draw.chance(0.5)) given.push(correction(byReviewer(draw, reviewer, seen), reply))
  return given
}

/** The judge sees quality well, and length too. */
function fromModel(draw: Draw, turn: SupportTurn): FeedbackInput {
  const { reply } = turn
  const words = reply.text.split(/\s+/).length
  const value = clampRating(draw.normal(reply.quality.helpfulness + (judgeLengthBias * (words - USUAL_WORDS)) / 100, 0.35))
  return {
    id: draw.uuid(),
    ...judged(draw, turn, 0.1, 1),
    author: { kind: 'model', id: 'judge-1' },
    criterion: 'helpfulness',
    kind: 'rating',
    value: Number(value.toFixed(2)),
  }
}
