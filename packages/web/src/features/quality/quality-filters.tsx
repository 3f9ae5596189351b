import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { sliceByLabel, sliceChoices, trafficChoices, useSliceKeys } from '../../app/slice.ts'
import { Select } from '../../ui/select.tsx'
import type { QualitySearch } from './quality-search.ts'
import { useQueues } from './use-queues.ts'

const all = ''

/** What the pages of Trust are about: one queue or all judgments, and what the figures are cut by. */
export function QualityFilters({
  search,
  onChange,
  bySpanOnly = false,
  isCut = true,
}: {
  search: QualitySearch
  onChange: (search: QualitySearch) => void
  /** Only what traffic can be cut by, too. */
  bySpanOnly?: boolean
  /** Whether figures can be cut at all. */
  isCut?: boolean
}) {
  const project = useProject()
  const client = useClient()
  const queues = useQueues()
  const keys = useSliceKeys()
  const facets = useQuery({
    queryKey: ['trace-facets', project.id],
    queryFn: ({ signal }) => client.traces.facets({ signal }),
    staleTime: 60_000,
  })
  const change = (name: 'queue' | 'by' | 'promptName' | 'environment', value: string) => {
    const { [name]: _old, ...rest } = search
    onChange(value === all ? rest : { ...rest, [name]: value })
  }
  const choice = (name: 'promptName' | 'environment', label: string, every: string, values: readonly string[] | undefined) =>
    (values?.length ?? 0) > 1 && (
      <Select
        label={label}
        labelHidden
        className="sm:w-44"
        value={search[name] ?? all}
        options={[{ value: all, label: every }, ...(values ?? []).map((value) => ({ value, label: value }))]}
        onChange={(value) => change(name, value)}
      />
    )
  const choices = bySpanOnly ? trafficChoices : sliceChoices
  const metadata = (keys.data ?? []).map(({ key }) => ({ value: `metadata:${key}`, label: `By ${key}` }))
  return (
    <div className="grid grid-cols-2 items-center gap-2 max-sm:w-full sm:flex sm:flex-wrap">
      {(queues.data?.length ?? 0) > 0 && (
        <Select
          label="Queue"
          labelHidden
          className="sm:w-44"
          value={search.queue ?? all}
          options={[
            { value: all, label: 'All judgments' },
            ...(queues.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
          onChange={(value) => change('queue', value)}
        />
      )}
      {choice('promptName', 'Prompt', 'All prompts', facets.data?.promptNames)}
      {choice('environment', 'Environment', 'All environments', facets.data?.environments)}
      {isCut && (
        <Select
          label="Cut by"
          labelHidden
          className="sm:w-48"
          value={search.by ?? all}
          options={[
            ...(bySpanOnly ? [] : [{ value: all, label: 'All together' }]),
            ...choices.map(({ value }) => ({ value: value as string, label: `By ${sliceByLabel(value)}` })),
            ...metadata,
          ]}
          onChange={(value) => change('by', value)}
        />
      )}
    </div>
  )
}
