import { Whisker } from '../../ui/estimate.tsx'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import type { Stratum } from './report-card.ts'

const domain = [0.3, 1] as const

/** Accuracy apart for each value of one property of the pairs. */
export function StrataTable({ stratum }: { stratum: Stratum }) {
  const { by, values, others } = stratum
  return (
    <div className="min-w-0 break-inside-avoid">
      <h3>By {by}</h3>
      <TableFrame label={`Accuracy by ${by}`}>
        <Table className="min-w-lg table-fixed">
          <thead>
            <tr>
              <HeaderCell className="w-1/4 truncate pl-0">{by}</HeaderCell>
              <HeaderCell numeric>Accuracy</HeaderCell>
              <HeaderCell numeric>95 % interval</HeaderCell>
              <HeaderCell className="max-sm:hidden">30 to 100 %</HeaderCell>
              <HeaderCell numeric>Length alone</HeaderCell>
              <HeaderCell numeric>Pairs</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {values.map(({ value, accuracy, low, high, lengthOnly, pairs }) => (
              <Row key={value} className="*:align-middle">
                <Cell className="truncate pl-0" title={value}>
                  {value}
                </Cell>
                <Cell numeric>{accuracy === null ? '–' : formatShare(accuracy)}</Cell>
                <Cell numeric className="text-ink-faint">
                  {low === null || high === null ? '–' : `${formatShare(low)} to ${formatShare(high)}`}
                </Cell>
                <Cell className="max-sm:hidden">
                  {accuracy !== null && <Whisker estimate={accuracy} low={low} high={high} domain={domain} />}
                </Cell>
                <Cell numeric className="text-ink-faint">
                  {lengthOnly === null ? '–' : formatShare(lengthOnly)}
                </Cell>
                <Cell numeric>{formatWhole(pairs)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      {others > 0 && <p className="mt-1 text-note text-ink-faint">{formatWhole(others)} pairs of rarer values are not listed.</p>}
    </div>
  )
}
