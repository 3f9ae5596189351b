import type { Dataset } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { readDatasetCard, sourceText } from './dataset-card.ts'

/** Every version of every data set, newest first. */
export function DatasetList({ datasets }: { datasets: readonly Dataset[] }) {
  const { slug } = useProject()
  return (
    <TableFrame label="Data sets">
      <Table>
        <thead>
          <tr>
            <HeaderCell className="pl-0">Name</HeaderCell>
            <HeaderCell numeric>Rows</HeaderCell>
            <HeaderCell numeric>For the test</HeaderCell>
            <HeaderCell numeric className="max-sm:hidden">
              Prompts
            </HeaderCell>
            <HeaderCell className="max-md:hidden">Made of</HeaderCell>
            <HeaderCell className="max-md:hidden">Licence</HeaderCell>
            <HeaderCell numeric className="max-sm:hidden">
              Made
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => {
            const card = readDatasetCard(dataset)
            const test = card?.splits.find(({ side }) => side === 'test')
            return (
              <Row key={dataset.id}>
                <Cell className="pl-0">
                  <Link to="/p/$project/datasets/$datasetId" params={{ project: slug, datasetId: dataset.id }} className="link">
                    {dataset.name} v{dataset.version}
                  </Link>{' '}
                  {dataset.state === 'building' && <Badge>Being made</Badge>}
                  {dataset.state === 'failed' && <Badge tone="bad">Failed</Badge>}
                </Cell>
                <Cell numeric>{dataset.state === 'ready' ? formatWhole(dataset.rows) : '–'}</Cell>
                <Cell numeric>{test === undefined ? '–' : formatWhole(test.rows)}</Cell>
                <Cell numeric className="max-sm:hidden">
                  {card === null ? '–' : formatWhole(card.prompts)}
                </Cell>
                <Cell className="max-w-80 truncate text-ink-soft max-md:hidden">
                  {card === null ? '–' : card.sources.map(sourceText).join(', ')}
                </Cell>
                <Cell className="max-w-40 truncate text-ink-soft max-md:hidden">{dataset.licence || '–'}</Cell>
                <Cell numeric className="text-ink-faint max-sm:hidden">
                  <TimeAgo time={dataset.createdAt} />
                </Cell>
              </Row>
            )
          })}
        </tbody>
      </Table>
    </TableFrame>
  )
}
