import type { QualitySelection } from '@plaudit/sdk'

/** What the pages of Trust are about, as their address says it. */
export type QualitySearch = {
  queue?: string
  by?: string
  criterion?: string
  promptName?: string
  promptVersion?: string
  model?: string
  environment?: string
  metadata?: string
  guideline?: number
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined)

/** Reads an address; what is unknown in it is left out. */
export function parseQualitySearch(search: Record<string, unknown>): QualitySearch {
  const found: QualitySearch = {}
  for (const name of ['queue', 'by', 'criterion', 'promptName', 'promptVersion', 'model', 'environment', 'metadata'] as const) {
    const value = text(search[name])
    if (value !== undefined) found[name] = value
  }
  const guideline = Number(search['guideline'])
  if (Number.isInteger(guideline) && guideline > 0) found.guideline = guideline
  return found
}

/** The selection that an address means. */
export function selectionOf({ by: _by, ...selection }: QualitySearch): QualitySelection {
  return selection
}
