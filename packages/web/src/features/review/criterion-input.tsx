import type { Criterion, Outcome } from '@plaudit/protocol'
import type { DraftMark } from '../../ui/mark/mark-draft.ts'
import type { Marking } from '../../ui/mark/use-marking.ts'
import { TextArea } from '../../ui/text-field.tsx'
import { ComparisonInput } from './comparison-input.tsx'
import { CorrectionInput } from './correction-input.tsx'
import { toggled } from './criterion-key.ts'
import { MarkInput } from './mark-input.tsx'
import { NumberInput } from './number-input.tsx'
import { NothingButton } from './nothing-button.tsx'
import { OptionList } from './option-list.tsx'
import type { Ranks } from './rank-pick.ts'
import { RankingInput } from './ranking-input.tsx'
import { shownOptions } from './shown-option.ts'

export type CriterionInputProps = {
  criterion: Criterion
  answer: unknown
  /** Undefined takes the answer back. `typed` for one letter of many. */
  onAnswer: (answer: unknown, typed?: boolean) => void
  /** The text that marks and corrections are about. */
  text: string
  outputs: number
  marking: Marking | null
  ties: boolean
  /** The answer is complete: what comes next has its turn. */
  onDone: () => void
}

/** The answer to a criterion, in the way of its type. */
export function CriterionInput({ criterion, answer, onAnswer, text, outputs, marking, ties, onDone }: CriterionInputProps) {
  const { title } = criterion
  switch (criterion.type) {
    case 'binary':
    case 'ordinal':
    case 'categorical':
      return (
        <OptionList
          label={title}
          options={shownOptions(criterion)}
          isOn={(value) => answer === value}
          onChoose={(value) => onAnswer(answer === value ? undefined : value)}
        />
      )
    case 'multi_label': {
      const chosen = (answer ?? []) as string[]
      return (
        <>
          <OptionList
            label={title}
            options={shownOptions(criterion)}
            isOn={(value) => chosen.includes(String(value))}
            onChoose={(value) => onAnswer(toggled(chosen, String(value)))}
          />
          <NothingButton isOn={answer !== undefined && chosen.length === 0} label="None of these" onClick={() => onAnswer([])} />
        </>
      )
    }
    case 'numeric':
      return (
        <NumberInput
          criterion={criterion}
          value={answer as number | undefined}
          onChange={(value) => onAnswer(value, true)}
          onDone={onDone}
        />
      )
    case 'text':
      return (
        <TextArea
          label={title}
          labelHidden
          dir="auto"
          maxLength={criterion.maxLength}
          value={(answer ?? '') as string}
          onChange={(event) => onAnswer(event.target.value, true)}
        />
      )
    case 'correction':
      return (
        <CorrectionInput
          criterion={criterion}
          original={text}
          value={answer as { text: string; reasons?: string[] } | undefined}
          onChange={onAnswer}
        />
      )
    case 'mark':
      return (
        <MarkInput
          criterion={criterion}
          text={text}
          marks={answer as DraftMark[] | undefined}
          marking={marking}
          onNone={() => onAnswer([])}
        />
      )
    case 'comparison':
      return (
        <ComparisonInput criterion={criterion} value={answer as { outcome: Outcome; strength?: number } | undefined} onChange={onAnswer} />
      )
    case 'ranking':
      return (
        <RankingInput
          criterion={criterion}
          outputs={outputs}
          ranks={(answer as { ranks: Ranks } | undefined)?.ranks ?? Array.from({ length: outputs }, () => null)}
          ties={ties}
          onChange={(ranks) => onAnswer(ranks.every((rank) => rank === null) ? undefined : { ranks })}
        />
      )
  }
}
