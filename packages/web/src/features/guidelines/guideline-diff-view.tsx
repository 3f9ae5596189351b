import type { Guideline } from '@plaudit/sdk'
import { Badge } from '../../ui/badge.tsx'
import { WordDiffView } from '../../ui/word-diff-view.tsx'

type Content = Pick<Guideline, 'body'> & { examples: readonly Pick<Guideline['examples'][number], 'verdict' | 'text' | 'reason'>[] }

/** What differs between two versions of a guideline: the words of its text, and the examples that came and went. */
export function GuidelineDiffView({ before, after }: { before: Content; after: Content }) {
  const sameAs = (one: Content['examples'][number]) => (other: Content['examples'][number]) =>
    one.text === other.text && one.verdict === other.verdict && one.reason === other.reason
  const added = after.examples.filter((example) => !before.examples.some(sameAs(example)))
  const removed = before.examples.filter((example) => !after.examples.some(sameAs(example)))
  const isSame = before.body === after.body && added.length === 0 && removed.length === 0
  if (isSame) return <p className="text-ink-faint">The text and the examples are the same.</p>
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {before.body !== after.body && <WordDiffView before={before.body} after={after.body} />}
      {[...added.map((example) => ({ example, isNew: true })), ...removed.map((example) => ({ example, isNew: false }))].map(
        ({ example, isNew }) => (
          <div key={`${isNew} ${example.verdict} ${example.text}`} className="border-l-2 border-line pl-3">
            <Badge tone={isNew ? 'good' : 'bad'}>
              {isNew ? 'New' : 'Removed'} {example.verdict} example
            </Badge>
            <p dir="auto" className="mt-1 line-clamp-4 break-words whitespace-pre-wrap">
              {example.text}
            </p>
            {example.reason !== '' && <p className="text-ink-soft">{example.reason}</p>}
          </div>
        ),
      )}
    </div>
  )
}
