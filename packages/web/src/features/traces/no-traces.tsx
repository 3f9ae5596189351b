import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

/** An empty list: what to change when filters are on, how to send the first trace when there is none at all. */
export function NoTraces({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState title="No trace matches these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
        Remove one above, or search for fewer words: a trace must hold all of them.
      </EmptyState>
    )
  }
  const setting = `OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin}\nOTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer <secret key>"`
  return (
    <EmptyState
      title="Traces of your application appear here"
      picture={<Miniature />}
      action={<CopyButton text={setting} label="Copy the two settings" />}
    >
      <p>Anything that speaks OpenTelemetry sends them. Point its exporter here with a secret key from Settings:</p>
      <pre className="mt-3 rounded-md break-words whitespace-pre-wrap border border-line bg-sunken px-3 py-2 text-left text-note text-ink">
        {setting}
      </pre>
    </EmptyState>
  )
}

/** Three rows of the list in miniature. */
function Miniature() {
  return (
    <svg width="220" height="72" viewBox="0 0 220 72" fill="none">
      {[0, 1, 2].map((row) => (
        <g key={row} transform={`translate(0 ${row * 24})`} opacity={1 - row * 0.28}>
          <rect x="0" y="4" width="20" height="5" rx="2.5" fill="var(--color-line)" />
          <rect x="32" y="2" width={96 - row * 14} height="5" rx="2.5" fill="var(--color-line-strong)" opacity="0.7" />
          <rect x="32" y="11" width={112 - row * 8} height="5" rx="2.5" fill="var(--color-line)" />
          <rect x="164" y="4" width="34" height="9" rx="3" fill="var(--color-accent-soft)" />
          <circle cx="212" cy="8" r="3" fill="var(--color-accent)" />
          <path d="M0 22.5H220" stroke="var(--color-line)" />
        </g>
      ))}
    </svg>
  )
}
