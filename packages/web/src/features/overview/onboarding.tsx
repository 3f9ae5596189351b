import { type ReactNode, useState } from 'react'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Tabs } from '../../ui/tabs.tsx'

/** An empty project: how its first trace comes in, and what happens then. It turns into the home page by itself. */
export function Onboarding({ origin, newKey }: { origin: string; newKey: ReactNode }) {
  const [way, setWay] = useState('otel')
  return (
    <div className="grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <ol className="flex flex-col gap-8">
        <Step number={1} title="Make a key">
          <p className="mb-3 text-ink-soft">Your application shows it with every request. Its secret is shown once.</p>
          {newKey}
        </Step>
        <Step number={2} title="Send a trace">
          <p className="mb-2 text-ink-soft">
            Anything that speaks OpenTelemetry can send here: the OpenTelemetry SDKs, OpenInference, Traceloop, the Vercel AI SDK. Only the
            address and the key change.
          </p>
          <Tabs
            label="How to send"
            value={way}
            onChange={setWay}
            tabs={[
              { value: 'otel', label: 'OpenTelemetry', content: <CodeBlock label="Environment variables" code={otelSnippet(origin)} /> },
              { value: 'curl', label: 'curl', content: <CodeBlock label="One trace with curl" code={traceSnippet(origin)} /> },
            ]}
          />
        </Step>
        <Step number={3} title="Say what you think of it">
          <p className="mb-2 text-ink-soft">
            In the trace’s page, or from your application. The public key is enough, so a web page may do it.
          </p>
          <CodeBlock label="Feedback with curl" code={feedbackSnippet(origin)} />
        </Step>
      </ol>
      <aside className="h-fit border-l-2 border-accent/40 pl-5 text-ink-soft">
        <output className="flex items-center gap-2 font-medium text-ink">
          <span aria-hidden="true" className="size-2 rounded-full bg-accent motion-safe:animate-pulse" />
          Waiting for the first trace
        </output>
        <p className="mt-1">
          This page looks for it every three seconds and then shows the loop: traces, feedback, trusted judgments, a reward model, better
          variants.
        </p>
      </aside>
    </div>
  )
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className="flex size-7 items-center justify-center rounded-full border border-accent font-semibold text-accent"
      >
        {number}
      </span>
      <div className="min-w-0">
        <h2 className="mb-0.5">{title}</h2>
        {children}
      </div>
    </li>
  )
}

function otelSnippet(origin: string): string {
  return `export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20$PLAUDIT_SECRET_KEY"`
}

function traceSnippet(origin: string): string {
  return `curl ${origin}/v1/traces \\
  -H "Authorization: Bearer $PLAUDIT_SECRET_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"resourceSpans": [{"scopeSpans": [{"spans": [{
    "traceId": "'$(openssl rand -hex 16)'", "spanId": "'$(openssl rand -hex 8)'",
    "name": "chat", "startTimeUnixNano": "'$(date +%s)000000000'", "endTimeUnixNano": "'$(date +%s)900000000'",
    "attributes": [
      {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
      {"key": "gen_ai.request.model", "value": {"stringValue": "my-model"}},
      {"key": "gen_ai.prompt", "value": {"stringValue": "Where is my parcel?"}},
      {"key": "gen_ai.completion", "value": {"stringValue": "It arrives tomorrow."}}
    ]}]}]}]}'`
}

function feedbackSnippet(origin: string): string {
  return `curl ${origin}/api/v1/feedback \\
  -H "Authorization: Bearer $PLAUDIT_PUBLIC_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"target": {"kind": "trace", "traceId": "'$TRACE_ID'"},
       "criterion": "helpful", "kind": "thumbs", "value": "up"}'`
}
