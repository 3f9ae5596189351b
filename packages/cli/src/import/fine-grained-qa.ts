import type { FeedbackInput, Mark, RetrievedDocument } from '@plaudit/protocol'
import { z } from 'zod'
import { textMessage, type OutgoingSpan } from '../client/outgoing-span.ts'
import { importedFrom, type ImportedRow, type Importer } from './import-format.ts'
import { jsonRows, parseOrNull } from './json-rows.ts'
import type { RecordIds } from './record-id.ts'

const rowSchema = z.object({
  question: z.string().min(1),
  passages: z.array(z.array(z.string()).min(1)),
  gold: z.string().optional(),
  'prediction 1': z.string(),
  'prediction 2': z.string(),
  'prediction 3': z.string(),
  'prediction 4': z.string(),
  preference: z.array(z.literal([0, 1, 2])).length(6),
  feedback: z.object({
    errors: z.array(
      z.object({ 'error type': z.string().min(1), explanation: z.string().default(''), start: z.int().min(0), end: z.int().min(0) }),
    ),
    'missing-info': z.array(z.object({ 'error type': z.string().min(1), passage_id: z.int(), sentence_id: z.array(z.int().min(0)) })),
    'corrected-prediction': z.string().default(''),
  }),
})
type QaRow = z.output<typeof rowSchema>

/** The pairs of predictions in the order in which a row lists its preferences. */
const pairs = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const
const outcomes = ['tie', 'left', 'right'] as const

/**
 * Fine-Grained Human Feedback for long-form question answering (Wu et al. 2023, QA-Feedback): each question becomes one trace with its
 * passages as retrieved documents and four predictions as generations, six comparisons, and, on the first prediction, marks of the errors,
 * of missing information (an insertion point at the end, the source sentence in its note), and a correction. Offsets count code points.
 */
export const importFineGrainedQa: Importer = async function* (source, ids) {
  for await (const { line, text } of jsonRows(source)) {
    yield questionOf(text, line, ids)
  }
}

function questionOf(text: string, line: number, ids: RecordIds): ImportedRow {
  const value = parseOrNull(text)
  if (value === null) return { line, problem: 'this is no JSON object' }
  const parsed = rowSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { line, problem: `${issue?.path.join(' → ') ?? 'the row'}: ${issue?.message ?? 'is not valid'}` }
  }
  const row = parsed.data
  const firstLength = Array.from(row['prediction 1']).length
  const outside = row.feedback.errors.find(({ start, end }) => start > end || end > firstLength)
  if (outside !== undefined)
    return {
      line,
      problem: `an error from ${outside.start} to ${outside.end} is outside prediction 1, which has ${firstLength} characters`,
    }
  return recordsOf(row, line, ids)
}

function recordsOf(row: QaRow, line: number, ids: RecordIds): ImportedRow {
  const base = ids.ofRow(JSON.stringify(row))
  const traceId = ids.traceId(base)
  const common = { traceId, ...importedFrom('fine-grained-qa') }
  const question = [textMessage('user', row.question)]
  const root: OutgoingSpan = {
    ...common,
    spanId: ids.spanId(base, 'question'),
    name: 'answer-question',
    kind: 'chain',
    input: question,
    ...(row.gold === undefined ? {} : { metadata: { gold: row.gold.slice(0, 8_000) } }),
  }
  const documents = row.passages.map((sentences, index): RetrievedDocument => ({
    id: `${index + 1}: ${sentences[0]}`,
    content: sentences.join(' '),
  }))
  const retrieval: OutgoingSpan = {
    ...common,
    spanId: ids.spanId(base, 'passages'),
    parentSpanId: root.spanId,
    name: 'retrieve-passages',
    kind: 'retriever',
    input: question,
    documents,
  }
  const predictions = ([1, 2, 3, 4] as const).map((number): OutgoingSpan => ({
    ...common,
    spanId: ids.spanId(base, `prediction ${number}`),
    parentSpanId: root.spanId,
    name: `prediction-${number}`,
    kind: 'generation',
    input: [textMessage('user', `${row.passages.map((sentences) => sentences.join(' ')).join('\n\n')}\n\n${row.question}`)],
    output: [textMessage('assistant', row[`prediction ${number}`])],
    metadata: { prediction: String(number) },
  }))
  const from = { author: { kind: 'human' as const, role: 'reviewer' as const } }
  const comparisons = pairs.map(([left, right], index): FeedbackInput => ({
    ...from,
    id: ids.uuid(base, `preference ${index}`),
    target: {
      kind: 'comparison',
      outputs: [left, right].map((place) => ({ traceId, spanId: predictions[place]!.spanId })),
    },
    criterion: 'preference',
    kind: 'comparison',
    value: { outcome: outcomes[row.preference[index]!] },
  }))
  const onFirst = { ...from, target: { kind: 'span' as const, traceId, spanId: predictions[0]!.spanId } }
  const given: FeedbackInput[] = [
    ...comparisons,
    { ...onFirst, id: ids.uuid(base, 'errors'), criterion: 'errors', kind: 'marks', value: errorMarks(row) },
    { ...onFirst, id: ids.uuid(base, 'missing'), criterion: 'missing-information', kind: 'marks', value: missingMarks(row) },
  ]
  const correction = row.feedback['corrected-prediction']
  if (correction.trim() !== '')
    given.push({ ...onFirst, id: ids.uuid(base, 'correction'), criterion: 'correction', kind: 'correction', value: { text: correction } })
  return { line, spans: [root, retrieval, ...predictions], feedback: given }
}

function errorMarks({ feedback, 'prediction 1': text }: QaRow): Mark[] {
  const characters = Array.from(text)
  return feedback.errors.map(({ 'error type': type, explanation, start, end }) => ({
    type,
    start,
    end,
    field: 'output',
    quote: characters.slice(start, end).join(''),
    ...(explanation === '' ? {} : { note: explanation }),
  }))
}

/** Passages are numbered from 1; a passage's sentence 0 is its title. */
function missingMarks({ feedback, passages, 'prediction 1': text }: QaRow): Mark[] {
  const end = Array.from(text).length
  return feedback['missing-info'].map(({ 'error type': type, passage_id: passage, sentence_id: sentences }) => {
    const source = sentences.map((sentence) => passages[passage - 1]?.[sentence] ?? '').join(' ')
    const where = `passage ${passage}, sentence ${sentences.join(', ')}`
    return { type, start: end, end, field: 'output', note: source.trim() === '' ? where : `${where}: ${source}` }
  })
}
