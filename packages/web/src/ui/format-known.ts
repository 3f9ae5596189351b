/** A quantity in its own format, or an em dash where it is not known, so that "unknown" never looks like zero. */
export function formatKnown(value: number | null | undefined, format: (value: number) => string): string {
  return typeof value === 'number' && Number.isFinite(value) ? format(value) : '—'
}

/** A mean or score with at most two decimals, trailing zeros left out, and a true minus sign. */
export function formatScore(score: number): string {
  const text = Math.abs(score) >= 100 ? Math.abs(score).toFixed(0) : String(Number(Math.abs(score).toFixed(2)))
  return score < 0 && text !== '0' ? `−${text}` : text
}

/** Any value as text for people: strings as they are, all else as indented JSON. */
export function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '—')
}
