import { useNavigate, useSearch } from '@tanstack/react-router'
import { SendToQueue } from '../features/queues/send-to-queue.tsx'
import { TraceFilterBar } from '../features/traces/trace-filter-bar.tsx'
import { type TraceFilter, traceQueryOf } from '../features/traces/trace-filter.ts'
import { TraceList } from '../features/traces/trace-list.tsx'

export function TracesPage() {
  const filter = useSearch({ from: '/p/$project/traces' })
  const navigate = useNavigate({ from: '/p/$project/traces' })
  const setFilter = (next: TraceFilter) => void navigate({ search: next })
  return (
    <div className="flex flex-col">
      <header className="flex flex-col gap-3 px-4 pt-5 pb-3 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1>Traces</h1>
          <SendToQueue filter={traceQueryOf(filter)} />
        </div>
        <TraceFilterBar filter={filter} onChange={setFilter} />
      </header>
      <TraceList filter={filter} onClear={() => setFilter({})} />
    </div>
  )
}
