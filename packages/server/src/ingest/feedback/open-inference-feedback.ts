import type { OtlpSpan } from '../decode/otlp-span.ts'
import { type FlattenedRecord, flattenedList, takeNames } from '../dialect/flattened-list.ts'
import { textOf } from '../dialect/value.ts'
import { type CarriedFeedback, CarriedFeedbackError, type FeedbackScope, metadataOf, scoreOf } from './carried-feedback.ts'

/** The six lists that OpenInference has for feedback: two words for the same thing, in three scopes. */
const lists: readonly { list: string; prefix: string; scope: FeedbackScope }[] = (['span', 'trace', 'session'] as const).flatMap((scope) =>
  ['annotation', 'evaluation'].map((word) => ({ list: `${scope === 'span' ? '' : `${scope}.`}${word}s`, prefix: `${word}.`, scope })),
)

const authors: Record<string, CarriedFeedback['author']> = { HUMAN: 'human', LLM: 'model', CODE: 'code' }

/**
 * OpenInference's `annotations.N.annotation.*` and `evaluations.N.evaluation.*`, also with the prefixes `trace.` and `session.`. What can be
 * read is taken out of the span; what cannot is reported and stays there.
 */
export function openInferenceFeedback(span: OtlpSpan, report: (error: CarriedFeedbackError) => void): CarriedFeedback[] {
  if (!mayCarry(span)) return []
  const found: CarriedFeedback[] = []
  for (const { list, prefix, scope } of lists) {
    for (const record of flattenedList(span.attributes, list)) {
      try {
        const feedback = readRecord(record, prefix, scope, span)
        // Both words may carry the same result; it counts once.
        if (!found.some((other) => isSame(other, feedback))) found.push(feedback)
        takeNames(span.attributes, [record])
      } catch (error) {
        if (!(error instanceof CarriedFeedbackError)) throw error
        report(error)
      }
    }
  }
  return found
}

/** One cheap look decides for the many spans that carry none. */
function mayCarry({ attributes }: OtlpSpan): boolean {
  for (const name of attributes.keys()) if (name.includes('annotations.') || name.includes('evaluations.')) return true
  return false
}

function readRecord({ fields }: FlattenedRecord, prefix: string, scope: FeedbackScope, span: OtlpSpan): CarriedFeedback {
  const field = (name: string) => fields.get(`${prefix}${name}`)
  const name = textOf(field('name'))
  const label = textOf(field('label'))
  const explanation = textOf(field('explanation'))
  const score = scoreOf(field('score'))
  if (name === '') throw new CarriedFeedbackError('an annotation has no name')
  if (score === null && label === '' && explanation === '')
    throw new CarriedFeedbackError('an annotation has neither score, label nor explanation')
  const kind = textOf(field('annotator_kind'))
  const author = authors[kind]
  return {
    scope,
    name,
    score,
    label,
    explanation,
    // A kind of judge of somebody's own is a program of some sort, and named in the metadata.
    author: author ?? 'code',
    identifier: textOf(field('identifier')),
    timeMs: span.endMs,
    metadata: { ...metadataOf(field('metadata')), ...(author === undefined && kind !== '' ? { annotator_kind: kind } : {}) },
    responseId: '',
  }
}

function isSame(one: CarriedFeedback, other: CarriedFeedback): boolean {
  return (['scope', 'name', 'score', 'label', 'identifier', 'author'] as const).every((key) => one[key] === other[key])
}
