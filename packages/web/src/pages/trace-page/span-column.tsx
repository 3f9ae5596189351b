import { messageText } from '@plaudit/protocol'
import type { FeedbackKind, Span } from '@plaudit/sdk'
import { type ReactNode, useState } from 'react'
import { CorrectionForm } from '../../features/feedback/correction-form.tsx'
import type { Criterion } from '../../features/feedback/criterion.ts'
import { DocumentFeedback } from '../../features/feedback/document-feedback.tsx'
import { MarkedOutput } from '../../features/feedback/marked-output.tsx'
import { MarksForm } from '../../features/feedback/marks-form.tsx'
import { feedbackOn } from '../../features/feedback/target.ts'
import type { FeedbackLedger } from '../../features/feedback/use-feedback-ledger.ts'
import { ScoreExplanation } from '../../features/rewards/score-explanation.tsx'
import { SpanDetail } from '../../features/traces/span-detail.tsx'
import { Segmented } from '../../ui/segmented.tsx'

export type SpanColumnProps = {
  span: Span
  isRaw: boolean
  onRaw: (isRaw: boolean) => void
  kind: FeedbackKind | null
  onKind: (kind: FeedbackKind | null) => void
  criteria: readonly Criterion[]
  ledger: FeedbackLedger
}

/** The span in full. Its output is rendered, raw or with everybody's marks; corrections and marks are made in its place. */
export function SpanColumn({ span, isRaw, onRaw, kind, onKind, criteria, ledger }: SpanColumnProps) {
  const { traceId, spanId } = span
  const target = { kind: 'span' as const, traceId, spanId }
  const output = messageText(span.output)
  const marks = feedbackOn(ledger.feedback, target).filter((one) => one.kind === 'marks')
  const [wantsMarks, setWantsMarks] = useState<boolean | null>(null)
  const showsMarks = marks.length > 0 && output !== '' && (wantsMarks ?? true)
  const form = { target, criteria, ledger, onDone: () => onKind(null), output }

  let outputView: ReactNode
  if (kind === 'correction') outputView = <CorrectionForm {...form} />
  else if (kind === 'marks') outputView = <MarksForm {...form} onDone={() => (setWantsMarks(true), onKind(null))} />
  else if (showsMarks) outputView = <MarkedOutput output={output} feedback={marks} me={ledger.me} />

  // The newest versions of a model's score first; a person reads one or two of them.
  const scoredBy = [
    ...new Set(
      feedbackOn(ledger.feedback, target)
        .filter(({ criterion, author }) => criterion === 'reward' && author.kind === 'model')
        .map(({ author }) => author.id),
    ),
  ]
  const view = showsMarks ? 'marks' : isRaw ? 'raw' : 'rendered'
  return (
    <SpanDetail
      span={span}
      isRaw={isRaw}
      outputView={outputView}
      outputNote={
        output !== '' &&
        scoredBy.map((model) => <ScoreExplanation key={model} model={model} input={messageText(span.input)} output={output} />)
      }
      outputActions={
        kind === 'correction' || kind === 'marks' ? undefined : (
          <Segmented
            label="How the output is shown"
            segments={[
              { value: 'rendered', label: 'Rendered' },
              { value: 'raw', label: 'Raw' },
              ...(marks.length > 0 ? ([{ value: 'marks', label: 'Marks' }] as const) : []),
            ]}
            value={view}
            onChange={(next) => {
              setWantsMarks(next === 'marks')
              if (next !== 'marks') onRaw(next === 'raw')
            }}
          />
        )
      }
      documentNote={(index) => <DocumentFeedback target={{ kind: 'document', traceId, spanId, index }} ledger={ledger} />}
    />
  )
}
