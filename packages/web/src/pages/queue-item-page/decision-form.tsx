import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { answerText } from '../../features/adjudication/answer-text.ts'
import { ErrorTags } from '../../features/adjudication/error-tags.tsx'
import type { OpenItem, useItemChange } from '../../features/adjudication/use-adjudication.ts'
import { draftClarification } from '../../features/guidelines/guideline-draft.ts'
import { AnswerFields } from '../../features/review/answer-fields.tsx'
import type { AnswerFieldsState } from '../../features/review/use-answer-fields.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'

export type DecisionFormProps = { open: OpenItem; fields: AnswerFieldsState; text: string; change: ReturnType<typeof useItemChange> }

/** The lead's answers: as the decision on the item, as its known answers, and as the start of a clearer guideline. */
export function DecisionForm({ open, fields, text, change }: DecisionFormProps) {
  const { adjudication, rubric, guideline } = open
  const { judgments, decision, gold } = adjudication
  const { slug } = useProject()
  const navigate = useNavigate()
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const [note, setNote] = useState(decision?.note ?? '')
  const [errors, setErrors] = useState<Readonly<Record<string, string[]>>>(() =>
    Object.fromEntries((decision?.errors ?? []).map(({ judgmentId, tags }) => [judgmentId, tags])),
  )
  const checked = () => {
    const result = fields.result()
    setProblems(new Map(result.problems.map(({ criterion, message }) => [criterion, message])))
    return result.problems.length === 0 ? result : null
  }
  const decide = () => {
    const result = checked()
    if (result === null) return
    const tagged = Object.entries(errors).flatMap(([judgmentId, tags]) => (tags.length === 0 ? [] : [{ judgmentId, tags }]))
    change.mutate(
      { kind: 'decide', decision: { answers: result.answers, rationales: result.rationales, errors: tagged, note: note.trim() } },
      { onSuccess: () => toast(decision === null ? 'Decided. The judgments stay as they are beside it.' : 'The decision is changed.') },
    )
  }
  const setGold = () => {
    const result = checked()
    if (result === null) return
    change.mutate(
      { kind: 'gold', answers: result.answers },
      {
        onSuccess: () =>
          toast(gold === null ? 'It is a gold item now.' : 'The known answers are corrected; all judgments on it are scored anew.'),
      },
    )
  }
  const clarify = () => {
    if (guideline === null) return
    const result = fields.result()
    const lines = rubric.criteria.flatMap((criterion) => {
      const answer = answerText(criterion, result.answers[criterion.key])
      return answer === ''
        ? []
        : [
            `- **${criterion.title}** ${answer}${result.rationales[criterion.key] === undefined ? '' : ` – ${result.rationales[criterion.key]}`}`,
          ]
    })
    const why = note.trim() === '' ? 'Say here in general what decides such cases.' : note.trim()
    const { target } = adjudication.item
    draftClarification(
      guideline,
      `### In cases like this one\n\n${why}\n\n${lines.join('\n')}`,
      text === ''
        ? null
        : {
            verdict: 'good',
            text,
            reason: '',
            ...(target.kind === 'span' ? { source: { traceId: target.traceId, spanId: target.spanId } } : {}),
          },
    )
    void navigate({ to: '/p/$project/guidelines/$guidelineId', params: { project: slug, guidelineId: guideline.id } })
  }
  useHotkeys([{ keys: 'mod+enter', label: 'Decide', group: 'Decision', whileTyping: true, run: decide }])
  return (
    <form
      aria-label="Decision"
      onSubmit={(event) => {
        event.preventDefault()
        decide()
      }}
      className="flex min-w-0 flex-col gap-5"
    >
      <h2>{decision === null ? 'Your decision' : 'Your decision, which can be changed'}</h2>
      <AnswerFields fields={fields} problems={problems} beginsAtFirst />
      {judgments.length > 0 && (
        <div className="flex flex-col gap-3">
          {judgments.map(({ id, personName }) => (
            <ErrorTags
              key={id}
              person={personName ?? 'somebody'}
              tags={errors[id] ?? []}
              onChange={(tags) => setErrors({ ...errors, [id]: tags })}
            />
          ))}
        </div>
      )}
      <TextArea label="Note on the decision (optional)" value={note} maxLength={10_000} onChange={(event) => setNote(event.target.value)} />
      <div className="flex flex-col gap-2">
        <Button variant="primary" type="submit" shortcut="mod+enter" busy={change.isPending} className="h-10">
          {decision === null ? 'Decide' : 'Change the decision'}
        </Button>
        <div className="flex flex-wrap gap-2">
          <Button onClick={setGold} disabled={change.isPending}>
            {gold === null ? 'Make these the known answers' : 'Correct the known answers'}
          </Button>
          {gold !== null && (
            <Button
              variant="quiet"
              disabled={change.isPending}
              onClick={() => change.mutate({ kind: 'gold', answers: null }, { onSuccess: () => toast('It is an ordinary item again.') })}
            >
              No gold any more
            </Button>
          )}
          {guideline !== null && (
            <Button variant="quiet" onClick={clarify}>
              Draft a clarification of the guideline
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}
