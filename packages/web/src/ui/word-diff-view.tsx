import { useMemo } from 'react'
import { wordDiff } from './word-diff.ts'

/** Two texts as one, what went struck through and what came underlined. */
export function WordDiffView({ before, after }: { before: string; after: string }) {
  const { parts, addedWords, removedWords } = useMemo(() => wordDiff(before, after), [before, after])
  return (
    <div>
      <section tabIndex={0} className="max-h-80 overflow-y-auto rounded-sm">
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {parts.map(({ text, change }, index) =>
            change === 'same' ? (
              <span key={index}>{text}</span>
            ) : change === 'added' ? (
              <ins key={index} className="rounded-xs bg-good-soft text-good underline">
                {text}
              </ins>
            ) : (
              <del key={index} className="rounded-xs bg-bad-soft text-bad line-through">
                {text}
              </del>
            ),
          )}
        </p>
      </section>
      <p className="mt-1 text-note text-ink-faint">
        {addedWords + removedWords === 0 ? 'No word differs' : `${words(addedWords)} added, ${words(removedWords)} removed`}
      </p>
    </div>
  )
}

function words(count: number): string {
  return count === 1 ? '1 word' : `${count} words`
}
