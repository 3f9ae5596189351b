import type { RewardModel } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatSigned, formatWhole } from '../../ui/format-number.ts'
import { type Option, Select } from '../../ui/select.tsx'
import { nameOf } from './model-actions.tsx'

/** Compares a model with another on the same held-out pairs. */
export function CompareDialog({
  model,
  others,
  datasets,
  onClose,
}: {
  model: RewardModel
  others: readonly RewardModel[]
  datasets: readonly Option[]
  onClose: () => void
}) {
  const client = useClient()
  const [other, setOther] = useState<string | null>(null)
  const [dataset, setDataset] = useState<string | null>(null)
  const compare = useMutation({
    mutationFn: () => client.reward.compare({ datasetId: dataset ?? '', first: model.id, second: other ?? '' }),
  })
  const found = compare.data
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Compare ${nameOf(model)}`}
      description="With another model on the test side of a data set, pair by pair. Pairs whose prompt either was trained on are left out."
      startsAt="button"
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" busy={compare.isPending} disabled={other === null || dataset === null} onClick={() => compare.mutate()}>
            Compare
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          label="With"
          options={others.map((one) => ({ value: one.id, label: nameOf(one), hint: one.state }))}
          value={other}
          onChange={setOther}
        />
        <Select label="On" options={datasets} value={dataset} onChange={setDataset} />
        {compare.error !== null && (
          <p role="alert" className="text-bad">
            {compare.error.message}
          </p>
        )}
        {found !== undefined && (
          <div aria-live="polite">
            <p className="font-medium">{found.sentence}</p>
            <dl className="mt-2">
              <FigureRow term="Difference in accuracy, points">
                <Estimate {...found.accuracy} n={found.pairs} unit="pairs" format={(value) => formatSigned(100 * value, 1)} />
              </FigureRow>
              <FigureRow term="Difference in log-loss (below 0: better)">
                <Estimate {...found.logLoss} n={found.pairs} unit="pairs" format={(value) => formatSigned(value, 3)} />
              </FigureRow>
              <FigureRow term="Pairs judged differently">{formatWhole(found.disagreements)}</FigureRow>
              <FigureRow term="Pairs left out as trained on">{formatWhole(found.leaked)}</FigureRow>
            </dl>
          </div>
        )}
      </div>
    </Dialog>
  )
}
