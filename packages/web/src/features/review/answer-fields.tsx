import { useState } from 'react'
import { CriterionInput } from './criterion-input.tsx'
import { isAnswered } from './criterion-key.ts'
import { CriterionSection } from './criterion-section.tsx'
import type { AnswerFieldsState } from './use-answer-fields.ts'

export type AnswerFieldsProps = { fields: AnswerFieldsState; problems?: ReadonlyMap<string, string> }

/** The criteria as a form outside the desk: a lead's decision, known answers, or a preview. */
export function AnswerFields({ fields, problems = new Map() }: AnswerFieldsProps) {
  const [current, setCurrent] = useState('')
  const { asked, answers, rationales, markCriterion, marking } = fields
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {asked.map((criterion, index) => (
        <CriterionSection
          key={criterion.key}
          criterion={criterion}
          number={index + 1}
          isCurrent={criterion.key === current}
          isAnswered={isAnswered(criterion, answers[criterion.key])}
          problem={problems.get(criterion.key)}
          rationale={rationales[criterion.key] ?? ''}
          prelabels={[]}
          onCurrent={() => setCurrent(criterion.key)}
          onRationale={(value) => fields.rationale(criterion.key, value)}
        >
          <CriterionInput
            criterion={criterion}
            answer={answers[criterion.key]}
            onAnswer={(value, typed) => fields.answer(criterion.key, value, typed)}
            text={fields.text}
            outputs={fields.outputs}
            marking={criterion === markCriterion ? marking : null}
            ties={false}
            onDone={() => undefined}
          />
        </CriterionSection>
      ))}
    </div>
  )
}
