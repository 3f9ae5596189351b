import type { FeedbackInput, Mark } from '@plaudit/protocol'
import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import type { Draw } from './draw.ts'
import { byReviewer, minutesAfter, rate } from './judge.ts'
import { type LegalSummary, type SummaryError, writeSummary } from './legal-summary.ts'
import { insertionAfter, markOf } from './mark.ts'
import type { SampleCase } from './sample-case.ts'
import { spread, type Timeline } from './timeline.ts'
import { documentTypes, leaseRegression, reviewers, type DocumentType, type Reviewer } from './truth.ts'

const SUMMARIES_PER_DAY = 9
const REVIEWED = 0.75
const instruction = 'Summarise the legal document for a client in plain words. Name every right, duty, deadline and amount.'

/** Summaries of documents of several types by two releases, with what attorneys marked and corrected in them. */
export function* legalSummaries(draw: Draw, timeline: Timeline): Generator<SampleCase> {
  for (const day of spread(timeline, SUMMARIES_PER_DAY)) {
    const type = draw.pick(documentTypes)
    const release = day >= leaseRegression.afterDay ? leaseRegression.release : 'legal-1.0'
    const summary = writeSummary(draw, type, release)
    const generation = summarySpan(draw, timeline.momentOf(draw, day), type, release, summary)
    const seen = draw.chance(REVIEWED) ? draw.sample(reviewers, draw.between(2, 3)) : []
    yield {
      application: 'legal',
      spans: [generation],
      feedback: seen.flatMap((reviewer) => fromReviewer(draw, reviewer, generation, summary)),
      truth: [
        {
          spanId: generation.spanId,
          quality: summary.quality,
          promptVersion: promptVersionOf(release),
          model: 'heron-large',
          failure: summary.errors[0] === undefined ? null : `${summary.errors[0].type}:${type}:${summary.errors[0].point}`,
        },
      ],
    }
  }
}

function promptVersionOf(release: string): string {
  return release === leaseRegression.release ? 'v2' : 'v1'
}

function summarySpan(draw: Draw, startMs: number, type: DocumentType, release: string, { document, text }: LegalSummary): OutgoingSpan {
  const inputTokens = Math.ceil((instruction.length + document.length) / 4)
  const outputTokens = Math.ceil(text.length / 4)
  return {
    traceId: draw.hex(32),
    spanId: draw.hex(16),
    name: 'summarise',
    kind: 'generation',
    startMs,
    endMs: startMs + draw.between(1_400, 5_200),
    model: 'heron-large',
    provider: 'heron',
    promptName: 'legal-summary',
    promptVersion: promptVersionOf(release),
    temperature: 0.2,
    input: [textMessage('system', instruction), textMessage('user', document)],
    output: [textMessage('assistant', text)],
    inputTokens,
    outputTokens,
    costUsd: inputTokens * 2.5e-6 + outputTokens * 1e-5,
    userId: `clerk-${draw.between(1, 12)}`,
    tags: ['legal'],
    metadata: { document_type: type },
    service: 'legal-summaries',
    release,
    environment: 'production',
  }
}

/** Marks on the errors that this reviewer sees, a rating, and now and then the whole summary as it should be. */
function fromReviewer(draw: Draw, reviewer: Reviewer, { traceId, spanId, endMs }: OutgoingSpan, summary: LegalSummary): FeedbackInput[] {
  const judged = { target: { kind: 'span' as const, traceId, spanId }, time: minutesAfter(draw, endMs, 30, 2_000) }
  const found = summary.errors.filter(() => draw.chance(reviewer.accuracy))
  const value = rate(draw, reviewer, summary.quality)
  const given: FeedbackInput[] = [
    {
      ...byReviewer(draw, reviewer, judged),
      criterion: 'errors',
      kind: 'marks',
      value: found.map((error) => markFor(summary.text, error)),
    },
    { ...byReviewer(draw, reviewer, judged), criterion: 'quality', kind: 'rating', value },
  ]
  if (found.length === summary.errors.length && found.length > 0 && draw.chance(0.4))
    given.push({ ...byReviewer(draw, reviewer, judged), criterion: 'correction', kind: 'correction', value: { text: summary.corrected } })
  return given
}

function markFor(text: string, { type, sentence, right }: SummaryError): Mark {
  return type === 'incomplete'
    ? insertionAfter(text, sentence, type, `Missing: ${right}`)
    : markOf(text, sentence, type, `Should be: ${right}`)
}
