import type { Criterion } from '@plaudit/protocol'
import { useState } from 'react'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { answerByKey, criterionHotkeys } from './criterion-hotkey.ts'
import { CriterionInput } from './criterion-input.tsx'
import { completes, isAnswered } from './criterion-key.ts'
import { CriterionSection } from './criterion-section.tsx'
import type { AnswerFieldsState } from './use-answer-fields.ts'

export type AnswerFieldsProps = {
  fields: AnswerFieldsState
  problems?: ReadonlyMap<string, string>
  /** The keys printed on the answers work from the first criterion on; else once a criterion has the focus. */
  beginsAtFirst?: boolean
}

/** The criteria as a form outside the desk: a lead's decision, known answers, or a preview. */
export function AnswerFields({ fields, problems = new Map(), beginsAtFirst = false }: AnswerFieldsProps) {
  const [current, setCurrent] = useState(beginsAtFirst ? (fields.asked[0]?.key ?? '') : '')
  const [ties, setTies] = useState(false)
  const { asked, answers, rationales, markCriterion, marking } = fields
  const at = asked.findIndex(({ key }) => key === current)
  const criterion = asked[at]
  const choose = (one: Criterion, value: unknown) => {
    if (one.type === 'ranking') setTies(value === 'tie' ? !ties : false)
    const { answer, isChanged } = answerByKey(one, answers[one.key], value, { outputs: fields.outputs, ties })
    if (!isChanged) return
    fields.answer(one.key, answer)
    const next = asked[at + 1]
    if (completes(one, answer) && next !== undefined) setCurrent(next.key)
  }
  const step = (by: -1 | 1) => setCurrent(asked[Math.min(asked.length - 1, Math.max(0, at + by))]?.key ?? '')
  useHotkeys(
    criterion === undefined
      ? []
      : [
          { keys: 'arrowdown', label: 'Next criterion', group: 'Answers', run: () => step(1) },
          { keys: 'arrowup', label: 'Previous criterion', group: 'Answers', run: () => step(-1) },
          ...criterionHotkeys(criterion, fields.outputs, () => false).map(({ keys, label, value }) => ({
            keys,
            label,
            group: criterion.title,
            run: () => choose(criterion, value),
          })),
        ],
  )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {asked.map((one, index) => (
        <CriterionSection
          key={one.key}
          criterion={one}
          number={index + 1}
          isCurrent={one.key === current}
          isAnswered={isAnswered(one, answers[one.key])}
          problem={problems.get(one.key)}
          rationale={rationales[one.key] ?? ''}
          said={[]}
          onCurrent={() => setCurrent(one.key)}
          onRationale={(value) => fields.rationale(one.key, value)}
        >
          <CriterionInput
            criterion={one}
            answer={answers[one.key]}
            onAnswer={(value, typed) => fields.answer(one.key, value, typed)}
            text={fields.text}
            outputs={fields.outputs}
            marking={one === markCriterion ? marking : null}
            ties={ties}
            onDone={() => undefined}
          />
        </CriterionSection>
      ))}
    </div>
  )
}
