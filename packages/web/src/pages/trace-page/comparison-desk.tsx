import type { Span } from '@plaudit/sdk'
import { useState } from 'react'
import { ComparisonForm, RankingForm } from '../../features/feedback/comparison-form.tsx'
import type { Criterion } from '../../features/feedback/criterion.ts'
import { OutputPicker } from '../../features/feedback/output-picker.tsx'
import type { FeedbackLedger } from '../../features/feedback/use-feedback-ledger.ts'
import { MessageList } from '../../features/traces/message-view.tsx'
import { Section } from '../../features/traces/section.tsx'
import { alternatives, comparable } from '../../features/traces/trace-total.ts'

export type ComparisonDeskProps = {
  spans: readonly Span[]
  span: Span
  isRaw: boolean
  kind: 'comparison' | 'ranking'
  criteria: readonly Criterion[]
  ledger: FeedbackLedger
  nameOf: (spanId: string) => string
  onDone: () => void
}

/** Outputs of this trace against each other: the shared input on top, the outputs side by side without names, then the judgment. */
export function ComparisonDesk({ spans, span, isRaw, kind, criteria, ledger, nameOf, onDone }: ComparisonDeskProps) {
  const sameInput = alternatives(spans, span)
  const others = comparable(spans)
  const [chosen, setChosen] = useState<string[]>(() => firstChoice(kind, span, sameInput.length > 1 ? sameInput : others))
  const outputs = others.filter(({ spanId }) => chosen.includes(spanId))
  const needed = kind === 'comparison' ? 'two' : 'at least two'
  const isComplete = kind === 'comparison' ? outputs.length === 2 : outputs.length >= 2 && outputs.length <= 20
  const form = {
    outputs: outputs.map((output) => ({
      ref: { traceId: output.traceId, spanId: output.spanId },
      view: <MessageList messages={output.output} isRaw={isRaw} />,
    })),
    criteria,
    ledger,
    onDone,
  }
  return (
    <div className="flex flex-col gap-5">
      <h2>{kind === 'comparison' ? 'Which output is better?' : 'Rank the outputs'}</h2>
      {others.length > (kind === 'comparison' ? 2 : 1) && (
        <OutputPicker
          choices={others.map(({ spanId }) => ({
            spanId,
            label: nameOf(spanId),
            isSameInput: sameInput.some((one) => one.spanId === spanId),
          }))}
          chosen={chosen}
          onChange={setChosen}
        />
      )}
      <Section title="Input">
        <MessageList messages={span.input} isRaw={isRaw} />
      </Section>
      {!isComplete ? (
        <output className="text-ink-soft">
          Choose {needed} outputs above; {outputs.length} chosen.
        </output>
      ) : kind === 'comparison' ? (
        <ComparisonForm key={chosen.join()} {...form} />
      ) : (
        <RankingForm key={chosen.join()} {...form} />
      )}
    </div>
  )
}

/** For a comparison this output and the next one; for a ranking all that answer the same input. */
function firstChoice(kind: 'comparison' | 'ranking', span: Span, candidates: readonly Span[]): string[] {
  if (kind === 'ranking') return candidates.slice(0, 20).map(({ spanId }) => spanId)
  const other = candidates.find(({ spanId }) => spanId !== span.spanId)
  return other === undefined ? [span.spanId] : [span.spanId, other.spanId]
}
