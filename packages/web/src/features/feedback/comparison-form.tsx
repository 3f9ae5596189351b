import type { Outcome, SpanRef } from '@plaudit/sdk'
import { type ReactNode, useState } from 'react'
import { TextArea } from '../../ui/text-field.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { FormButtons } from './choice-form.tsx'
import { CriterionField } from './criterion-field.tsx'
import type { Criterion } from './criterion.ts'
import { criterionChoice, judgment } from './judgment-form.ts'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { denseRanks, repeatsShownOrder, withRank } from '../../ui/ranking.ts'
import { useShownOrder } from './use-shown-order.ts'
import type { FeedbackLedger } from './use-feedback-ledger.ts'
import { useGiving } from './use-giving.ts'

/** One of the outputs to compare; `view` is its full text. */
export type ComparedOutput = { ref: SpanRef; view: ReactNode }

export type ComparisonFormProps = {
  /** In their lasting order; how they are shown is drawn by lot. */
  outputs: readonly ComparedOutput[]
  criteria: readonly Criterion[]
  ledger: FeedbackLedger
  onDone: () => void
}

const choices: { outcome: Outcome; label: string; key: string }[] = [
  { outcome: 'left', label: 'Left is better', key: 'a' },
  { outcome: 'right', label: 'Right is better', key: 'b' },
  { outcome: 'tie', label: 'Equal', key: 'e' },
  { outcome: 'both_bad', label: 'Both bad', key: 'x' },
  { outcome: 'cannot_judge', label: 'Cannot judge', key: 'q' },
]

/** Two outputs side by side, in an order drawn by lot and kept with the judgment; an outcome, and how strong the preference is. */
export function ComparisonForm({ outputs, criteria, ledger, onDone }: ComparisonFormProps) {
  const choice = criterionChoice(criteria, 'comparison')
  const order = useShownOrder(outputs.length)
  const [criterion, setCriterion] = useState(choice.first)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [strength, setStrength] = useState<number | null>(null)
  const [rationale, setRationale] = useState('')
  const { isBusy, give } = useGiving(ledger, onDone)
  const hasSide = outcome === 'left' || outcome === 'right'
  useHotkeys([
    ...choices.map(({ outcome: one, label, key }) => ({ keys: key, label, group: 'Compare', run: () => setOutcome(one) })),
    ...[1, 2, 3, 4, 5, 6, 7].map((value) => ({
      keys: String(value),
      label: `Strength ${value}`,
      group: 'Compare',
      run: () => setStrength(value),
    })),
    { keys: 'mod+enter', label: 'Save the comparison', group: 'Compare', whileTyping: true, run: () => void save() },
  ])
  const save = async () => {
    if (outcome === null || criterion.trim() === '') return
    const isSwapped = order[0] === 1
    const stored: Outcome = hasSide && isSwapped ? (outcome === 'left' ? 'right' : 'left') : outcome
    const value = { outcome: stored, ...(hasSide && strength !== null ? { strength } : {}) }
    const input = judgment({ kind: 'comparison', outputs: outputs.map(({ ref }) => ref) }, criterion, 'comparison', value, rationale)
    await give({ ...input, presentation: { order, rendering: 'markdown' } })
  }
  return (
    <form
      aria-label="Compare two outputs"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="flex flex-col gap-4"
    >
      <OutputColumns outputs={outputs} order={order} titleOf={(at) => (at === 0 ? 'Left' : 'Right')} />
      <fieldset aria-label="Outcome" className="flex min-w-0 flex-wrap gap-1">
        {choices.map(({ outcome: one, label, key }) => (
          <AnswerButton key={one} label={label} shortcut={key} isOn={outcome === one} onClick={() => setOutcome(one)} />
        ))}
      </fieldset>
      {hasSide && (
        <div>
          <p className="mb-1 font-medium">How much better (optional)</p>
          <fieldset aria-label="Strength of the preference" className="flex max-w-lg flex-wrap gap-1">
            {[1, 2, 3, 4, 5, 6, 7].map((value) => (
              <AnswerButton
                key={value}
                label={`Strength ${value} of 7`}
                isOn={strength === value}
                onClick={() => setStrength(strength === value ? null : value)}
                className="flex-1"
              >
                {value}
              </AnswerButton>
            ))}
          </fieldset>
        </div>
      )}
      <Foot
        criteria={choice.offered}
        criterion={criterion}
        onCriterion={setCriterion}
        rationale={rationale}
        onRationale={setRationale}
        save="Save the comparison"
        canSave={outcome !== null}
        isBusy={isBusy}
        onDone={onDone}
      />
    </form>
  )
}

/** Several outputs, each given its place; equal places are ties. */
export function RankingForm({ outputs, criteria, ledger, onDone }: ComparisonFormProps) {
  const choice = criterionChoice(criteria, 'ranking')
  const order = useShownOrder(outputs.length)
  const [criterion, setCriterion] = useState(choice.first)
  /** Ranks in the order shown. */
  const [ranks, setRanks] = useState<(number | null)[]>(() => outputs.map(() => null))
  const [rationale, setRationale] = useState('')
  const { isBusy, give } = useGiving(ledger, onDone)
  const [isWarned, setWarned] = useState(false)
  const dense = denseRanks(ranks)
  const save = async () => {
    if (dense === null || criterion.trim() === '') return
    if (repeatsShownOrder(dense) && !isWarned) {
      setWarned(true)
      return
    }
    const stored = outputs.map((_, output) => dense[order.indexOf(output)] ?? 1)
    const input = judgment(
      { kind: 'comparison', outputs: outputs.map(({ ref }) => ref) },
      criterion,
      'ranking',
      { ranks: stored },
      rationale,
    )
    await give({ ...input, presentation: { order, rendering: 'markdown', keptShownOrder: repeatsShownOrder(dense) } })
  }
  useHotkeys([{ keys: 'mod+enter', label: 'Save the ranking', group: 'Compare', whileTyping: true, run: () => void save() }])
  return (
    <form
      aria-label="Rank the outputs"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="flex flex-col gap-4"
    >
      <OutputColumns
        outputs={outputs}
        order={order}
        titleOf={(at) => `Output ${at + 1}`}
        foot={(at) => (
          <fieldset aria-label={`Rank of output ${at + 1}`} className="flex flex-wrap gap-1">
            {outputs.map((_, index) => (
              <AnswerButton
                key={index}
                label={`Output ${at + 1} is number ${index + 1}`}
                isOn={ranks[at] === index + 1}
                onClick={() => setRanks(withRank(ranks, at, ranks[at] === index + 1 ? null : index + 1))}
              >
                {index + 1}
              </AnswerButton>
            ))}
          </fieldset>
        )}
      />
      <p className="text-note text-ink-faint">1 is the best. The same number for two outputs is a tie.</p>
      {isWarned && dense !== null && repeatsShownOrder(dense) && (
        <p role="alert" className="border-l-2 border-bad pl-3">
          This is exactly the order in which the outputs were shown. If you mean it, save again.
        </p>
      )}
      <Foot
        criteria={choice.offered}
        criterion={criterion}
        onCriterion={setCriterion}
        rationale={rationale}
        onRationale={setRationale}
        save="Save the ranking"
        canSave={dense !== null}
        isBusy={isBusy}
        onDone={onDone}
      />
    </form>
  )
}

type OutputColumnsProps = {
  outputs: readonly ComparedOutput[]
  order: readonly number[]
  titleOf: (at: number) => string
  foot?: (at: number) => ReactNode
}

/** Outputs in columns of equal width, in full; one under the other on a phone. */
function OutputColumns({ outputs, order, titleOf, foot }: OutputColumnsProps) {
  return (
    <div className="grid gap-x-6 gap-y-5 md:grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))]">
      {order.map((output, at) => (
        <section key={output} aria-label={titleOf(at)} className="flex min-w-0 flex-col gap-2 border-t-2 border-line-strong pt-2">
          <h3 className="text-note text-ink-faint">{titleOf(at)}</h3>
          <div className="flex-1">{outputs[output]?.view}</div>
          {foot?.(at)}
        </section>
      ))}
    </div>
  )
}

type FootProps = {
  criteria: readonly Criterion[]
  criterion: string
  onCriterion: (criterion: string) => void
  rationale: string
  onRationale: (rationale: string) => void
  save: string
  canSave: boolean
  isBusy: boolean
  onDone: () => void
}

function Foot({ criteria, criterion, onCriterion, rationale, onRationale, save, canSave, isBusy, onDone }: FootProps) {
  return (
    <div className="flex max-w-2xl flex-col gap-3">
      <CriterionField criteria={criteria} value={criterion} onChange={onCriterion} />
      <TextArea label="Why (optional)" value={rationale} onChange={(event) => onRationale(event.target.value)} />
      <FormButtons save={save} canSave={canSave && criterion.trim() !== ''} isBusy={isBusy} onCancel={onDone} />
    </div>
  )
}
