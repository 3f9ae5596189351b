import { formatValue } from './format-known.ts'

/** A value as indented JSON, or a text as it is, in the fixed-width face; tall ones scroll. */
export function JsonBlock({ value, label }: { value: unknown; label: string }) {
  return (
    <section aria-label={label} tabIndex={0} className="max-h-80 overflow-auto rounded-md border border-line bg-sunken px-3 py-2">
      <pre dir="auto" className="text-note leading-5 break-words whitespace-pre-wrap">
        {formatValue(value)}
      </pre>
    </section>
  )
}
