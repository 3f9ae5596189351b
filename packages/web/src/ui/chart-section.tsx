import { Download } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { chartsAsSvg } from './chart/export-svg.ts'
import { download } from './download.ts'
import { Menu } from './menu.tsx'
import { Segmented } from './segmented.tsx'
import { Cell, HeaderCell, Row, Table, TableFrame } from './table.tsx'

export type ChartSectionProps = {
  /** What the section is called where nobody sees its marks; no other on the page has it. */
  name: string
  heading: string
  /** Beside the heading: what kind of figures these are. */
  mark?: ReactNode
  /** What the charts say, in a sentence. */
  sentence: ReactNode
  fileName: string
  csv: () => string
  /** The same figures as a table: what screen readers get, and anyone who asks. The first column names the row. */
  table: { columns: readonly string[]; rows: readonly (readonly ReactNode[])[] }
  children: ReactNode
}

/** Charts with their sentence, their table and their downloads. */
export function ChartSection({ name, heading, mark, sentence, fileName, csv, table, children }: ChartSectionProps) {
  const charts = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const saveSvg = () => {
    if (charts.current !== null)
      download(`${fileName}.svg`, 'image/svg+xml', chartsAsSvg(charts.current, charts.current.dataset['sentence'] ?? heading))
  }
  return (
    <section aria-label={name} className="border-t border-line pt-5 pb-8 break-inside-avoid">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-2">
            <h2>{heading}</h2>
            {mark}
          </div>
          <p className="max-w-3xl text-ink-soft">{sentence}</p>
        </div>
        <div className="flex items-center gap-1 print:hidden">
          <Segmented
            label={`${name}: view`}
            value={view}
            onChange={setView}
            segments={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <Menu
            align="end"
            trigger={
              <IconButton label={`Download ${name}`}>
                <Download className="size-4" aria-hidden="true" />
              </IconButton>
            }
            entries={[
              { label: 'Figures as CSV', onSelect: () => download(`${fileName}.csv`, 'text/csv', csv()) },
              { label: 'Charts as SVG', disabled: view === 'table', onSelect: saveSvg },
            ]}
          />
        </div>
      </div>
      {view === 'chart' ? (
        <div ref={charts} data-sentence={typeof sentence === 'string' ? sentence : heading}>
          {children}
        </div>
      ) : (
        <TableFrame label={`${name} as a table`} className="max-h-96">
          <Table>
            <thead>
              <tr>
                {table.columns.map((column, index) => (
                  <HeaderCell key={column} numeric={index > 0}>
                    {column}
                  </HeaderCell>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((cells, row) => (
                <Row key={row}>
                  {cells.map((cell, index) => (
                    <Cell key={table.columns[index]} numeric={index > 0}>
                      {cell}
                    </Cell>
                  ))}
                </Row>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
    </section>
  )
}
