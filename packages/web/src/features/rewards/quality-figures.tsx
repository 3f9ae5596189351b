import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
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
          <FigureRow term="Accuracy on prompts it never saw">
            <Estimate {...accuracy} n={pairs} unit="pairs" domain={accuracyDomain} format={percent} />
          </FigureRow>
        )}
        {lengthOnly !== null && (
          <FigureRow term="The same by length alone">
            <Estimate {...lengthOnly} n={pairs} unit="pairs" domain={accuracyDomain} format={percent} />
          </FigureRow>
        )}
        {advantage !== null && (
          <FigureRow term="Ahead of length, in points">
            <Estimate {...advantage} n={pairs} unit="pairs" format={(value) => formatSigned(100 * value, 1)} />
          </FigureRow>
        )}
        {lengthControlled !== null && (
          <FigureRow term="Without its length traits">
            <Estimate {...lengthControlled} n={pairs} unit="pairs" domain={accuracyDomain} format={percent} />
          </FigureRow>
        )}
        <FigureRow term="People with each other">
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
        </FigureRow>
      </dl>
      <dl className="flex flex-col">
        {card.slices.map(({ label, share }) => (
          <FigureRow key={label} term={label}>
            <Estimate
              {...share}
              estimate={share.accuracy}
              n={share.pairs}
              unit="pairs"
              reason="no such pair"
              domain={accuracyDomain}
              format={percent}
            />
          </FigureRow>
        ))}
        {lengthCorrelation !== null && (
          <FigureRow term="Correlation of reward with log length">{plain(lengthCorrelation, (value) => formatDecimal(value))}</FigureRow>
        )}
        {ties !== null && (
          <FigureRow term="Ties lie closer than decided pairs (50 % tells nothing)">
            <Estimate {...ties} n={ties.ties} unit="ties" domain={accuracyDomain} format={percent} />
          </FigureRow>
        )}
        {calibration.brier !== null && (
          <FigureRow term="Brier score (0.250 for a coin)">{plain(calibration.brier, (value) => formatDecimal(value, 3))}</FigureRow>
        )}
        {calibration.logLoss !== null && (
          <FigureRow term="Log-loss (0.693 for a coin)">{plain(calibration.logLoss, (value) => formatDecimal(value, 3))}</FigureRow>
        )}
      </dl>
    </div>
  )
}
