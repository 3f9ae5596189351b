import type { FeedbackInput } from '@plaudit/protocol'
import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import type { Draw } from './draw.ts'
import { byReviewer, labelAs, minutesAfter } from './judge.ts'
import { harmless, posts } from './moderation-text.ts'
import type { SampleCase } from './sample-case.ts'
import { spread, type Timeline } from './timeline.ts'
import { moderationCategories, moderationScoreShift, reviewers, type ModerationCategory } from './truth.ts'

const POSTS_PER_DAY = 14
const REMOVED_FROM = 0.5
/** Mean score, in log odds, of a category that a post has nothing to do with, and of one that it only resembles. */
const elsewhere = -3.6
const resembling = -2
const reviewShare = 0.6

const instruction =
  'You moderate a neighbourhood forum. Score the post from 0 to 1 in every category, and remove it when a score reaches 0.5. Answer in JSON.'

/** Posts that a model moderated, and what reviewers decided about a sample of them. */
export function* moderatedPosts(draw: Draw, timeline: Timeline): Generator<SampleCase> {
  for (const day of spread(timeline, POSTS_PER_DAY)) {
    const { text, belongs, resembles } = writePost(draw)
    const scores = scoresOf(draw, belongs, resembles)
    const removed = Object.values(scores).some((score) => score >= REMOVED_FROM)
    const generation = moderationSpan(draw, timeline.momentOf(draw, day), text, scores, removed)
    yield {
      application: 'moderation',
      spans: [generation],
      feedback: draw.chance(reviewShare) ? fromReviewers(draw, generation, belongs) : [],
      truth: [
        {
          spanId: generation.spanId,
          quality: removed === (belongs !== null) ? 5 : 1,
          promptVersion: 'v1',
          model: 'heron-guard',
          failure: removed === (belongs !== null) ? null : `${removed ? 'removed' : 'kept'}:${belongs ?? resembles ?? 'harmless'}`,
        },
      ],
    }
  }
}

interface Post {
  text: string
  /** The category that it truly belongs to. */
  belongs: ModerationCategory | null
  resembles: ModerationCategory | null
}

function writePost(draw: Draw): Post {
  const kind = draw.weighted({ belonging: 0.3, lookAlike: 0.3, harmless: 0.4 })
  if (kind === 'harmless') return { text: draw.fill(draw.pick(harmless), {}), belongs: null, resembles: null }
  const category = draw.pick<ModerationCategory>([...moderationCategories, 'harassment'])
  const text = draw.fill(draw.pick(posts[category][kind]), {})
  return { text, belongs: kind === 'belonging' ? category : null, resembles: kind === 'lookAlike' ? category : null }
}

function scoresOf(draw: Draw, belongs: ModerationCategory | null, resembles: ModerationCategory | null) {
  const scored = moderationCategories.map((category) => {
    const mean = category === belongs ? moderationScoreShift[category] : category === resembles ? resembling : elsewhere
    return [category, Number((1 / (1 + Math.exp(-draw.normal(mean, 0.8)))).toFixed(3))] as const
  })
  return Object.fromEntries(scored) as Record<ModerationCategory, number>
}

function moderationSpan(
  draw: Draw,
  startMs: number,
  text: string,
  scores: Record<ModerationCategory, number>,
  removed: boolean,
): OutgoingSpan {
  const answer = JSON.stringify({ decision: removed ? 'remove' : 'keep', scores })
  return {
    traceId: draw.hex(32),
    spanId: draw.hex(16),
    name: 'moderate',
    kind: 'generation',
    startMs,
    endMs: startMs + draw.between(180, 700),
    model: 'heron-guard',
    provider: 'heron',
    promptName: 'moderate-post',
    promptVersion: 'v1',
    temperature: 0,
    input: [textMessage('system', instruction), textMessage('user', text)],
    output: [textMessage('assistant', answer)],
    inputTokens: Math.ceil((instruction.length + text.length) / 4),
    outputTokens: Math.ceil(answer.length / 4),
    userId: `member-${draw.between(1, 400)}`,
    tags: ['moderation'],
    metadata: {
      decision: removed ? 'remove' : 'keep',
      ...Object.fromEntries(Object.entries(scores).map(([category, score]) => [`score.${category}`, String(score)])),
    },
    service: 'forum-moderator',
    release: 'moderation-1.0',
    environment: 'production',
  }
}

function fromReviewers(draw: Draw, { traceId, spanId, endMs }: OutgoingSpan, belongs: ModerationCategory | null): FeedbackInput[] {
  const target = { kind: 'span' as const, traceId, spanId }
  return draw.sample(reviewers, draw.between(2, 3)).flatMap((reviewer): FeedbackInput[] => {
    const category = labelAs(draw, reviewer, belongs ?? 'none', ['none', ...moderationCategories])
    const time = minutesAfter(draw, endMs, 30, 1_440)
    return [
      {
        ...byReviewer(draw, reviewer, { target, time }),
        criterion: 'decision',
        kind: 'label',
        value: category === 'none' ? 'keep' : 'remove',
      },
      {
        ...byReviewer(draw, reviewer, { target, time }),
        criterion: 'categories',
        kind: 'labels',
        value: category === 'none' ? [] : [category],
      },
    ]
  })
}
