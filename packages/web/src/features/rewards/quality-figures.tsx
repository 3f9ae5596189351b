import type { ReactNode } from 'react'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare, formatSigned } from '../../ui/format-number.ts'
import type { ReportCard } from './report-card.ts'

const percent = (value: number) => formatShare(value)
/** One axis for every accuracy of a card. */
const accuracyDomain = [0.4, 1] as const

/** The figures of a card, each with its interval and number of pairs. */
export function QualityFigures({ card }: { card: ReportCard }) {
  const { accuracy, lengthOnly, advantage, lengthControlled, ceiling, ties, calibration, lengthCorrelation, pairs } = card
  const plain = (value: number, format: (value: number) => string) => (
    <Estimate estimate={value} low={null} high={null} n={pairs} unit="pairs" format={format} />
  )
  return (
    <div className="grid gap-x-12 gap-y-4 lg:grid-cols-2">
      <dl className="flex flex-col">
        {accuracy !== null && (
          <Figure term="Accuracy on prompts it never saw">
            <Estimate {...accuracy} n={pairs} unit="pairs" domain={accuracyDomain} format={percent} />
          </Figure>
        )}
        {lengthOnly !== null && (
          <Figure term="The same by length alone">
            <Estimate {...lengthOnly} n={pairs} unit="pairs" domain={accuracyDomain} format={percent} />
          </Figure>
        )}
        {advantage !== null && (
          <Figure term="Ahead of length, in points">
            <Estimate {...advantage} n={pairs} unit="pairs" format={(value) => formatSigned(100 * value, 1)} />
          </Figure>
        )}
        {lengthControlled !== null && (
          <Figure term="Without its length traits">
            <Estimate {...lengthControlled} n={pairs} unit="pairs" domain={accuracyDomain} format={percent} />
          </Figure>
        )}
        <Figure term="People with each other">
          {ceiling === null ? (
            <span className="text-note text-ink-faint">nobody judged what another had judged</span>
          ) : (
            <Estimate
              {...ceiling}
              estimate={ceiling.accuracy}
              n={ceiling.pairs}
              unit="pairs that several people judged"
              domain={accuracyDomain}
              format={percent}
            />
          )}
        </Figure>
      </dl>
      <dl className="flex flex-col">
        {card.slices.map(({ label, share }) => (
          <Figure key={label} term={label}>
            <Estimate
              {...share}
              estimate={share.accuracy}
              n={share.pairs}
              unit="pairs"
              reason="no such pair"
              domain={accuracyDomain}
              format={percent}
            />
          </Figure>
        ))}
        {lengthCorrelation !== null && (
          <Figure term="Correlation of reward with log length">{plain(lengthCorrelation, (value) => formatDecimal(value))}</Figure>
        )}
        {ties !== null && (
          <Figure term="Ties lie closer than decided pairs (50 % tells nothing)">
            <Estimate {...ties} n={ties.ties} unit="ties" domain={accuracyDomain} format={percent} />
          </Figure>
        )}
        {calibration.brier !== null && (
          <Figure term="Brier score (0.250 for a coin)">{plain(calibration.brier, (value) => formatDecimal(value, 3))}</Figure>
        )}
        {calibration.logLoss !== null && (
          <Figure term="Log-loss (0.693 for a coin)">{plain(calibration.logLoss, (value) => formatDecimal(value, 3))}</Figure>
        )}
      </dl>
    </div>
  )
}

/** A name and its figure on one line. */
export function Figure({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5">
      <dt className="text-ink-soft">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
