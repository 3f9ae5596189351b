import { TriangleAlert } from 'lucide-react'
import { formatWhole } from '../../ui/format-number.ts'
import { BestOfChart, LearningChart, ReliabilityChart } from './card-charts.tsx'
import { QualityFigures } from './quality-figures.tsx'
import type { ReportCard } from './report-card.ts'
import { StrataTable } from './strata-table.tsx'

/** A report card in full: the verdict first, then what it rests on. */
export function ReportCardView({ card, fileName }: { card: ReportCard; fileName: string }) {
  return (
    <>
      <section aria-label="Verdict" className="pb-6">
        <p className="max-w-3xl text-read font-medium">{card.verdict}</p>
        <Warnings warnings={card.warnings} />
      </section>
      <section aria-label="Quality" className="border-t border-line pt-5 pb-8">
        <h2>Quality</h2>
        <p className="mb-3 text-ink-soft">
          {card.kind === 'cross-validated'
            ? `${card.folds ?? ''}-fold cross-validation: every prompt was judged by a model that never saw it.`
            : 'On pairs held out of its training.'}{' '}
          {formatWhole(card.pairs)} pairs from {formatWhole(card.prompts)} prompts; intervals keep pairs of one prompt together.
        </p>
        <QualityFigures card={card} />
      </section>
      <ReliabilityChart card={card} fileName={fileName} />
      <LearningChart card={card} fileName={fileName} />
      {card.bestOf !== null && <BestOfChart bestOf={card.bestOf} fileName={fileName} />}
      {card.strata.length > 0 && (
        <section aria-label="Kinds of pairs" className="border-t border-line pt-5 pb-8">
          <h2>Where can it be trusted?</h2>
          <p className="mb-4 max-w-3xl text-ink-soft">The same accuracy, apart for everything that is known of the pairs.</p>
          <div className="flex flex-col gap-8">
            {card.strata.map((stratum) => (
              <StrataTable key={stratum.by} stratum={stratum} />
            ))}
          </div>
        </section>
      )}
      <section aria-label="What was left out" className="border-t border-line pt-5 pb-8">
        <h2>What was left out</h2>
        <p className="text-ink-soft">
          {card.removed.length === 0 ? 'Nothing.' : card.removed.map(({ reason, count }) => `${formatWhole(count)} ${reason}`).join(', ')}
        </p>
        {card.leakage.prompts + card.leakage.outputs > 0 && (
          <div className="mt-2 max-w-3xl text-ink-soft">
            On both sides of the split: {formatWhole(card.leakage.prompts)} prompts, {formatWhole(card.leakage.outputs)} pairs of outputs,
            such as
            <ul className="mt-1 list-disc pl-5">
              {card.leakage.examples.map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ul>
          </div>
        )}
      </section>
    </>
  )
}

/** What a card warns of. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <ul className="mt-3 flex flex-col gap-1">
      {warnings.map((warning) => (
        <li key={warning} className="flex max-w-3xl items-start gap-2 text-ink-soft">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-bad" aria-hidden="true" />
          <span>
            <span className="sr-only">Warning: </span>
            {warning}
          </span>
        </li>
      ))}
    </ul>
  )
}
