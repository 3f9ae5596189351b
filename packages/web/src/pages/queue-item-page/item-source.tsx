import { type Criterion, type Mark, messageText } from '@plaudit/protocol'
import type { Adjudication } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../../app/client.tsx'
import type { AnswerFieldsState } from '../../features/review/use-answer-fields.ts'
import { MessageList } from '../../features/traces/message-view.tsx'
import { draftOf } from '../../ui/mark/mark-draft.ts'
import { MarkedText } from '../../ui/mark/marked-text.tsx'
import { Segmented } from '../../ui/segmented.tsx'

export type ItemSourceProps = { adjudication: Adjudication; criteria: readonly Criterion[]; fields: AnswerFieldsState }

/** What was judged, with where it came from; a lead sees the model that reviewers did not. Marks are shown one person at a time. */
export function ItemSource({ adjudication, criteria, fields }: ItemSourceProps) {
  const { input, outputs, available, item } = adjudication
  const { slug } = useProject()
  const traceId =
    'traceId' in item.target ? item.target.traceId : item.target.kind === 'comparison' ? item.target.outputs[0]?.traceId : undefined
  const hasMarks = criteria.some(({ type }) => type === 'mark')
  if (!available) return <p className="text-ink-soft">The trace of this item has not arrived yet.</p>
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {input.length > 0 && (
        <section aria-label="Input">
          <h2 className="pb-2 text-note font-medium text-ink-faint">Input</h2>
          <MessageList messages={input} isRaw={false} foldAt={1_200} />
        </section>
      )}
      <div className={outputs.length > 1 ? 'grid gap-5 sm:grid-cols-2' : ''}>
        {outputs.map(({ messages, model, promptVersion }, index) => (
          <section key={index} aria-label={outputs.length > 1 ? `Output ${index + 1}` : 'Output'} className="min-w-0">
            <h2 className="pb-2 text-note font-medium text-ink-faint">
              {outputs.length === 1 ? 'Output' : outputs.length === 2 ? (index === 0 ? 'Left' : 'Right') : `Output ${index + 1}`}
              <span className="font-normal">
                {model !== null && ` · ${model}`}
                {promptVersion !== null && promptVersion !== '' && ` · prompt ${promptVersion}`}
              </span>
            </h2>
            {hasMarks && index === 0 ? (
              <MarkedOutput adjudication={adjudication} text={messageText(messages)} criteria={criteria} fields={fields} />
            ) : (
              <MessageList messages={messages} isRaw={false} />
            )}
          </section>
        ))}
      </div>
      {traceId !== undefined && (
        <Link to="/p/$project/traces/$traceId" params={{ project: slug, traceId }} className="link self-start">
          Open its trace
        </Link>
      )}
    </div>
  )
}

type MarkedOutputProps = ItemSourceProps & { text: string }

/** The output as plain text with the marks of one person on it, or with the lead's own, which can be changed. */
function MarkedOutput({ adjudication, criteria, fields, text }: MarkedOutputProps) {
  const [shown, setShown] = useState('own')
  const keys = criteria.filter(({ type }) => type === 'mark').map(({ key }) => key)
  const judgment = adjudication.judgments.find(({ id }) => id === shown)
  const marks = keys.flatMap((key) => draftOf(text, (judgment?.answers[key] ?? []) as Mark[]).marks)
  return (
    <div className="flex flex-col gap-3">
      <div className="overflow-x-auto">
        <Segmented
          label="Whose marks are shown"
          segments={[
            { value: 'own', label: 'Your decision' },
            ...adjudication.judgments.map(({ id, personName }) => ({ value: id, label: personName ?? 'Somebody' })),
          ]}
          value={shown}
          onChange={setShown}
        />
      </div>
      <div className="prose-measure border-l-2 border-accent pl-3">
        {judgment === undefined ? (
          <MarkedText
            text={text}
            marks={fields.marks}
            current={fields.marking.current}
            pending={fields.marking.pending}
            label="Output to mark. Select with Shift and the arrow keys, then press the key of a type."
            onSelect={fields.marking.setPending}
            onKeyDown={fields.marking.onTextKey}
          />
        ) : (
          <MarkedText text={text} marks={marks} label={`Output with the marks of ${judgment.personName ?? 'somebody'}`} />
        )}
      </div>
    </div>
  )
}
