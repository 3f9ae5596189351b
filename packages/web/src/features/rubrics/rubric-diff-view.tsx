import type { Criterion } from '@plaudit/sdk'
import { Badge } from '../../ui/badge.tsx'
import { rubricChanges } from './rubric-diff.ts'

const kinds = {
  added: { label: 'New', tone: 'good' },
  removed: { label: 'Removed', tone: 'bad' },
  changed: { label: 'Changed', tone: 'neutral' },
} as const

/** What differs between two versions of a rubric, in the words of the form. */
export function RubricDiffView({ before, after }: { before: readonly Criterion[]; after: readonly Criterion[] }) {
  const changes = rubricChanges(before, after)
  if (changes.length === 0) return <p className="text-ink-faint">The criteria are the same.</p>
  return (
    <ul className="flex flex-col">
      {changes.map(({ kind, key, title, fields }) => (
        <li key={`${kind} ${key}`} className="border-t border-line py-2.5 first:border-t-0 first:pt-0">
          <p className="flex flex-wrap items-baseline gap-2">
            <Badge tone={kinds[kind].tone}>{kinds[kind].label}</Badge>
            <span className="font-medium">{title}</span>
            <span className="font-mono text-note text-ink-faint">{key}</span>
          </p>
          {fields.length > 0 && (
            <dl className="mt-1.5 grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(8rem,14rem)_minmax(0,1fr)]">
              {fields.map(({ field, before: was, after: is }) => (
                <div key={field} className="contents">
                  <dt className="text-ink-faint">{field}</dt>
                  <dd className="min-w-0 break-words max-sm:mb-1">
                    {was !== '' && <del className="mr-2 text-bad">{was}</del>}
                    {is !== '' && <ins className={was === '' && kind === 'added' ? 'no-underline' : 'text-good'}>{is}</ins>}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  )
}
