const outcomes: Record<string, string> = {
  left: 'the first',
  right: 'the second',
  tie: 'equal',
  both_bad: 'both bad',
  cannot_judge: 'cannot judge',
}

/** A vote's or a consensus' value for people. */
export function valueText(kind: string, value: string): string {
  if (kind === 'comparison') return outcomes[value] ?? value
  if (kind === 'marks') return marksText(JSON.parse(value) as { type: string }[])
  if (kind !== 'labels') return value
  const labels = JSON.parse(value) as string[]
  return labels.length === 0 ? 'no label' : labels.join(', ')
}

/** How many marks of each type. */
function marksText(marks: readonly { type: string }[]): string {
  if (marks.length === 0) return 'nothing marked'
  return [...Map.groupBy(marks, ({ type }) => type)].map(([type, own]) => `${own.length} × ${type}`).join(', ')
}
