import {
  type GuidelineExample,
  type GuidelineInput,
  type Mark,
  messageText,
  type QueueFill,
  type QueueInput,
  type RubricInput,
} from '@plaudit/protocol'
import type { OutgoingSpan } from '../client/outgoing-span.ts'
import type { SampleCase, SampleTruth } from './sample-case.ts'
import { DAY_MS } from './timeline.ts'

/** What people are asked about the outputs of one application, on the criteria of the sample's own feedback: so that the two can be compared. */
export interface SampleReview {
  /** Of the queue and of its rubric. */
  name: string
  criteria: RubricInput['criteria']
  guideline: (outputs: readonly SampleOutput[]) => GuidelineInput
  settings: Pick<QueueInput, 'itemKind' | 'instructions' | 'overlap'>
  fill: (sample: Sample) => QueueFill
}

/** What was sent, and the moment up to which it reaches. */
export interface Sample {
  cases: readonly SampleCase[]
  nowMs: number
}

/** Traffic of so many days is little to look through, and plenty to judge. */
export function lastDays({ nowMs }: Sample, days: number): string {
  return new Date(nowMs - days * DAY_MS).toISOString()
}

/** An output of the sample project, with what is true about it and what reviewers marked in it. */
export interface SampleOutput extends SampleTruth {
  span: OutgoingSpan
  text: string
  marks: Mark[]
}

export function outputsOf(cases: readonly SampleCase[]): SampleOutput[] {
  return cases.flatMap(({ spans, feedback, truth }) =>
    truth.flatMap((known) => {
      const span = spans.find(({ spanId }) => spanId === known.spanId)
      if (span === undefined) return []
      const marks = feedback.flatMap((given) =>
        given.kind === 'marks' && given.target.kind === 'span' && given.target.spanId === known.spanId ? (given.value as Mark[]) : [],
      )
      return [{ ...known, span, text: messageText(span.output ?? []), marks }]
    }),
  )
}

type Example = { verdict: GuidelineExample['verdict']; fits: (output: SampleOutput) => boolean; reason: (output: SampleOutput) => string }

/** For each example the first output that fits. What no output shows is left out. */
export function examplesFrom(
  outputs: readonly SampleOutput[],
  examples: readonly Example[],
  textOf: (output: SampleOutput) => string = ({ text }) => text,
): GuidelineInput['examples'] {
  return examples.flatMap(({ verdict, fits, reason }) => {
    const found = outputs.find(fits)
    if (found === undefined) return []
    const { traceId, spanId } = found.span
    return [{ verdict, text: textOf(found), reason: reason(found), source: { traceId, spanId } }]
  })
}
