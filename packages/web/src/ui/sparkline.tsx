/** A trend in the space of a word. Null is a gap. Its meaning must stand beside it in words or figures. */
export function Sparkline({ values, width = 80, height = 20 }: { values: readonly (number | null)[]; width?: number; height?: number }) {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return <svg aria-hidden="true" width={width} height={height} />
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const x = (index: number) => 2 + (index * (width - 4)) / Math.max(1, values.length - 1)
  const y = (value: number) => height - 2 - ((value - low) / (high - low || 1)) * (height - 4)
  let path = ''
  values.forEach((value, index) => {
    if (value === null) return
    path += `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
  })
  const lastIndex = values.findLastIndex((value) => value !== null)
  return (
    <svg aria-hidden="true" width={width} height={height} className="overflow-visible">
      <path d={path} fill="none" stroke="var(--color-ink-faint)" strokeWidth={1.25} strokeLinejoin="round" />
      <circle cx={x(lastIndex)} cy={y(values[lastIndex] ?? low)} r={2} fill="var(--color-accent)" />
    </svg>
  )
}
