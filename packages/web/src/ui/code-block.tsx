import { CopyButton } from './copy-button.tsx'

/** Code to copy: its name, the button, the text. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-3 border-b border-line py-1 pr-1 pl-3 text-note text-ink-soft">
        {label}
        <CopyButton text={code} size="small" />
      </figcaption>
      <section aria-label={label} tabIndex={0} className="overflow-x-auto px-3 py-2.5">
        <pre className="leading-5">{code}</pre>
      </section>
    </figure>
  )
}
