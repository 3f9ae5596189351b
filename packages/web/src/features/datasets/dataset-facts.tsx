import type { Dataset } from '@plaudit/sdk'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { formatDate } from '../../ui/format-time.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import type { DatasetCard } from './dataset-card.ts'

/** What is in a data set, and what to know before training on it. */
export function DatasetFacts({ dataset, card }: { dataset: Dataset; card: DatasetCard }) {
  const split = dataset.definition['split'] as { by?: string } | undefined
  return (
    <section aria-label="What is in it" className="pb-8">
      {card.warnings.length > 0 && (
        <ul className="mb-4 flex flex-col gap-1">
          {card.warnings.map((warning) => (
            <li key={warning} className="flex max-w-3xl items-start gap-2 text-ink-soft">
              <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-bad" aria-hidden="true" />
              <span>
                <span className="sr-only">Warning: </span>
                {warning}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-x-12 md:grid-cols-2">
        <dl>
          <Fact term="Rows">{formatWhole(dataset.rows)}</Fact>
          {card.splits
            .filter(({ rows }) => rows > 0)
            .map(({ side, rows }) => (
              <Fact key={side} term={`  ${sides[side] ?? side}, split by ${split?.by ?? 'prompt'}`}>
                {formatWhole(rows)}
              </Fact>
            ))}
          <Fact term="Effective rows under their weights">{formatWhole(card.effectiveRows)}</Fact>
          {card.ratings > 0 && <Fact term="Comparisons, which models are judged on">{formatWhole(card.comparisons)}</Fact>}
          {card.ratings > 0 && <Fact term="Ratings and thumbs, which train alone">{formatWhole(card.ratings)}</Fact>}
          <Fact term="Ties">{formatWhole(card.ties)}</Fact>
          <Fact term="Prompts">{formatWhole(card.prompts)}</Fact>
          <Fact term="Named authors">{formatWhole(card.authors)}</Fact>
        </dl>
        <dl>
          <Fact term="Made of">{card.sources.map(({ source, rows }) => `${formatWhole(rows)} ${source}`).join(', ')}</Fact>
          <Fact term="Rows that lead back to a judgment and its trace">{formatWhole(card.traced)}</Fact>
          {card.from !== null && card.to !== null && (
            <Fact term="Judged">
              {formatDate(card.from)} to {formatDate(card.to)}
            </Fact>
          )}
          <Fact term="Left out">
            {card.removed.length === 0 ? 'nothing' : card.removed.map(({ reason, count }) => `${formatWhole(count)} ${reason}`).join(', ')}
          </Fact>
          <Fact term="Licence">{dataset.licence || 'not said'}</Fact>
          <Fact term="Provenance">{dataset.provenance || 'not said'}</Fact>
          {dataset.checksum !== null && (
            <Fact term="SHA-256">
              <span className="inline-flex items-center gap-1">
                <code>{dataset.checksum.slice(0, 16)}…</code>
                <CopyButton size="small" text={dataset.checksum} label="Copy the checksum" />
              </span>
            </Fact>
          )}
        </dl>
      </div>
      {card.skipped.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-ink-soft">
            Lines of the file that are no feedback, the first {card.skipped.length}
          </summary>
          <ul className="mt-1 text-ink-soft">
            {card.skipped.map(({ line, reason }) => (
              <li key={line}>
                Line {line}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {card.reliability.length > 0 && <Reliability authors={card.reliability} />}
    </section>
  )
}

const sides: Record<string, string> = { train: 'For training', validation: 'For validation', test: 'For the test' }

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5">
      <dt className="whitespace-pre text-ink-soft">{term}</dt>
      <dd className="min-w-0 text-right break-words">{children}</dd>
    </div>
  )
}

/** How far each author agrees with the others: what the weights are made of. */
function Reliability({ authors }: { authors: DatasetCard['reliability'] }) {
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-ink-soft">How far authors agree with the consensus</summary>
      <TableFrame label="Reliability of authors" className="mt-2 max-h-72 max-w-2xl">
        <Table>
          <thead>
            <tr>
              <HeaderCell className="pl-0">Author</HeaderCell>
              <HeaderCell>On</HeaderCell>
              <HeaderCell numeric>Shared judgments</HeaderCell>
              <HeaderCell numeric>Name the consensus</HeaderCell>
              <HeaderCell numeric>Weight</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {authors.map(({ author, kind, judgments, accuracy, weight }) => (
              <Row key={`${kind} ${author}`}>
                <Cell className="max-w-56 truncate pl-0">{author}</Cell>
                <Cell>{kind}</Cell>
                <Cell numeric>{formatWhole(judgments)}</Cell>
                <Cell numeric>{formatShare(accuracy)}</Cell>
                <Cell numeric>{weight.toFixed(2)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </details>
  )
}
