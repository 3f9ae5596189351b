import type { Message, RetrievedDocument, Work } from '@plaudit/protocol'
import type { ReactNode } from 'react'
import { MarkedText } from '../../ui/mark/marked-text.tsx'
import type { DraftMark } from '../../ui/mark/mark-draft.ts'
import type { Marking } from '../../ui/mark/use-marking.ts'
import { OutputColumns } from './output-columns.tsx'

/** How messages and retrieved documents are drawn; the page says it, because traces show them in the same way. */
export type ContentViews = {
  messages: (messages: readonly Message[], isRaw: boolean) => ReactNode
  documents: (documents: readonly RetrievedDocument[], isRaw: boolean) => ReactNode
}

export type ItemContentProps = {
  work: Work
  views: ContentViews
  isRaw: boolean
  showsDifferences: boolean
  isSynced: boolean
  /** Set where marks are made on the output, which then is shown as plain text. */
  marked: { marks: readonly DraftMark[]; marking: Marking; text: string; label: string } | null
}

/** What is judged: the input on top, what was retrieved, and the output or outputs. */
export function ItemContent({ work, views, isRaw, showsDifferences, isSynced, marked }: ItemContentProps) {
  const { input, outputs, documents, metadata, available } = work
  if (!available)
    return (
      <p role="note" className="border-l-2 border-bad pl-3">
        The trace of this item has not arrived yet, so there is nothing to judge. Skip it; it comes back to somebody later.
      </p>
    )
  const [first] = outputs
  const tags = Object.entries(metadata)
  return (
    <div className="flex min-w-0 flex-col gap-5">
      {input.length > 0 && (
        <section
          aria-label="Input"
          ref={showLast}
          tabIndex={0}
          className="max-h-[34dvh] overflow-y-auto rounded-sm border-b border-line bg-paper pb-3 lg:sticky lg:top-12 lg:z-10"
        >
          <h2 className="mb-2 text-note font-medium text-ink-faint">Input</h2>
          {views.messages(input, isRaw)}
        </section>
      )}
      {tags.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-1 text-note">
          {tags.map(([name, value]) => (
            <div key={name} className="flex gap-1.5">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {documents.length > 0 && (
        <details>
          <summary className="cursor-pointer rounded-sm text-note font-medium text-ink-faint">
            Retrieved documents, {documents.length}
          </summary>
          <div className="mt-2">{views.documents(documents, isRaw)}</div>
        </details>
      )}
      {outputs.length > 1 ? (
        <OutputColumns outputs={outputs} views={views} isRaw={isRaw} showsDifferences={showsDifferences} isSynced={isSynced} />
      ) : (
        first !== undefined && (
          <section aria-label="Output">
            <h2 className="mb-2 text-note font-medium text-ink-faint">
              Output
              {first.model !== null && <span className="font-normal"> · {first.model}</span>}
              {first.promptVersion !== null && <span className="font-normal"> · prompt {first.promptVersion}</span>}
            </h2>
            {marked === null ? (
              views.messages(first.messages, isRaw)
            ) : (
              <div className="prose-measure border-l-2 border-accent pl-3">
                <MarkedText
                  text={marked.text}
                  marks={marked.marks}
                  current={marked.marking.current}
                  pending={marked.marking.pending}
                  label={marked.label}
                  onSelect={marked.marking.setPending}
                  onKeyDown={marked.marking.onTextKey}
                />
              </div>
            )}
          </section>
        )
      )}
    </div>
  )
}

/** A long conversation shows its last turn, which is what the output answers: all of it, or how it begins. */
function showLast(region: HTMLElement | null): void {
  const turns = region?.querySelectorAll<HTMLElement>(':scope > ol > li')
  const last = turns?.item(turns.length - 1)
  if (region === null || last == null || turns === undefined || turns.length < 2) return
  const [turn, box] = [last.getBoundingClientRect(), region.getBoundingClientRect()]
  region.scrollTop += Math.min(turn.bottom - box.bottom, turn.top - box.top)
}
