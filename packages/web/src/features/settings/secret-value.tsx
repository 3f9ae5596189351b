import { CopyButton } from '../../ui/copy-button.tsx'

/** A value that is shown once, to be copied; an entry of a `dl`. */
export function SecretValue({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="mb-1 font-medium">{term}</dt>
      <dd className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 grow basis-56 rounded-md bg-sunken px-2.5 py-1.5 break-all">{value}</code>
        <CopyButton text={value} label={`Copy the ${term.toLowerCase()}`} />
      </dd>
    </div>
  )
}
