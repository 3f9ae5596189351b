import type { RewardModel } from '@plaudit/sdk'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'
import { useModelChange } from './use-reward-models.ts'

/** Puts a model to work or to rest, or lets it score what is stored. */
export function ModelActions({ model }: { model: RewardModel }) {
  const change = useModelChange()
  const [asks, setAsks] = useState(false)
  const name = `${model.name} v${model.version}`
  const setState = (state: RewardModel['state']) => {
    const before = model.state
    change.mutate(
      { kind: 'state', model, state },
      { onSuccess: () => toast(`${name} is now ${state}.`, { undo: () => change.mutate({ kind: 'state', model, state: before }) }) },
    )
  }
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
        entries={[
          { label: 'Make it the active model', disabled: model.state === 'active', onSelect: () => setAsks(true) },
          { label: 'Let it run as a shadow', disabled: model.state === 'shadow', onSelect: () => setState('shadow') },
          { label: 'Archive it', disabled: model.state === 'archived', onSelect: () => setState('archived') },
          'separator',
          {
            label: 'Score stored outputs',
            disabled: model.backfill?.state === 'running',
            onSelect: () => change.mutate({ kind: 'backfill', model }),
          },
        ]}
      />
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title={`Make ${name} the active model?`}
        description="Every new output is scored with it from now on, and it answers where no model is named. The one active before is archived; making that active again is the way back."
        action="Make it active"
        tone="primary"
        onConfirm={() => {
          setAsks(false)
          setState('active')
        }}
      />
    </>
  )
}
