import type { RewardModel } from '@plaudit/sdk'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'
import { hasReportCard, readReportCard } from './report-card.ts'
import { Warnings } from './report-card-view.tsx'
import { useModelChange } from './use-reward-models.ts'

const shares = [1, 0.25, 0.05, 0.01]

/** Puts a model to work or to rest, sets how much it scores, or lets it score what is stored. `before`: the model to roll back to. */
export function ModelActions({ model, before = null }: { model: RewardModel; before?: RewardModel | null }) {
  const change = useModelChange()
  const [promoting, setPromoting] = useState<RewardModel | null>(null)
  const setState = (one: RewardModel, state: RewardModel['state']) => {
    const earlier = one.state
    const undo = () => change.mutate({ kind: 'change', model: one, change: { state: earlier } })
    change.mutate(
      { kind: 'change', model: one, change: { state } },
      { onSuccess: () => toast(`${nameOf(one)} is now ${state}.`, state === 'active' ? {} : { undo }) },
    )
  }
  const sampling: MenuEntry[] = shares.map((share) => ({
    label: share === 1 ? 'Score every new output' : `Score ${share * 100} % of new outputs`,
    checked: model.sampleRate === share,
    onSelect: () => change.mutate({ kind: 'change', model, change: { sampleRate: share } }),
  }))
  const entries: MenuEntry[] = [
    { label: 'Make it the active model', disabled: model.state === 'active' || !hasReportCard(model), onSelect: () => setPromoting(model) },
    ...(before === null ? [] : [{ label: `Roll back to ${nameOf(before)}`, onSelect: () => setPromoting(before) }]),
    { label: 'Let it run as a shadow', disabled: model.state === 'shadow', onSelect: () => setState(model, 'shadow') },
    { label: 'Archive it', disabled: model.state === 'archived', onSelect: () => setState(model, 'archived') },
    'separator',
    ...sampling,
    'separator',
    {
      label: 'Score stored outputs',
      disabled: model.backfill?.state === 'running',
      onSelect: () => change.mutate({ kind: 'backfill', model }),
    },
  ]
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button busy={change.isPending}>
            Change
            <ChevronDown className="size-3.5" aria-hidden="true" />
          </Button>
        }
        entries={entries}
      />
      {promoting !== null && (
        <Promotion
          model={promoting}
          onClose={() => setPromoting(null)}
          onConfirm={() => {
            setPromoting(null)
            setState(promoting, 'active')
          }}
        />
      )}
    </>
  )
}

export function nameOf({ name, version }: Pick<RewardModel, 'name' | 'version'>): string {
  return `${name} v${version}`
}

/** Asks a person, with the report card before them. */
function Promotion({ model, onClose, onConfirm }: { model: RewardModel; onClose: () => void; onConfirm: () => void }) {
  const card = readReportCard(model)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Make ${nameOf(model)} the active model?`}
      description="Every new output is scored with it from now on, and it answers where no model is named. The one active before is archived; making that active again is the way back."
      startsAt="button"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={onConfirm}>
            Make it active
          </Button>
        </>
      }
    >
      <p className="font-medium">{card.verdict}</p>
      <Warnings warnings={card.warnings} />
    </Dialog>
  )
}
