import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { MessageList } from './message-view.tsx'
import { buildSpanTree, mainSpan } from './span-tree.ts'
import { useTrace } from './use-trace.ts'

/** The messages of a trace's main span in full: one turn of a conversation. */
export function TraceConversation({ traceId }: { traceId: string }) {
  const trace = useTrace(traceId)
  if (trace.isPending) return <SkeletonRows rows={2} label="Loading the turn" />
  if (trace.isError) return <ErrorState title="The turn could not be loaded." error={trace.error} onRetry={() => void trace.refetch()} />
  const span = mainSpan(buildSpanTree(trace.data.spans))
  if (span === null) return <p className="text-ink-faint">The spans of this trace have not arrived yet.</p>
  return <MessageList messages={[...span.input, ...span.output]} isRaw={false} />
}
