import type { AnswerCount, Criterion, SimilarItem, Work } from '@plaudit/protocol'
import { PlauditError } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useClient } from '../../app/client.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { offeredOutcomes } from './criterion-key.ts'
import { shownOptions } from './shown-option.ts'

export type SimilarPanelProps = {
  work: Work
  criteria: readonly Criterion[]
  shortcut: string
  /** What opens the last judgment again, for who asks too early. */
  reopenKey: string
  onClose: () => void
}

/** How similar items were decided, beside a judgment that was made before: first one's own opinion, then others'. */
export function SimilarPanel({ work, criteria, shortcut, reopenKey, onClose }: SimilarPanelProps) {
  const client = useClient()
  const similar = useQuery({
    queryKey: ['similar', work.queueId, work.lease.id],
    queryFn: () => client.desk.similar(work.queueId, work.lease.id),
    retry: false,
    refetchOnWindowFocus: false,
    // The next time it may be another judgment of the same item.
    gcTime: 0,
  })
  const { data, error } = similar
  return (
    <aside
      aria-label="Similar items"
      className="flex min-w-0 flex-col gap-3 max-xl:max-h-[60dvh] max-xl:overflow-y-auto max-xl:border-b max-xl:border-line max-xl:pb-4 xl:sticky xl:top-14 xl:max-h-[calc(100dvh-4rem)] xl:self-start xl:overflow-y-auto"
    >
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1">Similar items</h2>
        <IconButton label="Close the similar items" shortcut={shortcut} onClick={onClose}>
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      </div>
      <div aria-live="polite" className="text-note text-ink-soft">
        {data !== undefined && <p>{summaryOf(data.items.length, data.compared)}</p>}
        {data !== undefined && data.items.length > 0 && <p>If you change your judgment now, it is stored that you had seen these.</p>}
        {error !== null && <p className="text-body text-ink">{error.message}</p>}
        {error instanceof PlauditError && error.code === 'conflict' && (
          <p className="mt-1">
            <Kbd keys={reopenKey} /> <span className="sr-only">{reopenKey.toUpperCase()}</span> opens the judgment that you submitted last.
          </p>
        )}
      </div>
      {similar.isPending && <SkeletonRows rows={3} label="Looking for similar items" />}
      {data !== undefined && data.items.length > 0 && (
        <ol aria-label="Similar items, the most similar first" className="flex flex-col">
          {data.items.map((item) => (
            <SimilarEntry key={item.itemId} item={item} criteria={criteria} />
          ))}
        </ol>
      )}
    </aside>
  )
}

function SimilarEntry({ item, criteria }: { item: SimilarItem; criteria: readonly Criterion[] }) {
  const { input, outputs, words, answers } = item
  return (
    <li className="flex flex-col gap-1.5 border-t border-line py-3">
      {input !== '' && (
        <p dir="auto" className="line-clamp-2 break-words text-ink-soft">
          {input}
        </p>
      )}
      {outputs.map((output, index) => (
        <div key={index} className="border-l-2 border-line pl-2">
          {outputs.length > 1 && <p className="text-note text-ink-faint">{placeOf(index, outputs.length)}</p>}
          <p dir="auto" className="line-clamp-4 break-words">
            {output}
          </p>
        </div>
      ))}
      <dl className="flex flex-col gap-1">
        {answers.flatMap((count) => {
          const criterion = criteria.find(({ key }) => key === count.criterion)
          return criterion === undefined ? [] : [<CountedAnswers key={criterion.key} criterion={criterion} count={count} />]
        })}
      </dl>
      <p className="text-note text-ink-faint">Shares: {words.join(', ')}</p>
    </li>
  )
}

/** What a lead decided, and how many chose what. */
function CountedAnswers({ criterion, count: { n, counts, decided } }: { criterion: Criterion; count: AnswerCount }) {
  const label = labelsOf(criterion)
  return (
    <div>
      <dt className="text-note text-ink-faint">{criterion.title}</dt>
      {decided !== null && <dd className="font-medium">Decided: {decided.length === 0 ? 'none' : decided.map(label).join(', ')}</dd>}
      {n > 0 && (
        <dd className="tabular-nums">
          {counts.length === 0
            ? `None, ${n} of ${n}`
            : counts.map(({ answer, n: chosen }) => `${label(answer)}, ${chosen} of ${n}`).join(' · ')}
        </dd>
      )}
    </div>
  )
}

function labelsOf(criterion: Criterion): (answer: string | number | boolean) => string {
  const options: readonly { value: string | number | boolean; label: string }[] =
    criterion.type === 'comparison'
      ? offeredOutcomes(criterion).map(({ outcome, label }) => ({ value: outcome, label }))
      : shownOptions(criterion)
  return (answer) => options.find(({ value }) => value === answer)?.label ?? String(answer)
}

function placeOf(index: number, outputs: number): string {
  return outputs === 2 ? (index === 0 ? 'Left' : 'Right') : `Output ${index + 1}`
}

function summaryOf(found: number, compared: number): string {
  if (compared === 0) return 'No other item of this queue is finished yet.'
  const population = `${compared === 1 ? 'the one finished item' : `the ${compared} newest finished items`} of this queue`
  if (found === 0) return `None of ${population} shares rare words with this one.`
  return `The ${found === 1 ? 'most similar' : `${found} most similar`} of ${population}, by the rare words that they share.`
}
