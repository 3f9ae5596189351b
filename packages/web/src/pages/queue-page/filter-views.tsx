import type { TrafficFilter } from '@plaudit/sdk'
import { SlidersHorizontal } from 'lucide-react'
import type { FilterViews } from '../../features/queues/fill-form.tsx'
import { activeFilters, filterText, type TraceFilter, traceQueryOf } from '../../features/traces/trace-filter.ts'
import { TraceFilterBar } from '../../features/traces/trace-filter-bar.tsx'
import { TraceFilterForm } from '../../features/traces/trace-filter-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'

type OnChange = (filter: TrafficFilter) => void
const traceFilter = (filter: TrafficFilter): TraceFilter => ({ ...filter }) as TraceFilter
const trafficFilter = (filter: TraceFilter): TrafficFilter => traceQueryOf(filter)

/** The filters of the trace list, in the forms that choose a queue's items. */
export const filterViews: FilterViews = {
  filter: (filter: TrafficFilter, onChange: OnChange) => (
    <TraceFilterBar filter={traceFilter(filter)} onChange={(next) => onChange(trafficFilter(next))} />
  ),
  stratum: (filter: TrafficFilter, onChange: OnChange) => {
    const active = activeFilters(traceFilter(filter))
    return (
      <Popover
        className="w-80"
        title="Which traces"
        trigger={
          <Button className="max-w-60 justify-start" icon={<SlidersHorizontal className="size-3.5 shrink-0" aria-hidden="true" />}>
            <span className="truncate">{active.length === 0 ? 'All traces' : filterText(traceFilter(filter)) || 'By time'}</span>
          </Button>
        }
      >
        <TraceFilterForm filter={traceFilter(filter)} onChange={(next) => onChange(trafficFilter(next))} />
      </Popover>
    )
  },
}
