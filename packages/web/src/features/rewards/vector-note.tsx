import type { RewardEmbeddings, RewardModel, VectorCost } from '@plaudit/sdk'
import { formatUsd, formatWhole } from '../../ui/format-number.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'

/** What vectors took, in words: `1,200 outputs, 96,000 tokens, $0.0019`. */
export function vectorCost({ texts, tokens, costUsd }: Pick<VectorCost, 'texts' | 'tokens' | 'costUsd'>): string {
  const outputs = `${formatWhole(texts)} ${texts === 1 ? 'output' : 'outputs'}`
  return `${outputs}, ${formatWhole(tokens)} tokens${costUsd === null ? '' : `, ${formatUsd(costUsd)}`}`
}

/** Whose vectors a model needs beside words; nothing for a model of words alone. */
export function ModelVectors({ model }: { model: RewardModel }) {
  const embedding = model.training['embedding'] as { model?: string; dimension?: number } | null | undefined
  if (typeof embedding?.model !== 'string') return null
  return (
    <span className="text-note text-ink-faint">
      Words and the vectors of {embedding.model}
      {embedding.dimension !== undefined && ` (${formatWhole(embedding.dimension)} dimensions)`}
    </span>
  )
}

/** What vectors have cost the project so far; nothing where none were asked for. */
export function VectorUsage({ usage }: { usage: RewardEmbeddings['usage'] }) {
  if (usage.length === 0) return null
  return (
    <section aria-label="Vectors" className="border-t border-line py-5">
      <h2>Vectors</h2>
      <p className="max-w-3xl text-ink-soft">
        Each output is sent to the encoder once, and its vector is kept: training, judging and scoring it again cost nothing.
      </p>
      <ul className="mt-2">
        {usage.map((one) => (
          <li key={one.model}>
            <span className="font-medium break-all">{one.model}</span>: {vectorCost(one)} in {formatWhole(one.requests)}{' '}
            {one.requests === 1 ? 'request' : 'requests'} since <TimeAgo inSentence time={one.since} />
          </li>
        ))}
      </ul>
    </section>
  )
}
