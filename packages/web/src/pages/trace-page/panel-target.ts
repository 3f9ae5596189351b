import { messageText } from '@plaudit/protocol'
import type { FeedbackKind, Span, Trace } from '@plaudit/sdk'
import type { PanelTarget } from '../../features/feedback/feedback-panel.tsx'
import { hasAlternatives } from '../../features/traces/trace-total.ts'

const anywhere: FeedbackKind[] = ['label', 'labels', 'flag', 'text']

/** What feedback on this page can be about: the span that is shown, the whole trace, and its session. */
export function panelTargets(trace: Trace, span: Span): PanelTarget[] {
  const { traceId, spans } = trace
  const output = messageText(span.output)
  const sessionId = spans.find((one) => one.sessionId !== '')?.sessionId ?? ''
  const spanKinds: FeedbackKind[] = [
    ...anywhere,
    ...(output === '' ? [] : (['correction', 'marks'] as const)),
    ...(hasAlternatives(spans, span) ? (['comparison', 'ranking'] as const) : []),
  ]
  return [
    {
      name: 'span',
      label: 'Span',
      target: { kind: 'span', traceId, spanId: span.spanId },
      output: output === '' ? null : output,
      kinds: spanKinds,
    },
    { name: 'trace', label: 'Trace', target: { kind: 'trace', traceId }, output: null, kinds: anywhere },
    ...(sessionId === ''
      ? []
      : [{ name: 'session', label: 'Session', target: { kind: 'session' as const, sessionId }, output: null, kinds: anywhere }]),
  ]
}
