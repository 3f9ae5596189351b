import type { FeedbackInput } from '@plaudit/protocol'
import type { OutgoingSpan } from '../client/outgoing-span.ts'

/** A piece of the sample project that is sent together: spans, what people said about them, and what is true (which is not sent). */
export interface SampleCase {
  application: 'support' | 'moderation' | 'legal'
  spans: OutgoingSpan[]
  feedback: FeedbackInput[]
  truth: SampleTruth[]
}

/** The hidden truth about one generation. */
export interface SampleTruth {
  spanId: string
  /** 1 to 5. */
  quality: number
  promptVersion: string
  model: string
  failure: string | null
}
