import { Search, SlidersHorizontal, X } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { formatDateTime } from '../../ui/format-time.ts'
import { Popover } from '../../ui/popover.tsx'
import { controlClass } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import {
  activeFilters,
  filterText,
  metadataPairs,
  metadataText,
  parseFilterText,
  type TraceFilter,
  type TraceFilterKey,
} from './trace-filter.ts'
import { TraceFilterForm } from './trace-filter-form.tsx'

const labels: Record<Exclude<TraceFilterKey, 'text' | 'metadata'>, string> = {
  model: 'Model',
  promptName: 'Prompt',
  promptVersion: 'Version',
  userId: 'User',
  sessionId: 'Session',
  environment: 'Environment',
  status: 'Status',
  feedback: 'Feedback',
  from: 'From',
  to: 'To',
}

/** Search and filters of the trace list. The address holds the filter, so what is shown can be sent to a colleague. */
export function TraceFilterBar({ filter, onChange }: { filter: TraceFilter; onChange: (filter: TraceFilter) => void }) {
  const [typed, setTyped] = useState(() => textOf(filter))
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  // Another address brings another text; what is being typed stays otherwise.
  const [applied, setApplied] = useState(filter.text)
  if (applied !== filter.text) {
    setApplied(filter.text)
    setTyped(textOf(filter))
  }
  useHotkeys([{ keys: '/', label: 'Search the traces', group: 'List', run: () => input.current?.focus() }])

  const search = (event: FormEvent) => {
    event.preventDefault()
    const parsed = parseFilterText(typed)
    setProblem(parsed.problem)
    if (parsed.problem !== null) return
    const { text: _before, ...kept } = filter
    const metadata = [filter.metadata, parsed.filter.metadata].filter((part) => part !== undefined).join(',')
    onChange({ ...kept, ...parsed.filter, ...(metadata === '' ? {} : { metadata }) })
    setTyped(textOf(parsed.filter))
  }
  return (
    <search className="flex flex-col gap-2">
      <form onSubmit={search} className="flex gap-2">
        <div className="relative min-w-0 flex-1 lg:max-w-2xl">
          <Search className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
          <input
            ref={input}
            type="search"
            aria-label="Search the traces"
            aria-describedby="trace-search-help"
            aria-invalid={problem !== null || undefined}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="Words in input or output, or model:… version:… key:value"
            autoComplete="off"
            spellCheck={false}
            className={cx(controlClass, 'h-8 pl-8 [&::-webkit-search-cancel-button]:hidden pointer-coarse:h-10')}
          />
        </div>
        <Popover
          align="end"
          className="w-80"
          title="Filters"
          trigger={
            <Button icon={<SlidersHorizontal className="size-3.5" aria-hidden="true" />}>
              <span className="max-sm:sr-only">Filters</span>
            </Button>
          }
        >
          <TraceFilterForm filter={filter} onChange={onChange} />
        </Popover>
      </form>
      <p
        id="trace-search-help"
        className={problem === null ? 'sr-only' : 'text-note text-bad'}
        role={problem === null ? undefined : 'alert'}
      >
        {problem ??
          'Press Enter to search. Write name:value to filter: model, prompt, version, user, session, env, status, feedback, or any name of metadata.'}
      </p>
      <ActiveFilters filter={filter} onChange={onChange} />
    </search>
  )
}

/** The searched words as one would type them: what looks like a filter but is none is in quotes. */
function textOf({ text }: TraceFilter): string {
  return text === undefined ? '' : filterText({ text })
}

/** The filters that are on, each with a button that takes it off. */
function ActiveFilters({ filter, onChange }: { filter: TraceFilter; onChange: (filter: TraceFilter) => void }) {
  const without = (key: TraceFilterKey) => onChange(Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key)))
  const chips = activeFilters(filter).flatMap(({ key, value }) => {
    if (key === 'text') return [{ id: key, label: 'Text', value, remove: () => without(key) }]
    if (key !== 'metadata')
      return [
        { id: key, label: labels[key], value: key === 'from' || key === 'to' ? formatDateTime(value) : value, remove: () => without(key) },
      ]
    const pairs = metadataPairs(value)
    return pairs.map((pair) => ({
      id: `metadata ${pair.name} ${pair.value}`,
      label: pair.name,
      value: pair.value,
      remove: () => {
        const rest = pairs.filter((other) => other !== pair)
        if (rest.length === 0) without('metadata')
        else onChange({ ...filter, metadata: metadataText(rest) })
      },
    }))
  })
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters that are on" className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li key={chip.id} className="flex max-w-full items-center">
          <Badge className="rounded-r-none border-r-0 leading-5">
            <span className="font-normal text-ink-faint">{chip.label} </span>
            {chip.value}
          </Badge>
          <button
            type="button"
            onClick={chip.remove}
            aria-label={`Remove the filter ${chip.label} ${chip.value}`}
            className="rounded-r-sm border border-l-0 border-line py-[3px] pr-1.5 pl-0.5 text-ink-faint hover:bg-hover hover:text-ink"
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button variant="quiet" size="small" onClick={() => onChange({})}>
            Clear all
          </Button>
        </li>
      )}
    </ul>
  )
}
