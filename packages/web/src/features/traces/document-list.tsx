import type { RetrievedDocument } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { formatScore, formatValue } from '../../ui/format-known.ts'
import { Markdown, PlainText } from '../../ui/markdown.tsx'
import { LongText } from './long-text.tsx'

type DocumentListProps = { documents: readonly RetrievedDocument[]; isRaw: boolean; note: ((index: number) => ReactNode) | undefined }

/** What a retriever found, best first, with its scores. */
export function DocumentList({ documents, isRaw, note }: DocumentListProps) {
  return (
    <ol className="flex flex-col gap-4">
      {documents.map((document, index) => (
        <li key={index} className="border-l-2 border-line pl-3">
          <div className="mb-1 flex flex-wrap items-baseline gap-x-3 text-note text-ink-faint">
            <span className="font-medium text-ink-soft">{index + 1}</span>
            {typeof document.id === 'string' && document.id !== '' && <span className="break-all">{document.id}</span>}
            {typeof document.score === 'number' && <span>score {formatScore(document.score)}</span>}
          </div>
          <div className="prose-measure">
            <details open={index < 3}>
              <summary className="cursor-pointer rounded-sm text-note text-ink-faint">
                {document.content.length.toLocaleString('en-GB')} characters
              </summary>
              <div className="mt-1">
                <LongText text={document.content}>{(text) => (isRaw ? <PlainText text={text} /> : <Markdown text={text} />)}</LongText>
              </div>
            </details>
            {document.metadata !== undefined && document.metadata !== null && (
              <details className="mt-1">
                <summary className="cursor-pointer rounded-sm text-note text-ink-faint">Metadata</summary>
                <pre className="mt-1 text-note break-words whitespace-pre-wrap">{formatValue(document.metadata)}</pre>
              </details>
            )}
          </div>
          {note !== undefined && <div className="mt-2">{note(index)}</div>}
        </li>
      ))}
    </ol>
  )
}
