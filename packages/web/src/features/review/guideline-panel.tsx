import type { Guideline } from '@plaudit/protocol'
import { useMutation } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useClient } from '../../app/client.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Markdown } from '../../ui/markdown.tsx'
import { WordDiffView } from '../../ui/word-diff-view.tsx'

export type GuidelinePanelProps = {
  guideline: Guideline | null
  /** What the queue itself says to its reviewers. */
  instructions: string
  /** The text as this reviewer acknowledged it, when there is a newer one. */
  before: string | null
  mustRead: boolean
  /** Nothing else is in view: it takes the room that it needs, and the button to acknowledge takes the focus. */
  isAlone: boolean
  isFirst: boolean
  shortcut: string
  onAcknowledged: () => void
  onClose: () => void
}

/** How to decide, beside the work. A new version says what has changed and asks to be acknowledged before further items come. */
export function GuidelinePanel({
  guideline,
  instructions,
  before,
  mustRead,
  isAlone,
  isFirst,
  shortcut,
  onAcknowledged,
  onClose,
}: GuidelinePanelProps) {
  const client = useClient()
  const acknowledge = useMutation({
    mutationFn: async () => guideline === null || (await client.guidelines.acknowledge(guideline.id, guideline.version)),
    onSuccess: onAcknowledged,
  })
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isAlone) button.current?.focus({ preventScroll: true })
  }, [isAlone, mustRead])
  return (
    <aside
      aria-label="Guideline"
      className={cx(
        'flex min-w-0 flex-col gap-4',
        !isAlone &&
          'max-xl:max-h-[60dvh] max-xl:overflow-y-auto max-xl:border-b max-xl:border-line max-xl:pb-4 xl:sticky xl:top-14 xl:max-h-[calc(100dvh-4rem)] xl:self-start xl:overflow-y-auto',
      )}
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="break-words">{guideline?.name ?? 'Instructions'}</h2>
          {guideline !== null && <p className="text-note text-ink-faint">Guideline, version {guideline.version}</p>}
        </div>
        {!mustRead && (
          <IconButton label="Close the guideline" shortcut={shortcut} onClick={onClose}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {mustRead && (
        <section
          aria-label="To acknowledge"
          aria-live="polite"
          className="flex flex-col items-start gap-3 border-l-2 border-accent py-1 pl-3"
        >
          <p className="font-medium">{isFirst ? 'Read this before you begin.' : 'The guideline has changed since you last worked here.'}</p>
          {!isFirst && guideline !== null && guideline.note !== '' && <p dir="auto">{guideline.note}</p>}
          <Button ref={button} variant="primary" busy={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
            {isFirst ? 'I have read it' : 'I have read the change'}
          </Button>
          {acknowledge.isError && (
            <p role="alert" className="text-note text-bad">
              {acknowledge.error.message}
            </p>
          )}
        </section>
      )}
      {mustRead && before !== null && guideline !== null && (
        <div className="border-l-2 border-line pl-3">
          <h3 className="mb-1">What has changed</h3>
          <WordDiffView before={before} after={guideline.body} />
        </div>
      )}
      {instructions !== '' && (
        <p dir="auto" className="prose-measure border-l-2 border-line pl-3 whitespace-pre-wrap text-ink-soft">
          {instructions}
        </p>
      )}
      {guideline !== null && (
        <div className="prose-measure">
          <Markdown text={guideline.body} />
        </div>
      )}
      {guideline !== null && guideline.examples.length > 0 && (
        <section aria-label="Examples" className="prose-measure flex flex-col gap-3">
          <h3>Examples</h3>
          {guideline.examples.map(({ verdict, text, reason }, index) => (
            <figure key={index} className={`border-l-2 pl-3 ${verdict === 'good' ? 'border-good' : 'border-bad'}`}>
              <figcaption className={`text-note font-medium ${verdict === 'good' ? 'text-good' : 'text-bad'}`}>
                {verdict === 'good' ? 'Like this' : 'Not like this'}
              </figcaption>
              <blockquote dir="auto" className="break-words whitespace-pre-wrap">
                {text}
              </blockquote>
              {reason !== '' && (
                <p dir="auto" className="mt-1 text-note text-ink-soft">
                  {reason}
                </p>
              )}
            </figure>
          ))}
        </section>
      )}
    </aside>
  )
}
