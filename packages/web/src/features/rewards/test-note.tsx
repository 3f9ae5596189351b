import type { RewardModel, RewardRun } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { readReportCard } from './report-card.ts'

type Origin = { id?: string; name?: string; version?: number; checksum?: string }

/** What the model was trained on, and how it did on pairs that were set aside: at its training, and whenever it was judged since. */
export function TestNote({ model, runs }: { model: RewardModel; runs: readonly RewardRun[] }) {
  const { slug } = useProject()
  const origin = model.training['dataset'] as Origin | undefined
  const test = model.training['test']
  const judged = runs.filter(
    ({ kind, state, modelId, card }) => kind === 'evaluate' && state === 'done' && modelId === model.id && card !== null,
  )
  if (origin?.id === undefined && judged.length === 0) return null
  const line = (name: string, report: Record<string, unknown>, when: string) => {
    const card = readReportCard({ report })
    return (
      <FigureRow key={when} term={name}>
        {card.accuracy !== null && (
          <Estimate {...card.accuracy} n={card.pairs} unit="pairs" domain={[0.4, 1]} format={(value) => formatShare(value)} />
        )}
      </FigureRow>
    )
  }
  return (
    <section aria-label="On pairs that were set aside" className="border-t border-line pt-5 pb-8">
      <h2>On pairs that were set aside</h2>
      {origin?.id !== undefined && (
        <p className="mb-2 text-ink-soft">
          {model.endpoint === null ? 'Trained on' : 'Judged on'}{' '}
          <Link to="/p/$project/datasets/$datasetId" params={{ project: slug, datasetId: origin.id }} className="link">
            {origin.name} v{origin.version}
          </Link>
          , SHA-256 <code className="break-all">{origin.checksum?.slice(0, 16)}…</code>
        </p>
      )}
      <dl className="max-w-2xl">
        {test !== null &&
          typeof test === 'object' &&
          line('Its data set’s test side, at training', test as Record<string, unknown>, 'training')}
        {judged.map((run) => (
          <div key={run.id}>
            {line(run.name, run.card ?? {}, run.id)}
            <p className="text-note text-ink-faint">
              <TimeAgo time={run.updatedAt} />
            </p>
          </div>
        ))}
      </dl>
    </section>
  )
}
