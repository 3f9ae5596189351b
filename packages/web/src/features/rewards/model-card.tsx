import type { RewardModel } from '@plaudit/sdk'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare, formatSigned, formatWhole } from '../../ui/format-number.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { BackfillStatus } from './backfill-status.tsx'
import { ModelActions } from './model-actions.tsx'
import { readReportCard } from './report-card.ts'

const states = {
  active: { label: 'Active', tone: 'accent', says: 'scores every new output' },
  shadow: { label: 'Shadow', tone: 'neutral', says: 'scores new outputs beside the active model' },
  archived: { label: 'Archived', tone: 'neutral', says: 'scores only when it is named' },
} as const

/** A reward model: its state, what is known of its quality, and what can be done with it. */
export function ModelCard({ model, canWrite }: { model: RewardModel; canWrite: boolean }) {
  const card = readReportCard(model)
  const state = states[model.state]
  const percent = (value: number) => formatShare(value)
  return (
    <article aria-label={`${model.name} version ${model.version}`} className="border-t border-line py-6">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <div className="flex flex-wrap items-center gap-2">
            <h2>
              {model.name} v{model.version}
            </h2>
            <Badge tone={state.tone}>{state.label}</Badge>
            <span className="text-note text-ink-faint">
              {state.says} · registered <TimeAgo time={model.createdAt} />
            </span>
          </div>
          <p className="mt-0.5 max-w-3xl text-ink-soft">{card.verdict}</p>
        </div>
        {canWrite && <ModelActions model={model} />}
      </div>
      <BackfillStatus model={model} canWrite={canWrite} />
      <div className="mt-4 grid gap-x-12 gap-y-4 md:grid-cols-2">
        <dl className="flex flex-col">
          {card.accuracy !== null && (
            <Figure term="Accuracy on prompts it was not trained on">
              <Estimate {...card.accuracy} n={card.pairs} unit="pairs" domain={[0.4, 1]} format={percent} />
            </Figure>
          )}
          {card.lengthOnly !== null && (
            <Figure term="The same by length alone">
              <Estimate {...card.lengthOnly} n={card.pairs} unit="pairs" domain={[0.4, 1]} format={percent} />
            </Figure>
          )}
          {card.advantage !== null && (
            <Figure term="Ahead of length, in points">
              <Estimate {...card.advantage} n={card.pairs} unit="pairs" format={(value) => formatSigned(100 * value, 1)} />
            </Figure>
          )}
          {card.calibrationError !== null && (
            <Figure term="Calibration error (0 is best)">
              <Estimate
                estimate={card.calibrationError}
                low={null}
                high={null}
                n={card.pairs}
                unit="pairs"
                format={(value) => formatDecimal(value, 3)}
              />
            </Figure>
          )}
        </dl>
        <dl className="flex flex-col">
          {card.slices.map(({ label, slice }) => (
            <Figure key={label} term={label}>
              <Estimate
                estimate={slice.accuracy}
                low={null}
                high={null}
                n={slice.pairs}
                unit="pairs"
                reason="no such pair"
                format={percent}
              />
            </Figure>
          ))}
          <Figure term="Prompts">{formatWhole(card.prompts)}</Figure>
        </dl>
      </div>
      {card.warnings.length > 0 && (
        <ul className="mt-4 flex flex-col gap-1">
          {card.warnings.map((warning) => (
            <li key={warning} className="flex max-w-3xl items-start gap-2 text-ink-soft">
              <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-bad" aria-hidden="true" />
              <span className="sr-only">Warning:</span>
              {warning}
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}

function Figure({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5">
      <dt className="text-ink-soft">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
