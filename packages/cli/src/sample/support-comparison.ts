import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import type { Draw } from './draw.ts'
import { byReviewer, compare, minutesAfter } from './judge.ts'
import type { SampleCase } from './sample-case.ts'
import { writeReply, type SupportReply } from './support-reply.ts'
import { supportTopics, systemPrompts } from './support-text.ts'
import { supportValues } from './support-value.ts'
import { DAY_MS, type Timeline } from './timeline.ts'
import { models, promptVersions, reviewers, type Model, type PromptVersion } from './truth.ts'

const COMPARISONS = 180
const FIRST_DAY = 26

interface Arm {
  promptVersion: PromptVersion
  model: Model
}

/** Questions answered by two arms side by side, for reviewers to compare. Which one stands on the left is drawn. */
export function* supportComparisons(draw: Draw, timeline: Timeline): Generator<SampleCase> {
  const arms = promptVersions.flatMap((promptVersion) => (Object.keys(models) as Model[]).map((model): Arm => ({ promptVersion, model })))
  for (let count = 0; count < COMPARISONS; count += 1) {
    const topic = draw.pick(supportTopics)
    const values = supportValues(draw)
    const asked = draw.fill(draw.pick(topic.openings), values)
    const startMs = timeline.startMs + FIRST_DAY * DAY_MS + draw.between(0, 14 * DAY_MS)
    const traceId = draw.hex(32)
    const root = draw.hex(16)
    const common = { traceId, service: 'support-replay', environment: 'replay', release: 'support-3.0' }
    const outputs = draw.sample(arms, 2).map((arm) => {
      const reply = writeReply(draw, topic, values, arm.promptVersion, arm.model)
      return { ...arm, reply, span: generation(draw, { ...common, parentSpanId: root }, arm, asked, topic.article, reply, startMs) }
    })
    const [left, right] = outputs as [(typeof outputs)[number], (typeof outputs)[number]]
    const target = { kind: 'comparison' as const, outputs: [left, right].map(({ span }) => ({ traceId, spanId: span.spanId })) }
    yield {
      application: 'support',
      spans: [
        {
          ...common,
          spanId: root,
          name: 'support.compare',
          kind: 'chain',
          startMs,
          endMs: Math.max(left.span.endMs, right.span.endMs),
          input: [textMessage('user', asked)],
          tags: ['replay'],
        },
        left.span,
        right.span,
      ],
      feedback: draw.sample(reviewers, 3).map((reviewer) => ({
        ...byReviewer(draw, reviewer, { target, time: minutesAfter(draw, startMs, 60, 1_440) }),
        criterion: 'preference',
        kind: 'comparison',
        value: { outcome: compare(draw, reviewer, left.reply.quality.overall, right.reply.quality.overall) },
        presentation: { order: 'random' },
      })),
      truth: [left, right].map(({ reply, span, promptVersion, model }) => ({
        spanId: span.spanId,
        quality: reply.quality.overall,
        promptVersion,
        model,
        failure: reply.wrongSentence === null ? null : `wrong:${topic.name}`,
      })),
    }
  }
}

function generation(
  draw: Draw,
  common: Pick<OutgoingSpan, 'traceId' | 'parentSpanId' | 'service' | 'environment' | 'release'>,
  { promptVersion, model }: Arm,
  asked: string,
  article: string,
  reply: SupportReply,
  startMs: number,
): OutgoingSpan {
  return {
    ...common,
    spanId: draw.hex(16),
    name: 'reply',
    kind: 'generation',
    startMs,
    endMs: startMs + Math.round(models[model].latencyMs * draw.uniform(0.6, 1.7)),
    model,
    provider: 'heron',
    promptName: 'support-reply',
    promptVersion,
    temperature: 0.4,
    input: [textMessage('system', `${systemPrompts[promptVersion]}\n\nHandbook: ${article}`), textMessage('user', asked)],
    output: [{ ...textMessage('assistant', reply.text), finishReason: 'stop' }],
    inputTokens: Math.ceil((asked.length + article.length) / 4),
    outputTokens: Math.ceil(reply.text.length / 4),
    tags: ['replay'],
  }
}
