import type { RewardExplanation } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { cx } from '../../ui/cx.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatDecimal, formatShare, formatSigned } from '../../ui/format-number.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { passagesOf, traitName } from './passage.ts'

/** Traits and words that are listed. */
const MOST_TRAITS = 8
const MOST_WORDS = 8
/** A passage that adds less than this share of the strongest one is not coloured. */
const FAINT = 0.08

/** Where a model's score of an output comes from; asked for when it is opened. */
export function ScoreExplanation({ model, input, output }: { model: string; input: string; output: string }) {
  const client = useClient()
  const project = useProject()
  const [opened, setOpened] = useState(false)
  const explanation = useQuery({
    queryKey: ['reward-explanation', project.id, model, input, output],
    queryFn: () => client.reward.explain({ model, input, output }),
    enabled: opened,
    staleTime: Infinity,
  })
  return (
    <details className="mt-4" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary className="cursor-pointer rounded-sm text-ink-soft">Why the model {model} scores it so</summary>
      <div className="mt-3">
        {opened && explanation.isPending && <SkeletonRows rows={3} label="Asking the model" />}
        {explanation.isError && (
          <ErrorState title="The score could not be explained." error={explanation.error} onRetry={() => void explanation.refetch()} />
        )}
        {explanation.data !== undefined && <Explained explanation={explanation.data} output={output} />}
      </div>
    </details>
  )
}

function Explained({ explanation, output }: { explanation: RewardExplanation; output: string }) {
  const { reward, std, novelty, traits, words, vector, sentences, tokens } = explanation
  const strongest = Math.max(0, ...sentences.map(({ contribution }) => Math.abs(contribution)))
  return (
    <div className="flex flex-col gap-4">
      <p>
        <span className="font-medium">Reward {formatSigned(reward)}</span>
        <span className="text-ink-soft">
          {std !== null && ` ± ${formatDecimal(std)} (one standard deviation over models of resampled prompts)`}
          {novelty !== null && `; ${formatShare(novelty)} of its words and word pairs are new to the model`}. 0 is an average output of the
          training.
        </span>
        {novelty !== null && novelty > 0.5 && <span className="text-bad"> Most of it is new to the model: do not rely on this score.</span>}
      </p>
      {sentences.length > 0 && (
        <div>
          <h4 className="text-note text-ink-faint">By passage: how the reward would change without it</h4>
          <p dir="auto" className="mt-1 prose-measure text-read break-words whitespace-pre-wrap">
            {passagesOf(output, sentences).map(({ text, contribution }, index) => {
              const isFaint = Math.abs(contribution) < FAINT * strongest
              if (contribution === 0 || isFaint) return <span key={index}>{text}</span>
              return (
                <span
                  key={index}
                  className={cx(
                    'rounded-sm decoration-2 underline-offset-4',
                    contribution > 0 ? 'bg-good-soft underline decoration-good' : 'bg-bad-soft underline decoration-bad decoration-wavy',
                  )}
                >
                  {text.trimEnd()}
                  <sup className={cx('ml-0.5 font-medium', contribution > 0 ? 'text-good' : 'text-bad')}>{formatSigned(contribution)}</sup>
                  {text.slice(text.trimEnd().length)}
                </span>
              )
            })}
          </p>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-4 2xl:grid-cols-2">
        {tokens.length > 0 && (
          <Contributions
            title="By word"
            rows={tokens.slice(0, MOST_WORDS).map(({ text, contribution }) => ({ name: text, contribution }))}
          />
        )}
        {words !== null && (
          <Contributions
            title="By trait, beside an average output"
            rows={[
              { name: 'words and word pairs', contribution: words },
              ...(vector === null ? [] : [{ name: 'vector of the whole output', contribution: vector }]),
              ...traits.slice(0, MOST_TRAITS).map(({ trait, contribution }) => ({ name: traitName(trait), contribution })),
            ]}
          />
        )}
      </div>
      {words === null && <p className="text-ink-soft">This model is served elsewhere: nothing is known of what its score is made of.</p>}
    </div>
  )
}

/** Signed amounts as bars from a middle line. */
function Contributions({ title, rows }: { title: string; rows: readonly { name: string; contribution: number }[] }) {
  const most = Math.max(1e-9, ...rows.map(({ contribution }) => Math.abs(contribution)))
  return (
    <div className="min-w-0">
      <h4 className="text-note text-ink-faint">{title}</h4>
      <ul className="mt-1">
        {rows.map(({ name, contribution }, index) => {
          const share = (50 * Math.abs(contribution)) / most
          return (
            <li key={index} className="grid grid-cols-[minmax(0,1fr)_7rem_3.5rem] items-center gap-2 border-b border-line py-1">
              <span dir="auto" className="truncate" title={name}>
                {name}
              </span>
              <span aria-hidden="true" className="relative h-2 bg-sunken">
                <span
                  className={cx('absolute inset-y-0', contribution > 0 ? 'bg-good' : 'bg-bad')}
                  style={contribution > 0 ? { left: '50%', width: `${share}%` } : { right: '50%', width: `${share}%` }}
                />
              </span>
              <span className="text-right tabular-nums">{formatSigned(contribution)}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
