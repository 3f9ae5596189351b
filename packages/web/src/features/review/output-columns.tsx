import { messageText, type ShownOutput } from '@plaudit/protocol'
import { type UIEvent, useMemo, useRef } from 'react'
import { cx } from '../../ui/cx.ts'
import { wordDiff } from '../../ui/word-diff.ts'
import type { ContentViews } from './item-content.tsx'
import { scrolledAlike } from './scrolled-alike.ts'

export type OutputColumnsProps = {
  outputs: readonly ShownOutput[]
  views: ContentViews
  isRaw: boolean
  showsDifferences: boolean
  /** Scrolling one column scrolls the others to the same share of their length. */
  isSynced: boolean
}

/** Outputs side by side in columns of equal width, in full; one under the other on a phone. Named by their place alone. */
export function OutputColumns({ outputs, views, isRaw, showsDifferences, isSynced }: OutputColumnsProps) {
  const columns = useRef(new Map<number, HTMLElement>())
  const follow = (at: number) => (event: UIEvent<HTMLElement>) => {
    if (!isSynced) return
    const from = event.currentTarget
    for (const [other, to] of columns.current) {
      const top = scrolledAlike(from, to)
      // A column that is there already does not answer, so that the two never chase each other.
      if (other !== at && Math.abs(to.scrollTop - top) > 1) to.scrollTop = top
    }
  }
  return (
    <div
      className={cx(
        'grid gap-x-5 gap-y-6',
        outputs.length === 2 || outputs.length === 4 ? 'sm:grid-cols-2' : 'sm:grid-cols-2 2xl:grid-cols-3',
      )}
    >
      {outputs.map((output, at) => (
        <div key={at} className="flex min-w-0 flex-col border-t-2 border-line-strong pt-2">
          <h2 className="mb-2 text-note font-medium text-ink-faint">
            {outputName(at, outputs.length)}
            {output.model !== null && <span className="font-normal"> · {output.model}</span>}
            {output.promptVersion !== null && <span className="font-normal"> · prompt {output.promptVersion}</span>}
          </h2>
          <section
            ref={(element) => {
              if (element !== null) columns.current.set(at, element)
              return () => void columns.current.delete(at)
            }}
            tabIndex={0}
            aria-label={outputName(at, outputs.length)}
            onScroll={follow(at)}
            className="min-w-0 rounded-sm sm:max-h-[66dvh] sm:overflow-y-auto"
          >
            {showsDifferences && outputs.length === 2 ? (
              <Differences before={textOf(outputs[0])} after={textOf(outputs[1])} side={at === 0 ? 'removed' : 'added'} />
            ) : (
              views.messages(output.messages, isRaw)
            )}
          </section>
        </div>
      ))}
    </div>
  )
}

/** What an output is called: by its side for two, by its number for more. */
export function outputName(at: number, count: number): string {
  return count === 2 ? (at === 0 ? 'Left' : 'Right') : `Output ${at + 1}`
}

function textOf(output: ShownOutput | undefined): string {
  return messageText(output?.messages ?? [])
}

/** One side of two, with the words that the other does not have made visible. */
function Differences({ before, after, side }: { before: string; after: string; side: 'added' | 'removed' }) {
  const { parts } = useMemo(() => wordDiff(before, after), [before, after])
  return (
    <p dir="auto" className="text-read break-words whitespace-pre-wrap">
      {parts
        .filter(({ change }) => change === 'same' || change === side)
        .map(({ text, change }, index) =>
          change === 'same' ? (
            <span key={index}>{text}</span>
          ) : (
            <mark key={index} className={cx('rounded-xs underline', side === 'added' ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad')}>
              {text}
            </mark>
          ),
        )}
    </p>
  )
}
