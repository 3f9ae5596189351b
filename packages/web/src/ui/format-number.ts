const locale = 'en-US'
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })

/** A count where space is short: every digit below 10,000, then three significant ones with a unit (12.3K). */
export function formatCount(count: number): string {
  return Math.abs(count) < 10_000 ? whole.format(count) : compact.format(count)
}

/** A count with every digit. */
export function formatWhole(count: number): string {
  return whole.format(count)
}

/** A number with a fixed number of decimals, 2 by default; a true minus sign. */
export function formatDecimal(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

/** A difference, with its sign always shown. */
export function formatSigned(value: number, digits = 2): string {
  const text = formatDecimal(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** A share 0..1 as per cent; one decimal where it is below 10 %. */
export function formatShare(share: number): string {
  const percent = share * 100
  return `${percent !== 0 && Math.abs(percent) < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`
}

/** US dollars; small amounts keep two significant digits, so that the cost of one call is never shown as $0.00. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0'
  if (usd < 0.000_001) return '<$0.000001'
  return `$${usd >= 0.1 ? usd.toFixed(2) : usd.toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))))}`
}

/** A duration from milliseconds in the unit that fits: 820 ms, 1.24 s, 3 min 05 s, 2 h 04 min. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 0) return `−${formatDuration(-durationMs)}`
  if (durationMs > 0 && durationMs < 1) return '<1 ms'
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`
  if (durationMs < 9_995) return `${(durationMs / 1_000).toFixed(2)} s`
  if (durationMs < 59_950) return `${(durationMs / 1_000).toFixed(1)} s`
  const seconds = Math.round(durationMs / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
