import type { RewardModel } from '@plaudit/sdk'
import { Badge } from '../../ui/badge.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'

const states = {
  active: { label: 'Active', tone: 'accent', says: (share: string) => `scores ${share}` },
  shadow: { label: 'Shadow', tone: 'neutral', says: (share: string) => `scores ${share} beside the active model` },
  archived: { label: 'Archived', tone: 'neutral', says: () => 'scores only when it is named' },
} as const

/** A model's state, what it means, and since when the model is there. */
export function ModelState({ model }: { model: RewardModel }) {
  const { label, tone, says } = states[model.state]
  const share = model.sampleRate === 1 ? 'every new output' : `${formatShare(model.sampleRate)} of new outputs`
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      {model.endpoint !== null && <Badge>Served at {new URL(model.endpoint.url).host}</Badge>}
      <span className="text-note text-ink-faint">
        {says(share)} · registered <TimeAgo inSentence time={model.createdAt} />
      </span>
    </>
  )
}
