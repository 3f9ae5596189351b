import { messageText, type Span } from '@plaudit/protocol'
import type { ReactNode } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { JsonBlock } from '../../ui/json-block.tsx'
import { DocumentList } from './document-list.tsx'
import { MessageList } from './message-view.tsx'
import { KeyValues, Section } from './section.tsx'
import { SpanHead } from './span-head.tsx'

export type SpanDetailProps = {
  span: Span
  isRaw: boolean
  /** Stands beside the heading of the output: how to show it, what to do with it. */
  outputActions?: ReactNode
  /** Stands in the place of the output: an editor, marks. */
  outputView?: ReactNode
  /** Stands under the output: what is said of it. */
  outputNote?: ReactNode
  /** Stands under one retrieved document. */
  documentNote?: (index: number) => ReactNode
}

/** Of a long input the beginning is shown, so that the output, which is what people judge, stays near. */
const INPUT_FOLD_LENGTH = 1_800

/** Everything about one span, what people judge first. */
export function SpanDetail({ span, isRaw, outputActions, outputView, outputNote, documentNote }: SpanDetailProps) {
  const { input, output, documents, tools, parameters, metadata, attributes, events } = span
  const outputText = messageText(output)
  return (
    <article aria-label={span.name} className="flex min-w-0 flex-col gap-6">
      <SpanHead span={span} />
      {span.status === 'error' && (
        <div role="note" className="border-l-2 border-bad bg-bad-soft px-3 py-2">
          <p className="font-medium text-bad">This span failed</p>
          {span.statusMessage !== '' && <p className="break-words whitespace-pre-wrap">{span.statusMessage}</p>}
        </div>
      )}
      {input.length > 0 && (
        <Section title="Input" actions={<CopyButton size="small" text={messageText(input)} />}>
          <MessageList messages={input} isRaw={isRaw} foldAt={INPUT_FOLD_LENGTH} />
        </Section>
      )}
      {documents.length > 0 && (
        <Section title={`Retrieved documents, ${documents.length}`}>
          <DocumentList documents={documents} isRaw={isRaw} note={documentNote} />
        </Section>
      )}
      {output.length > 0 && (
        <Section
          title="Output"
          actions={
            <>
              {outputActions}
              <CopyButton size="small" text={outputText} />
            </>
          }
        >
          {outputView ?? <MessageList messages={output} isRaw={isRaw} />}
          {outputNote}
        </Section>
      )}
      {input.length === 0 && output.length === 0 && documents.length === 0 && (
        <p className="text-ink-faint">This span carries no input and no output.</p>
      )}
      {tools.length > 0 && (
        <Section title={`Tools offered, ${tools.length}`} isFolded>
          <ul className="flex flex-col gap-3">
            {tools.map((tool) => (
              <li key={tool.name} className="flex flex-col gap-1">
                <code className="font-medium">{tool.name}</code>
                {typeof tool.description === 'string' && <p className="prose-measure text-ink-soft">{tool.description}</p>}
                {tool.parameters !== undefined && <JsonBlock label={`Parameters of ${tool.name}`} value={tool.parameters} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <KeyValues title="Parameters" values={parameters} isOpen />
      <KeyValues title="Metadata" values={metadata} isOpen />
      {events.length > 0 && (
        <Section title={`Events, ${events.length}`} isFolded>
          <ol className="flex flex-col gap-3">
            {events.map((event, index) => (
              <li key={index}>
                <p className="font-medium">
                  {event.name}{' '}
                  <span className="text-note font-normal text-ink-faint">
                    after {Date.parse(event.time) - Date.parse(span.startTime)} ms
                  </span>
                </p>
                <KeyValues values={event.attributes} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      <KeyValues title="All other attributes" values={attributes} />
    </article>
  )
}
