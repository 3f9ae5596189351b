import type { DatasetRow, DatasetSplit, TraceId } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useDatasetRows } from './use-datasets.ts'

const sides = [
  { value: 'all', label: 'All' },
  { value: 'train', label: 'Training' },
  { value: 'test', label: 'Test' },
] as const

/** The rows, each with the way back to the traces that it was made of. */
export function DatasetRows({ datasetId }: { datasetId: string }) {
  const [side, setSide] = useState<(typeof sides)[number]['value']>('all')
  const rows = useDatasetRows(datasetId, side === 'all' ? undefined : (side satisfies DatasetSplit))
  return (
    <section aria-label="Rows" className="border-t border-line pt-5">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2>Rows</h2>
        <Segmented label="Which side" segments={sides} value={side} onChange={setSide} />
      </div>
      <PagedList list={rows} name="the rows" rows={5} empty={<p className="py-3 text-ink-faint">No row is on this side.</p>}>
        {(found) => (
          <ul>
            {found.map((row) => (
              <RowItem key={row.key} row={row} />
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  )
}

function RowItem({ row }: { row: DatasetRow }) {
  const { slug } = useProject()
  return (
    <li className="border-b border-line py-3">
      <div className="mb-1 flex flex-wrap items-center gap-2 text-note text-ink-faint">
        <Badge>{row.split}</Badge>
        <span>{row.source}</span>
        {row.author !== undefined && <span className="max-w-40 truncate">by {row.author}</span>}
        <span>weight {row.weight.toFixed(2)}</span>
        {row.traces.map((traceId, index) => (
          <Link
            key={traceId}
            to="/p/$project/traces/$traceId"
            params={{ project: slug, traceId: traceId as TraceId }}
            className="link"
            search={{}}
          >
            Trace{row.traces.length > 1 ? ` ${index + 1}` : ''}
          </Link>
        ))}
      </div>
      <p dir="auto" className="line-clamp-2 max-w-4xl break-words text-ink-soft">
        {row.prompt}
      </p>
      <div className="mt-2 grid gap-x-8 gap-y-2 md:grid-cols-2">
        {'chosen' in row && (
          <>
            <Output name={row.tie === true ? 'Tied' : 'Preferred'} text={row.chosen} />
            <Output name={row.tie === true ? 'Tied' : 'Not preferred'} text={row.rejected} />
          </>
        )}
        {'label' in row && <Output name={row.label ? 'Thumb up' : 'Thumb down'} text={row.completion} />}
        {'rating' in row && <Output name={`Rated ${row.rating} of ${row.levels}`} text={row.output} />}
      </div>
    </li>
  )
}

function Output({ name, text }: { name: string; text: string }) {
  return (
    <div className="min-w-0">
      <p className="text-note text-ink-faint">{name}</p>
      <p dir="auto" className="line-clamp-4 break-words whitespace-pre-wrap">
        {text}
      </p>
    </div>
  )
}
