import type { FeedbackKind } from '@plaudit/sdk'
import { Combobox } from '../../ui/combobox.tsx'
import { Select } from '../../ui/select.tsx'
import { authorKinds, type FeedbackFilter } from './feedback-query.ts'
import { kinds } from './kind.ts'
import { useCriteria } from './use-criteria.ts'

const anyOption = { value: 'any', label: 'Any' }
const kindOptions = [anyOption, ...Object.entries(kinds).map(([value, { label }]) => ({ value, label }))]
const authorOptions = [
  anyOption,
  ...authorKinds.map((value) => ({ value, label: value === 'human' ? 'People' : value === 'model' ? 'Models' : 'Code' })),
]

/** Criterion, kind and author of the feedback list; the address holds them. */
export function FeedbackFilterBar({ filter, onChange }: { filter: FeedbackFilter; onChange: (filter: FeedbackFilter) => void }) {
  const names = [...new Set(useCriteria().map(({ name }) => name))]
  const { criterion: _criterion, ...withoutCriterion } = filter
  const { kind: _kind, ...withoutKind } = filter
  const { authorKind: _authorKind, ...withoutAuthor } = filter
  return (
    <search className="grid max-w-2xl grid-cols-2 gap-3 sm:grid-cols-3">
      <Combobox
        label="Criterion"
        options={names}
        value={filter.criterion ?? ''}
        onChange={(criterion) => onChange(criterion === '' ? withoutCriterion : { ...filter, criterion })}
      />
      <Select
        label="Kind"
        options={kindOptions}
        value={filter.kind ?? 'any'}
        onChange={(kind) => onChange(kind === 'any' ? withoutKind : { ...filter, kind: kind as FeedbackKind })}
      />
      <Select
        label="Author"
        options={authorOptions}
        value={filter.authorKind ?? 'any'}
        onChange={(kind) => onChange(kind === 'any' ? withoutAuthor : { ...filter, authorKind: kind as 'human' })}
      />
    </search>
  )
}
