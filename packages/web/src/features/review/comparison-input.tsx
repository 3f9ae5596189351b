import type { Criterion, Outcome } from '@plaudit/protocol'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { offeredOutcomes } from './criterion-key.ts'

type Value = { outcome: Outcome; strength?: number }
export type ComparisonInputProps = {
  criterion: Criterion & { type: 'comparison' }
  value: Value | undefined
  onChange: (value: Value | undefined) => void
}

/** Which side is better, and where the criterion asks for it, by how much. */
export function ComparisonInput({ criterion, value, onChange }: ComparisonInputProps) {
  const hasSide = value?.outcome === 'left' || value?.outcome === 'right'
  return (
    <div className="flex flex-col gap-2">
      <fieldset aria-label={criterion.title} className="grid grid-cols-2 gap-1">
        {offeredOutcomes(criterion).map(({ outcome, keys, label }) => (
          <AnswerButton
            key={outcome}
            label={label}
            shortcut={keys}
            isOn={value?.outcome === outcome}
            onClick={() => onChange(value?.outcome === outcome ? undefined : chosenOutcome(value, outcome))}
            className={outcome === 'cannot_judge' ? 'col-span-2' : ''}
          />
        ))}
      </fieldset>
      {criterion.strength > 0 && hasSide && (
        <div>
          <p className="mb-1 text-note text-ink-soft">How much better: 1 is slightly</p>
          <fieldset aria-label={`Strength of the preference in ${criterion.title}`} className="flex gap-1">
            {Array.from({ length: criterion.strength }, (_, index) => index + 1).map((strength) => (
              <AnswerButton
                key={strength}
                label={`Strength ${strength} of ${criterion.strength}`}
                isOn={value.strength === strength}
                onClick={() => onChange(value.strength === strength ? { outcome: value.outcome } : { ...value, strength })}
                className="flex-1 px-1"
              >
                {strength}
              </AnswerButton>
            ))}
          </fieldset>
        </div>
      )}
    </div>
  )
}

/** The answer after an outcome was chosen: a strength stays while there is a side that it belongs to. */
export function chosenOutcome(before: Value | undefined, outcome: Outcome): Value {
  const hasSide = outcome === 'left' || outcome === 'right'
  return { outcome, ...(hasSide && before?.strength !== undefined ? { strength: before.strength } : {}) }
}
