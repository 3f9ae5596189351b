import { type Criterion, optionsOf } from '@plaudit/protocol'

/** The criteria as a list of questions with their answers. */
export function RubricPreview({ criteria }: { criteria: readonly Criterion[] }) {
  if (criteria.length === 0) return <p className="text-ink-faint">A criterion appears here when it is complete.</p>
  return (
    <ol className="flex flex-col gap-4">
      {criteria.map((criterion) => (
        <li key={criterion.key}>
          <p className="font-medium">{criterion.title}</p>
          {criterion.help !== '' && <p className="text-ink-soft">{criterion.help}</p>}
          <ul className="mt-1 flex flex-wrap gap-1.5">
            {optionsOf(criterion).map(({ label }) => (
              <li key={label} className="rounded-md border border-line px-2 py-1">
                {label}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
