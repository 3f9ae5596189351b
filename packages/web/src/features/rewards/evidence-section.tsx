import type { RewardModel } from '@plaudit/sdk'
import { formatDecimal, formatShare, formatSigned, formatWhole } from '../../ui/format-number.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { readEvidence } from './evidence.ts'

/** What each kind of feedback was worth, and how far each author can be relied on. */
export function EvidenceSection({ model }: { model: RewardModel }) {
  const { sources, authors } = readEvidence(model)
  if (sources.length < 2 && authors.length === 0) return null
  return (
    <section aria-label="What it learnt from" className="border-t border-line pt-5 pb-8">
      <h2>What was each kind of feedback worth?</h2>
      <p className="mb-3 max-w-3xl text-ink-soft">Accuracy on held-out pairs with all of it, less the accuracy without one kind.</p>
      {sources.length > 1 && (
        <TableFrame label="Kinds of feedback" className="max-w-3xl">
          <Table>
            <thead>
              <tr>
                <HeaderCell className="pl-0">Kind</HeaderCell>
                <HeaderCell numeric>Judgments</HeaderCell>
                <HeaderCell numeric>Without it</HeaderCell>
                <HeaderCell numeric>Gain, points</HeaderCell>
                <HeaderCell numeric>95 % interval</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {sources.map(({ source, judgments, without, gain, low, high }) => (
                <Row key={source}>
                  <Cell className="pl-0">{source}</Cell>
                  <Cell numeric>{formatWhole(judgments)}</Cell>
                  <Cell numeric>{without === null ? '–' : formatShare(without)}</Cell>
                  <Cell numeric>{gain === null ? '–' : formatSigned(100 * gain, 1)}</Cell>
                  <Cell numeric className="text-ink-faint">
                    {low === null || high === null ? '–' : `${formatSigned(100 * low, 1)} to ${formatSigned(100 * high, 1)}`}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
      {authors.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-ink-soft">How far {formatWhole(authors.length)} authors can be relied on</summary>
          <p className="mt-1 text-note text-ink-faint">1 as usual, 0 says nothing, below 0 says the opposite of the others.</p>
          <TableFrame label="Authors" className="max-h-72 max-w-xl">
            <Table>
              <thead>
                <tr>
                  <HeaderCell className="pl-0">Author</HeaderCell>
                  <HeaderCell>Kind</HeaderCell>
                  <HeaderCell numeric>Judgments</HeaderCell>
                  <HeaderCell numeric>Reliability</HeaderCell>
                </tr>
              </thead>
              <tbody>
                {authors.map(({ author, source, judgments, reliability }) => (
                  <Row key={`${source} ${author ?? ''}`}>
                    <Cell className="max-w-48 truncate pl-0">{author ?? 'all others'}</Cell>
                    <Cell>{source}</Cell>
                    <Cell numeric>{formatWhole(judgments)}</Cell>
                    <Cell numeric>{formatDecimal(reliability)}</Cell>
                  </Row>
                ))}
              </tbody>
            </Table>
          </TableFrame>
        </details>
      )}
    </section>
  )
}
