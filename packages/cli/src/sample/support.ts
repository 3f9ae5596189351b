import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import type { Draw } from './draw.ts'
import type { SampleCase } from './sample-case.ts'
import { supportFeedback } from './support-feedback.ts'
import { writeReply, type SupportReply } from './support-reply.ts'
import { supportTopics, systemPrompts, type SupportTopic } from './support-text.ts'
import { supportValues } from './support-value.ts'
import { spread, type Timeline } from './timeline.ts'
import { models, type Model, type PromptVersion } from './truth.ts'

const SESSIONS_PER_DAY = 18

/** One reply of the bot: what was asked, what it said, and the span that says so. */
export interface SupportTurn {
  generation: OutgoingSpan
  topic: SupportTopic
  reply: SupportReply
  userId: string
}

/** Sessions of one to three turns: a prompt version and a model each, an article retrieved, a tool called where the topic has one. */
export function* supportSessions(draw: Draw, timeline: Timeline): Generator<SampleCase> {
  for (const day of spread(timeline, SESSIONS_PER_DAY)) {
    const promptVersion = promptVersionOn(draw, day)
    const model = draw.weighted<Model>({ 'heron-large': 0.4, 'heron-mini': 0.6 })
    const topic = draw.pick(supportTopics)
    const values = supportValues(draw)
    const session = { sessionId: `chat-${draw.hex(10)}`, userId: `customer-${draw.between(1, 320)}` }
    const followUps = Number(draw.weighted({ '0': 5, '1': 3, '2': 1 }))
    const questions = [draw.pick(topic.openings), ...draw.sample(topic.followUps, followUps)]
    let startMs = timeline.momentOf(draw, day)
    const history: [string, string][] = []
    const one: SampleCase = { application: 'support', spans: [], feedback: [], truth: [] }
    for (const question of questions) {
      const asked = draw.fill(question, values)
      const reply = writeReply(draw, topic, values, promptVersion, model)
      const { spans, generation } = turn({ draw, topic, values, asked, reply, history, promptVersion, model, startMs, day, ...session })
      one.spans.push(...spans)
      one.feedback.push(...supportFeedback(draw, { generation, topic, reply, userId: session.userId }))
      one.truth.push({
        spanId: generation.spanId,
        quality: reply.quality.overall,
        promptVersion,
        model,
        failure: reply.wrongSentence === null ? null : `wrong:${topic.name}`,
      })
      history.push([asked, reply.text])
      startMs = generation.endMs + draw.between(30_000, 240_000)
    }
    yield one
  }
}

/** Each version is tried on half of the traffic before it takes over. */
function promptVersionOn(draw: Draw, day: number): PromptVersion {
  if (day < 9) return 'v1'
  if (day < 18) return draw.pick(['v1', 'v2'])
  if (day < 26) return 'v2'
  return day < 38 ? draw.pick(['v2', 'v3']) : 'v3'
}

interface TurnOptions {
  draw: Draw
  topic: SupportTopic
  values: Record<string, string>
  asked: string
  reply: SupportReply
  history: readonly [string, string][]
  promptVersion: PromptVersion
  model: Model
  startMs: number
  day: number
  sessionId: string
  userId: string
}

/** One trace: the turn, its retrieval, its tool and its generation. */
function turn(options: TurnOptions): { spans: OutgoingSpan[]; generation: OutgoingSpan } {
  const { draw, topic, values, asked, reply, history, promptVersion, model, startMs, sessionId, userId } = options
  const traceId = draw.hex(32)
  const root = draw.hex(16)
  const common = {
    traceId,
    sessionId,
    userId,
    service: 'support-bot',
    release: `support-${promptVersion.slice(1)}.0`,
    environment: 'production',
  }
  const retrievedMs = startMs + draw.between(40, 160)
  const toolMs = topic.tool === undefined ? retrievedMs : retrievedMs + draw.between(80, 400)
  const endMs = toolMs + Math.round(models[model].latencyMs * draw.uniform(0.6, 1.7))
  const prompt = systemPrompts[promptVersion]
  const inputTokens = tokensIn([prompt, asked, topic.article, ...history.flat()].join(' '))
  const outputTokens = tokensIn(reply.text)
  const generation: OutgoingSpan = {
    ...common,
    spanId: draw.hex(16),
    parentSpanId: root,
    name: 'reply',
    kind: 'generation',
    startMs: toolMs,
    endMs,
    model,
    provider: 'heron',
    promptName: 'support-reply',
    promptVersion,
    temperature: 0.4,
    input: [
      textMessage('system', `${prompt}\n\nHandbook: ${topic.article}`),
      ...history.flatMap(([question, answer]) => [textMessage('user', question), textMessage('assistant', answer)]),
      textMessage('user', asked),
    ],
    output: [{ ...textMessage('assistant', reply.text), finishReason: 'stop' }],
    inputTokens,
    outputTokens,
    costUsd: inputTokens * models[model].inputPrice + outputTokens * models[model].outputPrice,
    metadata: { topic: topic.name, channel: draw.pick(['web', 'web', 'app', 'e-mail']) },
    tags: ['support'],
  }
  const spans: OutgoingSpan[] = [
    {
      ...common,
      spanId: root,
      name: 'support.turn',
      kind: 'chain',
      startMs,
      endMs: endMs + 5,
      input: [textMessage('user', asked)],
      output: [textMessage('assistant', reply.text)],
      metadata: { topic: topic.name },
      tags: ['support'],
    },
    {
      ...common,
      spanId: draw.hex(16),
      parentSpanId: root,
      name: 'retrieve-handbook',
      kind: 'retriever',
      startMs,
      endMs: retrievedMs,
      input: [textMessage('user', asked)],
      documents: documentsFor(draw, topic),
    },
  ]
  if (topic.tool !== undefined) {
    const { name, result } = topic.tool
    spans.push({
      ...common,
      spanId: draw.hex(16),
      parentSpanId: root,
      name,
      kind: 'tool',
      startMs: retrievedMs,
      endMs: toolMs,
      tool: { name, arguments: JSON.stringify({ order: values.order }), result: draw.fill(result, values) },
    })
  }
  return { spans: [...spans, generation], generation }
}

function documentsFor(draw: Draw, topic: SupportTopic) {
  const others = draw.sample(
    supportTopics.filter((other) => other !== topic),
    2,
  )
  return [topic, ...others].map(({ name, article }, rank) => ({
    id: `handbook/${name}`,
    content: article,
    score: Number((0.93 - rank * draw.uniform(0.1, 0.25)).toFixed(3)),
  }))
}

/** About four characters a token. */
function tokensIn(text: string): number {
  return Math.ceil(text.length / 4)
}
