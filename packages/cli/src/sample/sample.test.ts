import { feedbackInputSchema, type FeedbackInput, messageText, spanIdSchema, traceIdSchema } from '@plaudit/protocol'
import { encodeRatings, normalConsensus } from '@plaudit/stats'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OutgoingSpan } from '../client/outgoing-span.ts'
import { generateSample } from './generate-sample.ts'
import type { SampleCase, SampleTruth } from './sample-case.ts'
import { leaseRegression, reviewers } from './truth.ts'

const nowMs = Date.UTC(2026, 4, 4, 9, 30)
const options = { seed: 7, nowMs }
let cases: SampleCase[]
let spans: Map<string, OutgoingSpan>
let truths: Map<string, SampleTruth>
let feedback: FeedbackInput[]

beforeAll(() => {
  cases = [...generateSample(options)]
  spans = new Map(cases.flatMap((one) => one.spans.map((span) => [span.spanId, span])))
  truths = new Map(cases.flatMap((one) => one.truth.map((truth) => [truth.spanId, truth])))
  feedback = cases.flatMap((one) => one.feedback)
})

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
const outputOf = (spanId: string) => messageText(spans.get(spanId)?.output ?? [])
const spanOf = ({ target }: FeedbackInput) => (target.kind === 'span' ? target.spanId : '')
const ratings = (criterion: string) =>
  feedback.flatMap((one) => {
    const { author } = one
    const truth = truths.get(spanOf(one))
    return one.kind === 'rating' && one.criterion === criterion && author?.kind === 'human' && truth !== undefined
      ? [{ value: one.value, rater: author.id, truth }]
      : []
  })

describe('the records', () => {
  test('are the same for the same seed and moment, and others for another seed', () => {
    expect([...generateSample(options)]).toEqual(cases)
    const [other] = generateSample({ ...options, seed: 8 })
    expect(other).not.toEqual(cases[0])
  })

  test('fill a project of a few thousand spans and judgments of every kind', () => {
    expect(spans.size).toBeGreaterThan(3_000)
    expect(feedback.length).toBeGreaterThan(5_000)
    const kinds = ['comparison', 'correction', 'flag', 'label', 'labels', 'marks', 'rating', 'thumbs']
    expect([...new Set(feedback.map(({ kind }) => kind))].toSorted()).toEqual(kinds)
  })

  test('pass the protocol, with ids of their own, on spans that exist, and lie before the moment of creation', () => {
    expect(new Set(feedback.map(({ id }) => id)).size).toBe(feedback.length)
    for (const span of spans.values()) {
      expect(traceIdSchema.safeParse(span.traceId).success && spanIdSchema.safeParse(span.spanId).success).toBe(true)
      expect(span.endMs).toBeGreaterThanOrEqual(span.startMs)
      expect(span.endMs).toBeLessThan(nowMs)
    }
    for (const one of feedback) {
      expect(feedbackInputSchema.safeParse(one).error).toBeUndefined()
      expect(Date.parse(one.time ?? '')).toBeLessThanOrEqual(nowMs)
      const targets = one.target.kind === 'comparison' ? one.target.outputs.map(({ spanId }) => spanId) : [spanOf(one)]
      for (const spanId of targets) expect(spans.has(spanId)).toBe(true)
    }
  })

  test('mark code points of the text they are about, beyond the basic plane too', () => {
    let astral = 0
    for (const one of feedback) {
      if (one.kind !== 'marks') continue
      const text = Array.from(outputOf(spanOf(one)))
      for (const { start, end, quote } of one.value) {
        expect(text.slice(start, end).join('')).toBe(quote ?? '')
        expect(end).toBeLessThanOrEqual(text.length)
        if (text.slice(0, start).some((character) => character.length > 1)) astral += 1
      }
    }
    expect(astral).toBeGreaterThan(0)
  })

  test('corrections differ from what they correct', () => {
    const corrections = feedback.flatMap((one) =>
      one.kind === 'correction' && typeof one.value === 'object' ? [[spanOf(one), one.value.text]] : [],
    )
    expect(corrections.length).toBeGreaterThan(50)
    for (const [spanId = '', text] of corrections) expect(text).not.toBe(outputOf(spanId))
  })
})

describe('the hidden truth can be found again', () => {
  test('prompt v3 beats v2 beats v1, once each reviewer is measured against their own mean', () => {
    const rated = ratings('helpfulness')
    const ownMean = new Map(reviewers.map(({ id }) => [id, mean(rated.filter(({ rater }) => rater === id).map(({ value }) => value))]))
    const centred = (version: string) =>
      mean(rated.filter(({ truth }) => truth.promptVersion === version).map(({ value, rater = '' }) => value - (ownMean.get(rater) ?? 0)))
    expect(centred('v3') - centred('v2')).toBeGreaterThan(0.4)
    expect(centred('v2') - centred('v1')).toBeGreaterThan(0.4)
  })

  test('reviewer-4 is lenient and reviewer-5 noisy', () => {
    const errors = (id: string) => ratings('quality').flatMap(({ value, rater, truth }) => (rater === id ? [value - truth.quality] : []))
    const deviation = (numbers: number[]) => Math.sqrt(mean(numbers.map((number) => (number - mean(numbers)) ** 2)))
    const sound = ['reviewer-1', 'reviewer-2', 'reviewer-3']
    for (const id of sound) {
      expect(mean(errors('reviewer-4')) - mean(errors(id))).toBeGreaterThan(0.3)
      expect(deviation(errors('reviewer-5'))).toBeGreaterThan(1.4 * deviation(errors(id)))
    }
  })

  test('the consensus of numbers is nearer to the true quality than the plain mean of the ratings', () => {
    const rated = ratings('helpfulness').map(({ value, rater = '', truth }) => ({ item: truth.spanId, rater, value }))
    const fit = normalConsensus(encodeRatings(rated))
    if (fit.raters === null) throw new Error(fit.reason)
    const values = Map.groupBy(rated, ({ item }) => item)
    const several = fit.itemNames.flatMap((item, i) => ((values.get(item)?.length ?? 0) > 1 ? [{ item, level: fit.levels[i]! }] : []))
    // The ratings' common level is no error of either.
    const correlation = (estimate: (one: (typeof several)[number]) => number) => {
      const [x, y] = [several.map(estimate), several.map(({ item }) => truths.get(item)?.quality ?? 0)]
      const moment = (a: number[], b: number[]) => mean(a.map((one, k) => (one - mean(a)) * ((b[k] ?? 0) - mean(b))))
      return moment(x, y) / Math.sqrt(moment(x, x) * moment(y, y))
    }
    const plain = correlation(({ item }) => mean((values.get(item) ?? []).map(({ value }) => value)))
    expect(several.length).toBeGreaterThan(200)
    expect(correlation(({ level }) => level)).toBeGreaterThan(plain + 0.02)
  })

  test('v2 on heron-mini invents refund policies, and nothing else fails as often', () => {
    const shares = new Map<string, { wrong: number; all: number }>()
    for (const [spanId, { promptVersion, model, failure }] of truths) {
      const topic = spans.get(spanId)?.metadata?.topic
      if (topic === undefined) continue
      const share = shares.get(`${promptVersion} ${model} ${topic}`) ?? { wrong: 0, all: 0 }
      share.wrong += failure === null ? 0 : 1
      share.all += 1
      shares.set(`${promptVersion} ${model} ${topic}`, share)
    }
    const rate = ({ wrong, all }: { wrong: number; all: number }) => wrong / all
    const often = [...shares].filter(([, share]) => share.all >= 10).toSorted(([, one], [, other]) => rate(other) - rate(one))
    expect(often[0]?.[0]).toBe('v2 heron-mini refund')
    expect(rate(often[0]?.[1] ?? { wrong: 0, all: 1 })).toBeGreaterThan(0.4)
    expect(rate(often[1]?.[1] ?? { wrong: 1, all: 1 })).toBeLessThan(0.4)
  })

  test('the left output is preferred more than it deserves', () => {
    let [left, right, leftBetter, rightBetter] = [0, 0, 0, 0]
    for (const one of feedback) {
      if (one.kind !== 'comparison' || one.target.kind !== 'comparison' || typeof one.value !== 'object') continue
      const [first, second] = one.target.outputs.map(({ spanId }) => truths.get(spanId)?.quality ?? 0)
      if ((first ?? 0) > (second ?? 0)) leftBetter += 1
      else rightBetter += 1
      if (one.value.outcome === 'left') left += 1
      if (one.value.outcome === 'right') right += 1
    }
    expect(left / (left + right)).toBeGreaterThan(leftBetter / (leftBetter + rightBetter) + 0.02)
  })

  test('harassment passes the moderator more often than any other category', () => {
    const missed = (category: string) => [...truths.values()].filter(({ failure }) => failure === `kept:${category}`).length
    for (const category of ['spam', 'hate', 'violence', 'self_harm', 'sexual'])
      expect(missed('harassment')).toBeGreaterThan(2 * missed(category))
  })

  test('the second release leaves out the notice period of leases, and judgments are summarised worst', () => {
    const legal = (type: string, release?: string) =>
      [...truths.values()].filter(({ spanId }) => {
        const span = spans.get(spanId)
        return span?.metadata?.document_type === type && (release === undefined || span.release === release)
      })
    const dropped = (release: string) => mean(legal('lease', release).map(({ spanId }) => (/notice|ended/.test(outputOf(spanId)) ? 0 : 1)))
    expect(dropped(leaseRegression.release)).toBeGreaterThan(dropped('legal-1.0') + 0.3)
    const quality = (type: string) => mean(legal(type).map((truth) => truth.quality))
    for (const type of ['nda', 'lease', 'employment', 'privacy_policy', 'supply']) expect(quality('judgment')).toBeLessThan(quality(type))
  })
})
