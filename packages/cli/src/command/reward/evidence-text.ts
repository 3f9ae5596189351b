import type { Evidence } from '@plaudit/reward'

/** Most authors that are listed, those with the most judgments. */
const LISTED = 20

/** What each kind of feedback was worth, and how far its authors can be relied on; empty where there is one kind by nobody who is named. */
export function evidenceText({ sources, authors }: Evidence): string {
  const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`
  const lines: string[] = []
  if (sources.length > 1) {
    lines.push('Feedback, and what it was worth on prompts not seen')
    const width = Math.max(...sources.map(({ source }) => source.length))
    for (const { source, judgments, gain } of sources) {
      const interval =
        gain?.low === undefined || gain.high === undefined ? '' : ` (95 % interval ${points(gain.low)} to ${points(gain.high)})`
      lines.push(
        `  ${source.padEnd(width)}  n = ${judgments.toLocaleString('en-US')}${gain ? `  ${points(gain.estimate)} points${interval}` : ''}`,
      )
    }
  }
  if (authors.length > 1) {
    lines.push('Reliability of authors (1 as usual, 0 says nothing, below 0 the opposite)')
    const listed = authors.toSorted((a, b) => b.judgments - a.judgments).slice(0, LISTED)
    for (const { source, author, judgments, reliability } of listed)
      lines.push(`  ${reliability.toFixed(2).padStart(5)}  ${author ?? 'others'}, ${source}, n = ${judgments.toLocaleString('en-US')}`)
    if (authors.length > LISTED) lines.push(`  and ${authors.length - LISTED} more`)
  }
  return lines.join('\n')
}
