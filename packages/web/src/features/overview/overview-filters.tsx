import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { type OverviewSearch, windows } from './overview-window.ts'

const all = ''

/** What the overview is about: a window of time, a prompt, an environment. */
export function OverviewFilters({ search, onChange }: { search: OverviewSearch; onChange: (search: OverviewSearch) => void }) {
  const project = useProject()
  const client = useClient()
  const facets = useQuery({
    queryKey: ['trace-facets', project.id],
    queryFn: ({ signal }) => client.traces.facets({ signal }),
    staleTime: 60_000,
  })
  const choice = (name: 'prompt' | 'environment', label: string, every: string, values: readonly string[] | undefined) =>
    (values?.length ?? 0) > 1 && (
      <Select
        label={label}
        labelHidden
        className="w-44"
        value={search[name] ?? all}
        options={[{ value: all, label: every }, ...(values ?? []).map((value) => ({ value, label: value }))]}
        onChange={(value) => {
          const { [name]: _old, ...rest } = search
          onChange(value === all ? rest : { ...rest, [name]: value })
        }}
      />
    )
  return (
    <div className="flex flex-wrap items-center gap-2">
      {choice('prompt', 'Prompt', 'All prompts', facets.data?.promptNames)}
      {choice('environment', 'Environment', 'All environments', facets.data?.environments)}
      <Segmented
        label="Window of time"
        value={search.window ?? '30d'}
        segments={windows.map(({ value, label }) => ({ value, label: value, title: `${value}, the last ${label}` }))}
        onChange={(window) => onChange({ ...search, window })}
      />
    </div>
  )
}
