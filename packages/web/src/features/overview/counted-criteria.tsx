import { formatWhole } from '../../ui/format-number.ts'
import type { Criterion } from './compare-variants.ts'

/** Criteria that have no mean worth showing: flags are counted, and kinds without a score have none. */
export function CountedCriteria({ criteria }: { criteria: readonly Criterion[] }) {
  if (criteria.length === 0) return null
  return (
    <section aria-labelledby="counted" className="border-t border-line pt-5 pb-8">
      <h2 id="counted">Counted</h2>
      <p className="mb-2 max-w-prose text-ink-soft">
        Flags say that something was wrong. A mean of them would always be 1, so they are counted.
      </p>
      <ul className="flex flex-wrap gap-x-8 gap-y-1">
        {criteria.map(({ criterion, authorKind, overall }) => (
          <li key={`${criterion}${authorKind}`}>
            <span className="text-ink-faint">{criterion}</span> <span className="font-medium">{formatWhole(overall.n)}</span>
            {authorKind !== 'human' && <span className="text-ink-faint"> by {authorKind === 'model' ? 'a model' : 'code'}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
