import { type Message, messageText, type ShownOutput, type Span, type Target, type Work } from '@plaudit/protocol'

/** What a reviewer may see of a span. */
export type ShownSpan = Pick<
  Span,
  'traceId' | 'spanId' | 'parentSpanId' | 'kind' | 'model' | 'promptVersion' | 'input' | 'output' | 'documents' | 'metadata'
>

/** What an item is about, as its reviewer sees it. */
export type Content = Pick<Work, 'input' | 'outputs' | 'documents' | 'metadata' | 'available'>

const nothing: Content = { input: [], outputs: [], documents: [], metadata: {}, available: false }

/** The span that a trace is judged by: its root if that has an output, else its first generation, else the first span. */
export function mainSpan<S extends ShownSpan>(spans: readonly S[]): S | undefined {
  const root = spans.find(({ parentSpanId, output }) => parentSpanId === null && output.length > 0)
  return root ?? spans.find(({ kind, output }) => kind === 'generation' && output.length > 0) ?? spans[0]
}

/**
 * An item's content from its spans. Outputs of a comparison stand in `order`; whatever tells where an output comes from is left out when
 * the reviewer must not know.
 */
export function contentOf(target: Target, spans: readonly ShownSpan[], options: { order: readonly number[]; hideModel: boolean }): Content {
  const shown = (span: ShownSpan): ShownOutput => ({
    messages: span.output,
    model: options.hideModel ? null : span.model,
    promptVersion: options.hideModel ? null : span.promptVersion,
  })
  if (target.kind === 'comparison') {
    const outputs = target.outputs.map(({ traceId, spanId }) => spans.find((span) => span.traceId === traceId && span.spanId === spanId))
    const [first] = outputs
    if (first === undefined || outputs.some((span) => span === undefined)) return nothing
    const ordered = options.order.map((index) => outputs[index]).filter((span) => span !== undefined)
    return { ...nothing, input: first.input, outputs: ordered.map(shown), documents: first.documents, available: true }
  }
  if (target.kind === 'session') {
    if (spans.length === 0) return nothing
    const messages = spans.flatMap((span) => [...lastOf(span.input, 'user'), ...span.output])
    return { ...nothing, outputs: [{ messages, model: null, promptVersion: null }], available: true }
  }
  const span = target.kind === 'trace' ? mainSpan(spans) : spans.find(({ spanId }) => spanId === target.spanId)
  if (span === undefined) return nothing
  const documents = target.kind === 'trace' ? spans.flatMap((one) => one.documents) : span.documents
  const metadata = options.hideModel ? withoutOrigin(span.metadata) : span.metadata
  return { input: span.input, outputs: [shown(span)], documents, metadata, available: true }
}

/** The first words of what is judged, by which a lead recognises an item. */
export function previewOf({ input, outputs }: Content): string {
  const text = outputs.map(({ messages }) => messageText(messages)).find((one) => one !== '') ?? messageText(input)
  return firstWords(text, 160)
}

/** The beginning of a text on one line. */
export function firstWords(text: string, length: number): string {
  const flat = text.replace(/\s+/gu, ' ').trim()
  return flat.length <= length ? flat : `${flat.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '')}…`
}

function lastOf(messages: readonly Message[], role: Message['role']): Message[] {
  const last = messages.findLast((message) => message.role === role)
  return last === undefined ? [] : [last]
}

/** Metadata that would give the model away. */
function withoutOrigin(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !/model|prompt|variant|version|release/i.test(key)))
}
