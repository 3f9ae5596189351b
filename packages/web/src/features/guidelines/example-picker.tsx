import { messageText, type Span } from '@plaudit/protocol'
import type { GuidelineExample } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'

export type ExamplePickerProps = { onPick: (example: GuidelineExample) => void; onClose: () => void }

/** Finds an output in the project's traffic and takes it as an example. */
export function ExamplePicker({ onPick, onClose }: ExamplePickerProps) {
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const [traceId, setTraceId] = useState<string | null>(null)
  const client = useClient()
  const { id } = useProject()
  const found = useQuery({
    queryKey: ['example-traces', id, text],
    queryFn: async ({ signal }) => (await client.traces.list({ limit: 20, ...(text === '' ? {} : { text }) }, { signal })).items,
  })
  const search = (event: FormEvent) => {
    event.preventDefault()
    setTraceId(null)
    setText(typed.trim())
  }
  return (
    <Dialog open wide onOpenChange={(open) => !open && onClose()} title="Take an example from your traffic">
      <form onSubmit={search} className="flex items-end gap-2 pb-3">
        <TextField
          label="Words in the input or output"
          className="flex-1"
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit">Search</Button>
      </form>
      {traceId !== null ? (
        <Outputs traceId={traceId} onPick={onPick} onBack={() => setTraceId(null)} />
      ) : found.isPending ? (
        <SkeletonRows rows={4} label="Searching" />
      ) : found.isError ? (
        <ErrorState title="The traces could not be searched." error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.length === 0 ? (
        <p className="py-4 text-ink-faint">No trace has these words. Try fewer of them.</p>
      ) : (
        <ul aria-label="Traces found" className="border-t border-line">
          {found.data.map((trace) => (
            <li key={trace.traceId}>
              <button
                type="button"
                onClick={() => setTraceId(trace.traceId)}
                className="block w-full border-b border-line px-1 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span dir="auto" className="line-clamp-1 font-medium">
                  {trace.inputPreview === '' ? trace.name : trace.inputPreview}
                </span>
                <span dir="auto" className="line-clamp-2 text-ink-soft">
                  {trace.outputPreview}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

type OutputsProps = { traceId: string; onPick: ExamplePickerProps['onPick']; onBack: () => void }

/** The outputs of a trace, each of which can become an example. */
function Outputs({ traceId, onPick, onBack }: OutputsProps) {
  const client = useClient()
  const { id } = useProject()
  const trace = useQuery({ queryKey: ['trace', id, traceId], queryFn: ({ signal }) => client.traces.get(traceId, { signal }) })
  if (trace.isPending) return <SkeletonRows rows={3} label="Loading the trace" />
  if (trace.isError) return <ErrorState title="The trace could not be loaded." error={trace.error} onRetry={() => void trace.refetch()} />
  const spans = trace.data.spans.filter(({ output }) => messageText(output) !== '')
  const take = (span: Span, verdict: GuidelineExample['verdict']) =>
    onPick({ verdict, text: messageText(span.output), reason: '', source: { traceId: span.traceId, spanId: span.spanId } })
  return (
    <div className="flex flex-col gap-4">
      <Button size="small" className="self-start" onClick={onBack}>
        Back to the results
      </Button>
      {spans.length === 0 && <p className="text-ink-faint">No span of this trace has an output.</p>}
      {spans.map((span) => (
        <section key={span.spanId} aria-label={`Output of ${span.name}`} className="border-t border-line pt-3">
          <p dir="auto" className="max-h-60 overflow-y-auto break-words whitespace-pre-wrap">
            {messageText(span.output)}
          </p>
          <div className="flex gap-2 pt-2">
            <Button size="small" onClick={() => take(span, 'good')}>
              A good example
            </Button>
            <Button size="small" onClick={() => take(span, 'bad')}>
              A bad example
            </Button>
          </div>
        </section>
      ))}
    </div>
  )
}
