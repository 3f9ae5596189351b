import type { OtlpEvent, OtlpSpan } from '../decode/otlp-span.ts'
import { textOf } from '../dialect/value.ts'
import { type CarriedFeedback, CarriedFeedbackError, scoreOf } from './carried-feedback.ts'

const EVENT = 'gen_ai.evaluation.result'
const own = new Set([
  'gen_ai.evaluation.name',
  'gen_ai.evaluation.score.value',
  'gen_ai.evaluation.score.label',
  'gen_ai.evaluation.explanation',
  'gen_ai.response.id',
])

/**
 * OpenTelemetry's events `gen_ai.evaluation.result`, each one judgment by a model. What can be read is taken out of the span; what cannot is
 * reported and stays there.
 */
export function genAiEvaluations(span: OtlpSpan, report: (error: CarriedFeedbackError) => void): CarriedFeedback[] {
  if (!span.events.some(({ name }) => name === EVENT)) return []
  const found: CarriedFeedback[] = []
  span.events = span.events.filter((event) => {
    if (event.name !== EVENT) return true
    try {
      found.push(readEvent(event, span))
      return false
    } catch (error) {
      if (!(error instanceof CarriedFeedbackError)) throw error
      report(error)
      return true
    }
  })
  return found
}

function readEvent({ attributes, timeMs }: OtlpEvent, span: OtlpSpan): CarriedFeedback {
  const name = textOf(attributes.get('gen_ai.evaluation.name'))
  const label = textOf(attributes.get('gen_ai.evaluation.score.label'))
  const explanation = textOf(attributes.get('gen_ai.evaluation.explanation'))
  const score = scoreOf(attributes.get('gen_ai.evaluation.score.value'))
  if (name === '') throw new CarriedFeedbackError('an evaluation has no gen_ai.evaluation.name')
  if (score === null && label === '' && explanation === '')
    throw new CarriedFeedbackError('an evaluation has neither score, label nor explanation')
  const responseId = textOf(attributes.get('gen_ai.response.id'))
  const others = Array.from(attributes)
    .filter(([key, value]) => !own.has(key) && value !== null)
    .map(([key, value]) => [key, textOf(value)])
  return {
    scope: 'span',
    name,
    score,
    label,
    explanation,
    author: 'model',
    identifier: '',
    timeMs: timeMs === 0 ? span.endMs : timeMs,
    metadata: Object.fromEntries([...others, ...(responseId === '' ? [] : [['gen_ai.response.id', responseId]])]) as Record<string, string>,
    // The response of the span itself needs no search.
    responseId: responseId === textOf(span.attributes.get('gen_ai.response.id')) ? '' : responseId,
  }
}
