/** Maps a domain onto a range; a domain without width maps to the range's middle. */
export function linear([d0, d1]: readonly [number, number], [r0, r1]: readonly [number, number]): (value: number) => number {
  return d1 === d0 ? () => (r0 + r1) / 2 : (value) => r0 + ((value - d0) / (d1 - d0)) * (r1 - r0)
}

/** Round step near `span / count`: 1, 2 or 5 times a power of ten. */
function roundStep(span: number, count: number): number {
  const rough = span / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = rough / power
  return (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * power
}

/** The smallest domain of whole steps that holds every value; `count` is about how many steps it has. [0, 1] for no values. */
export function niceDomain(values: readonly number[], count = 4): [number, number] {
  if (values.length === 0) return [0, 1]
  let [low, high] = [Math.min(...values), Math.max(...values)]
  // Values that differ in their last digits only are one value to the eye.
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-9)) [low, high] = [low - 0.5, high + 0.5]
  const step = roundStep(high - low, count)
  return [clean(Math.floor(low / step) * step), clean(Math.ceil(high / step) * step)]
}

/** Round values inside a domain, its ends included where they are round. */
export function ticks([low, high]: readonly [number, number], count = 4): number[] {
  if (high <= low) return [low]
  const step = roundStep(high - low, count)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step))
}

/** Takes off what binary fractions add: 0.30000000000000004 is 0.3. */
function clean(value: number): number {
  return Number(value.toPrecision(12)) + 0
}
