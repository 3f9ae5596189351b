import type { Dataset } from '@plaudit/sdk'
import { TriangleAlert } from 'lucide-react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { formatDate } from '../../ui/format-time.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { type DatasetCard, sourceText } from './dataset-card.ts'

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
          <FigureRow term="Rows">{formatWhole(dataset.rows)}</FigureRow>
          {card.splits
            .filter(({ rows }) => rows > 0)
            .map(({ side, rows }) => (
              <FigureRow key={side} term={<span className="pl-3">{`${sides[side] ?? side}, split by ${split?.by ?? 'prompt'}`}</span>}>
                {formatWhole(rows)}
              </FigureRow>
            ))}
          <FigureRow term="Effective rows under their weights">{formatWhole(card.effectiveRows)}</FigureRow>
          {card.ratings > 0 && <FigureRow term="Comparisons, which models are judged on">{formatWhole(card.comparisons)}</FigureRow>}
          {card.ratings > 0 && <FigureRow term="Ratings and thumbs, which train alone">{formatWhole(card.ratings)}</FigureRow>}
          <FigureRow term="Ties">{formatWhole(card.ties)}</FigureRow>
          <FigureRow term="Prompts">{formatWhole(card.prompts)}</FigureRow>
          <FigureRow term="Named authors">{formatWhole(card.authors)}</FigureRow>
        </dl>
        <dl>
          <FigureRow term="Made of">{card.sources.map(sourceText).join(', ')}</FigureRow>
          <FigureRow term="Rows that lead back to a judgment and its trace">{formatWhole(card.traced)}</FigureRow>
          {card.from !== null && card.to !== null && (
            <FigureRow term="Judged">
              {formatDate(card.from)} to {formatDate(card.to)}
            </FigureRow>
          )}
          <FigureRow term="Left out">
            {card.removed.length === 0 ? 'nothing' : card.removed.map(({ reason, count }) => `${formatWhole(count)} ${reason}`).join(', ')}
          </FigureRow>
          <FigureRow term="Licence">{dataset.licence || 'not said'}</FigureRow>
          <FigureRow term="Provenance">{dataset.provenance || 'not said'}</FigureRow>
          {dataset.checksum !== null && (
            <FigureRow term="SHA-256">
              <span className="inline-flex items-center gap-1">
                <code>{dataset.checksum.slice(0, 16)}…</code>
                <CopyButton size="small" text={dataset.checksum} label="Copy the checksum" />
              </span>
            </FigureRow>
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
