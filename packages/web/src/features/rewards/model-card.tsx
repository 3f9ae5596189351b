import type { RewardModel } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatShare, formatSigned } from '../../ui/format-number.ts'
import { BackfillStatus } from './backfill-status.tsx'
import { DriftAlarm } from './drift-section.tsx'
import { ModelActions, nameOf } from './model-actions.tsx'
import { ModelState } from './model-state.tsx'
import { hasReportCard, readReportCard } from './report-card.ts'
import { ModelVectors } from './vector-note.tsx'

/** A reward model in short: its state, the verdict of its card, and what can be done with it. */
export function ModelCard({ model, before, canWrite }: { model: RewardModel; before: RewardModel | null; canWrite: boolean }) {
  const { slug } = useProject()
  const card = readReportCard(model)
  return (
    <article aria-label={`${model.name} version ${model.version}`} className="border-t border-line py-5">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-2">
            <h2>
              <Link to="/p/$project/rewards/$modelId" params={{ project: slug, modelId: model.id }} className="hover:underline">
                {nameOf(model)}
              </Link>
            </h2>
            <ModelState model={model} />
            <ModelVectors model={model} />
          </div>
          <p className="mt-0.5 max-w-3xl text-ink-soft">
            {hasReportCard(model) ? card.verdict : 'Not judged yet: judge it on a data set, and it gets the same report card as any other.'}
          </p>
        </div>
        <div className="flex items-center gap-2">
          <Link to="/p/$project/rewards/$modelId" params={{ project: slug, modelId: model.id }} className="link">
            Report card
          </Link>
          {canWrite && <ModelActions model={model} before={before} />}
        </div>
      </div>
      {model.state === 'active' && <DriftAlarm modelId={model.id} />}
      <BackfillStatus model={model} canWrite={canWrite} />
      {card.accuracy !== null && card.advantage !== null && (
        <dl className="mt-3 grid gap-x-12 md:grid-cols-2">
          <FigureRow term="Accuracy on prompts it never saw">
            <Estimate {...card.accuracy} n={card.pairs} unit="pairs" domain={[0.4, 1]} format={(value) => formatShare(value)} />
          </FigureRow>
          <FigureRow term="Ahead of length, in points">
            <Estimate {...card.advantage} n={card.pairs} unit="pairs" format={(value) => formatSigned(100 * value, 1)} />
          </FigureRow>
        </dl>
      )}
    </article>
  )
}
