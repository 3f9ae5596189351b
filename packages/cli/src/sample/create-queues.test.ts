import {
  feedbackKindOf,
  type FeedbackInput,
  fillInputSchema,
  guidelineInputSchema,
  messageText,
  rubricInputSchema,
  answerSchema,
} from '@plaudit/protocol'
import { expect, test } from 'vitest'
import { sampleReviews } from './create-queues.ts'
import { generateSample } from './generate-sample.ts'
import { outputsOf } from './sample-review.ts'

const nowMs = Date.UTC(2026, 4, 4, 9, 30)
const cases = [...generateSample({ seed: 7, nowMs })]
const outputs = outputsOf(cases)
const promptOf = new Map(outputs.map(({ spanId, span }) => [spanId, span.promptName]))
const applications: Record<string, [promptName: string, kind: string]> = {
  'Support replies': ['support-reply', 'span'],
  'Support replies side by side': ['support-reply', 'comparison'],
  'Moderation decisions': ['moderate-post', 'span'],
  'Legal summaries': ['legal-summary', 'span'],
}

/** What people said about outputs of one prompt, or about comparisons of them. */
function givenOn(promptName: string, kind: string): FeedbackInput[] {
  return cases.flatMap(({ feedback }) =>
    feedback.filter(({ target }) => {
      const spanId = target.kind === 'span' ? target.spanId : target.kind === 'comparison' ? target.outputs[0]?.spanId : undefined
      return target.kind === kind && spanId !== undefined && promptOf.get(spanId) === promptName
    }),
  )
}

test.each(sampleReviews.map((review) => [review.name, review] as const))('%s asks what the feedback says', (name, review) => {
  const { criteria } = rubricInputSchema.parse(review)
  const [promptName, kind] = applications[name]!
  const given = givenOn(promptName, kind)
  for (const criterion of criteria) {
    const same = given.filter(
      ({ criterion: key, author }) => key === criterion.key && author?.kind === 'human' && author.role === 'reviewer',
    )
    expect(same.length, criterion.key).toBeGreaterThan(5)
    for (const { kind: valueKind, value } of same) {
      expect(valueKind).toBe(feedbackKindOf[criterion.type])
      expect(answerSchema(criterion, 2).safeParse(value).error).toBeUndefined()
    }
  }
})

test.each(sampleReviews.map((review) => [review.name, review] as const))(
  '%s shows good and bad outputs of the project itself',
  (_name, review) => {
    const { examples } = guidelineInputSchema.parse(review.guideline(outputs))
    expect(new Set(examples.map(({ verdict }) => verdict))).toEqual(new Set(['good', 'bad']))
    expect(examples.length).toBeGreaterThanOrEqual(3)
    for (const { text, reason, source } of examples) {
      const output = outputs.find(({ spanId }) => spanId === source?.spanId)
      expect(output?.span.traceId).toBe(source?.traceId)
      expect(reason).not.toMatch(/undefined|^$/)
      if (output?.span.promptName === 'moderate-post') {
        const [post = '', decision] = text.split('\n\n→ ')
        expect(messageText(output.span.input ?? [])).toContain(post)
        expect(JSON.parse(output.text)).toMatchObject({ decision })
      } else expect(text).toBe(output?.text)
    }
  },
)

test('an example of a fault is one in which nothing else is wrong', () => {
  const legal = sampleReviews.find(({ name }) => name === 'Legal summaries')!
  const { examples } = guidelineInputSchema.parse(legal.guideline(outputs))
  expect(examples).toHaveLength(4)
  for (const { verdict, text, reason, source } of examples) {
    const { marks } = outputs.find(({ spanId }) => spanId === source?.spanId)!
    if (verdict === 'good') continue
    expect(new Set(marks.map(({ type, start }) => `${type} ${start}`)).size).toBe(1)
    expect(reason).toContain(marks[0]?.type)
    expect(text).toContain(marks[0]?.quote ?? '')
  }
})

test('a queue is filled with items of its kind', () => {
  for (const { settings, fill } of sampleReviews) {
    const filled = fillInputSchema.parse(fill({ cases, nowMs }))
    if (!('items' in filled)) continue
    expect(filled.items.length).toBeGreaterThan(30)
    expect(new Set(filled.items.map(({ target }) => target.kind))).toEqual(new Set([settings.itemKind]))
  }
})
