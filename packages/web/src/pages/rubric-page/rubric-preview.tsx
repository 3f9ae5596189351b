import type { Criterion } from '@plaudit/protocol'
import { AnswerFields } from '../../features/review/answer-fields.tsx'
import { useAnswerFields } from '../../features/review/use-answer-fields.ts'
import { MarkedText } from '../../ui/mark/marked-text.tsx'

const example = 'An output stands here. It can be marked and corrected, as in the queue.'

/** The form as reviewers get it, to be tried; nothing that is filled in is kept. */
export function RubricPreview({ criteria }: { criteria: readonly Criterion[] }) {
  if (criteria.length === 0) return <p className="text-ink-faint">A criterion appears here as soon as it is complete.</p>
  // Another shape of the rubric begins anew: answers to questions that are gone would be in the way.
  return <Preview key={criteria.map(({ key, type }) => `${key} ${type}`).join('\n')} criteria={criteria} />
}

function Preview({ criteria }: { criteria: readonly Criterion[] }) {
  const compares = criteria.some(({ type }) => type === 'comparison' || type === 'ranking')
  const outputs = !compares ? 1 : criteria.some(({ type }) => type === 'comparison') ? 2 : 3
  const fields = useAnswerFields({ criteria, text: example, outputs })
  return (
    <div className="flex flex-col gap-4">
      {fields.markCriterion !== undefined && (
        <div className="border-l-2 border-accent pl-3">
          <MarkedText
            text={example}
            marks={fields.marks}
            current={fields.marking.current}
            pending={fields.marking.pending}
            label="Output to mark"
            onSelect={fields.marking.setPending}
            onKeyDown={fields.marking.onTextKey}
          />
        </div>
      )}
      <AnswerFields fields={fields} />
    </div>
  )
}
